# Prints what a real zsh on a terminal shows when Tab is pressed after a command line.
# Usage: zsh -f complete.zsh SCRIPT "LINE"
zmodload zsh/zpty
typeset out
zpty shell zsh -f -i
zpty -w shell 'PROMPT=; autoload -U compinit; compinit -D; LISTMAX=1000; bindkey "^I" list-choices'
zpty -w shell "source ${(q)1}; PROMPT=pr''ompt:"
zpty -r shell out '*prompt:*'
# Ctrl+U discards the line; the output of the next command shows that the list is complete.
zpty -w -n shell "$2"$'\t\C-u'"print do''ne"$'\n'
zpty -r shell out '*done*'
zpty -d shell
print -r -- "$out"
