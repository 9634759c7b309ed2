# Prints the completions of the last argument in bash, one per line.
# Usage: bash --norc complete.bash SCRIPT WORD...
source "$1"
compopt() { :; } # works only during completion
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_LINE="$*"
COMP_POINT=${#COMP_LINE}
_wscope
printf '%s\n' "${COMPREPLY[@]}"
