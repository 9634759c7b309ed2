# Generated from the options of the commands; do not edit.

_wscope() {
  local word=${COMP_WORDS[COMP_CWORD]} command= option= options= valued= other
  local -a operands=()
  COMPREPLY=()
  _wscope_options
  for other in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $other in
      =) ;; # bash splits --option=VALUE into three words
      -*) [[ $valued == *" $other "* ]] && option=$other || option= ;;
      *)
        if [[ -n $option ]]; then
          option=
        elif [[ -z $command ]]; then
          command=$other
          _wscope_options
        else
          operands+=("$other")
        fi
        ;;
    esac
  done
  [[ $word != = ]] || word=
  if [[ -n $option ]]; then
    _wscope_value
  elif [[ $word == -* ]]; then
    _wscope_reply "$options"
  else
    _wscope_operand
  fi
}

_wscope_reply() {
  COMPREPLY=($(compgen -W "$1" -- "$word"))
}

# Completes the last word of a comma-separated list.
_wscope_list() {
  compopt -o nospace 2>/dev/null
  COMPREPLY=($(compgen -P "${word%"${word##*,}"}" -W "$1" -- "${word##*,}"))
}

_wscope_files() {
  local IFS=$'\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$word"))
}

_wscope_options() {
  case $command in
    '')
      options='--debug -h --help -V --version'
      valued='  '
      ;;
    decode)
      options='--file --from --only-lines --skip --payload --verbose --sender --deflate --format -d --detail --preview --explain --color --summary --payload-only --no-history --debug -h --help -V --version'
      valued=' --file --from --only-lines --skip --payload --sender --format -d --detail --preview --color '
      ;;
    encode)
      options='--hex --file --close --mask --mask-key --fragment --length-form --rsv --no-fin --deflate --break --force --format --debug -h --help -V --version'
      valued=' --hex --file --close --mask-key --fragment --length-form --rsv --break --format '
      ;;
    serve)
      options='--host -p --port --tls --tls-cert --tls-key --tls-keystore --tls-password --path -o --origin --host-name --auth -s --subprotocol -H --header --reply --delay --fragment --rate --greet --every --message --ping --close --after --drop --status --redirect --compress --silent --fault --no-compress --ignore-query --format -d --detail --preview --explain --color --time --record --stdin --no-history --max-message --max-fragments --max-head --max-fields --max-connections --handshake-timeout --close-timeout --max-backlog --stall-timeout --debug -h --help -V --version'
      valued=' --host -p --port --tls-cert --tls-key --tls-keystore --tls-password --path -o --origin --host-name --auth -s --subprotocol -H --header --reply --delay --fragment --rate --greet --every --message --ping --close --after --drop --status --redirect --compress --silent --fault --format -d --detail --preview --color --time --record --max-message --max-fragments --max-head --max-fields --max-connections --handshake-timeout --close-timeout --max-backlog --stall-timeout '
      ;;
    accept-key)
      options='--explain --check --force --debug -h --help -V --version'
      valued=' --check '
      ;;
    rules)
      options='--format --color --debug -h --help -V --version'
      valued=' --format --color '
      ;;
    completion)
      options='--debug -h --help -V --version'
      valued='  '
      ;;
    install)
      options='--prefix --debug -h --help -V --version'
      valued=' --prefix '
      ;;
    help)
      options='--debug -h --help -V --version'
      valued='  '
      ;;
  esac
}

_wscope_value() {
  case "$command $option" in
    'decode --file') _wscope_files ;;
    'decode --from') _wscope_reply 'hex decimal bits escaped base64 dump raw' ;;
    'decode --payload') _wscope_reply 'text binary deflate close ping pong' ;;
    'decode --sender') _wscope_reply 'auto client server' ;;
    'decode --format') _wscope_reply 'text json' ;;
    'decode -d' | 'decode --detail') _wscope_reply 'bits frames messages none' ;;
    'decode --color') _wscope_reply 'auto always never' ;;
    'encode --file') _wscope_files ;;
    'encode --close') _wscope_reply '1000 1001 1002 1003 1007 1008 1009 1010 1011 1012 1013 1014' ;;
    'encode --length-form') _wscope_reply '7 16 64' ;;
    'encode --break') _wscope_reply 'client-frame-unmasked server-frame-masked rsv1-without-extension rsv2-without-extension rsv3-without-extension reserved-opcode control-frame-fragmented control-frame-too-long length-not-minimal length-top-bit-set continuation-without-message message-interrupted data-after-close text-not-utf8 rsv1-on-continuation rsv1-on-control-frame compressed-data-corrupt compressed-data-unfinished compressed-data-out-of-window context-taken-over close-body-of-one-byte close-code-out-of-range close-code-never-sent close-code-unassigned close-reason-not-utf8' ;;
    'encode --format') _wscope_reply 'hex 0x c java python base64 raw' ;;
    'serve --tls-cert') _wscope_files ;;
    'serve --tls-key') _wscope_files ;;
    'serve --tls-keystore') _wscope_files ;;
    'serve --reply') _wscope_reply 'echo broadcast others none' ;;
    'serve --close') _wscope_reply '1000 1001 1002 1003 1007 1008 1009 1010 1011 1012 1013 1014' ;;
    'serve --compress') _wscope_reply 'on off' ;;
    'serve --silent') _wscope_list 'pong close' ;;
    'serve --fault') _wscope_list 'server-frame-masked rsv1-without-extension rsv2-without-extension rsv3-without-extension reserved-opcode control-frame-fragmented control-frame-too-long length-not-minimal length-top-bit-set continuation-without-message message-interrupted data-after-close text-not-utf8 rsv1-on-continuation rsv1-on-control-frame compressed-data-corrupt compressed-data-unfinished compressed-data-out-of-window context-taken-over close-body-of-one-byte close-code-out-of-range close-code-never-sent close-code-unassigned close-reason-not-utf8 line-end-not-crlf header-field-folded header-field-without-colon header-name-malformed header-value-malformed extensions-malformed status-line-malformed answer-without-upgrade answer-without-connection-upgrade accept-missing accept-wrong accept-repeated subprotocol-not-offered subprotocol-repeated extension-not-offered deflate-agreed-twice deflate-parameter-unknown deflate-parameter-repeated deflate-value-invalid deflate-parameter-not-offered deflate-offer-ignored message-unfinished frame-unfinished' ;;
    'serve --format') _wscope_reply 'text json' ;;
    'serve -d' | 'serve --detail') _wscope_reply 'bits frames messages none' ;;
    'serve --color') _wscope_reply 'auto always never' ;;
    'serve --time') _wscope_reply 'off relative absolute' ;;
    'serve --record') _wscope_files ;;
    'rules --format') _wscope_reply 'text json' ;;
    'rules --color') _wscope_reply 'auto always never' ;;
    'install --prefix') _wscope_files ;;
  esac
}

_wscope_operand() {
  case "$command ${#operands[@]} ${operands[0]}" in
    ' 0 ') _wscope_reply 'decode encode serve accept-key rules completion install help' ;;
    'encode 0 ') _wscope_reply 'text binary continuation close ping pong' ;;
    'encode 1 close') _wscope_reply '1000 1001 1002 1003 1007 1008 1009 1010 1011 1012 1013 1014' ;;
    'rules '*) _wscope_reply 'client-frame-unmasked server-frame-masked rsv1-without-extension rsv2-without-extension rsv3-without-extension reserved-opcode control-frame-fragmented control-frame-too-long length-not-minimal length-top-bit-set continuation-without-message message-interrupted data-after-close text-not-utf8 message-too-big too-many-fragments rsv1-on-continuation rsv1-on-control-frame compressed-data-corrupt compressed-data-unfinished compressed-data-out-of-window context-taken-over close-body-of-one-byte close-code-out-of-range close-code-never-sent close-code-unassigned close-reason-not-utf8 head-too-large too-many-header-fields request-line-malformed line-end-not-crlf header-field-folded header-field-without-colon header-name-malformed header-value-malformed method-not-get http-version-unsupported target-malformed host-missing host-repeated upgrade-missing connection-without-upgrade key-missing key-repeated key-malformed key-pad-bits version-missing version-unsupported body-announced subprotocol-malformed extensions-malformed status-line-malformed answer-without-upgrade answer-without-connection-upgrade accept-missing accept-wrong accept-repeated subprotocol-not-offered subprotocol-repeated extension-not-offered deflate-agreed-twice deflate-parameter-unknown deflate-parameter-repeated deflate-value-invalid deflate-parameter-not-offered deflate-offer-ignored message-unfinished frame-unfinished' ;;
    'completion 0 ') _wscope_reply 'bash zsh fish' ;;
    'help 0 ') _wscope_reply 'decode encode serve accept-key rules completion install help' ;;
  esac
}

complete -F _wscope wscope
