# Prints what bash completes the last of its arguments to, a word a line.
# Usage: bash --norc complete.bash SCRIPT WORD...
source "$1"
compopt() { :; } # works in a completion only
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_LINE="$*"
COMP_POINT=${#COMP_LINE}
_wscope
printf '%s\n' "${COMPREPLY[@]}"
