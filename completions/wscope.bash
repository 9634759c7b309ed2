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
      options='--file --from --only-lines --skip --payload --verbose --sender --deflate --no-deflate --connection --peer --path --only-violations --from-time --to-time --keylog --format -d --detail --preview --pretty --explain --color --summary --payload-only --html --max-html --redact --no-redact --no-history --debug -h --help -V --version'
      valued=' --file --from --only-lines --skip --payload --sender --connection --peer --path --from-time --to-time --keylog --format -d --detail --preview --color --html --max-html --redact '
      ;;
    encode)
      options='--hex --file --close --mask --mask-key --fragment --length-form --rsv --no-fin --deflate --break --force --format --debug -h --help -V --version'
      valued=' --hex --file --close --mask-key --fragment --length-form --rsv --break --format '
      ;;
    serve)
      options='--host -p --port --ready-file --tls --tls-cert --tls-key --tls-keystore --tls-password --path -o --origin --host-name --auth -s --subprotocol -H --header --reply --delay --fragment --rate --greet --every --message --ping --close --after --drop --status --redirect --compress --handshake-delay --never --half --coalesce --stop-reading --trickle --silent --fault --no-compress --ignore-query --strict-query --reply-file --print-reply --format -d --detail --preview --pretty --explain --color --time --record --max-record --html --max-html --redact --no-redact --on-stuck-output --stdin --no-history --max-connections --max-message --max-fragments --max-head --max-fields --handshake-timeout --close-timeout --max-backlog --stall-timeout --debug -h --help -V --version'
      valued=' --host -p --port --ready-file --tls-cert --tls-key --tls-keystore --tls-password --path -o --origin --host-name --auth -s --subprotocol -H --header --reply --delay --fragment --rate --greet --every --message --ping --close --after --drop --status --redirect --compress --handshake-delay --coalesce --silent --fault --reply-file --print-reply --format -d --detail --preview --color --time --record --max-record --html --max-html --redact --on-stuck-output --max-connections --max-message --max-fragments --max-head --max-fields --handshake-timeout --close-timeout --max-backlog --stall-timeout '
      ;;
    connect)
      options='-H --header -o --origin -s --subprotocol --auth --cookie --host-header --deflate --no-deflate --resolve -4 --ipv4 -6 --ipv6 --unix --connect-timeout --retry --follow --proxy -k --insecure --cacert --cert --key --sni --tls-max -x --send --send-hex --send-file --expect --within --ping --count --for --linger --close --fragment --delay --rate --silent --fault --drop --split --coalesce --half-close --format -d --detail --preview --pretty --explain --color --time --record --max-record --html --max-html --redact --no-redact --payload-only --no-history --max-message --max-fragments --max-head --max-fields --handshake-timeout --close-timeout --max-backlog --stall-timeout --debug -h --help -V --version'
      valued=' -H --header -o --origin -s --subprotocol --auth --cookie --host-header --resolve --unix --connect-timeout --retry --proxy --cacert --cert --key --sni --tls-max -x --send --send-hex --send-file --expect --within --ping --count --for --linger --close --fragment --delay --rate --silent --fault --drop --split --format -d --detail --preview --color --time --record --max-record --html --max-html --redact --max-message --max-fragments --max-head --max-fields --handshake-timeout --close-timeout --max-backlog --stall-timeout '
      ;;
    proxy)
      options='--to --rewrite --keep-host --resolve -4 --ipv4 -6 --ipv6 --unix --connect-timeout --proxy -k --insecure --cacert --cert --key --sni --tls-max --forward --only --host -p --port --ready-file --tls --tls-cert --tls-key --tls-keystore --tls-password -o --origin --host-name --delay --rate --coalesce --split --fault --replace --drop --silent --stop-reading --format -d --detail --preview --pretty --explain --color --time --record --max-record --html --max-html --redact --no-redact --on-stuck-output --summary --payload-only --no-history --max-connections --max-head --max-fields --handshake-timeout --close-timeout --max-backlog --stall-timeout --debug -h --help -V --version'
      valued=' --to --rewrite --resolve --unix --connect-timeout --proxy --cacert --cert --key --sni --tls-max --only --host -p --port --ready-file --tls-cert --tls-key --tls-keystore --tls-password -o --origin --host-name --delay --rate --coalesce --split --fault --replace --drop --silent --format -d --detail --preview --color --time --record --max-record --html --max-html --redact --on-stuck-output --max-connections --max-head --max-fields --handshake-timeout --close-timeout --max-backlog --stall-timeout '
      ;;
    check)
      options='--client --browser --wait --port -p --arrival-time --probe --idle --list --case --group --all --seed --yes --parallel --case-time --total-time -H --header -o --origin -s --subprotocol --auth --cookie --host-header --resolve -4 --ipv4 -6 --ipv6 --unix --connect-timeout --proxy -k --insecure --cacert --cert --key --sni --tls-max --format --html --junit --baseline --color --debug -h --help -V --version'
      valued=' --port -p --arrival-time --case --group --seed --parallel --case-time --total-time -H --header -o --origin -s --subprotocol --auth --cookie --host-header --resolve --unix --connect-timeout --proxy --cacert --cert --key --sni --tls-max --format --html --junit --baseline --color '
      ;;
    accept-key)
      options='--explain --check --response --generate --force --file --debug -h --help -V --version'
      valued=' --check --file '
      ;;
    rules)
      options='--format --color --debug -h --help -V --version'
      valued=' --format --color '
      ;;
    explain)
      options='--format --color --debug -h --help -V --version'
      valued=' --format --color '
      ;;
    completion)
      options='--debug -h --help -V --version'
      valued='  '
      ;;
    install)
      options='--prefix --uninstall --debug -h --help -V --version'
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
    'decode --keylog') _wscope_files ;;
    'decode --format') _wscope_reply 'text json' ;;
    'decode -d' | 'decode --detail') _wscope_reply 'bits frames messages none' ;;
    'decode --color') _wscope_reply 'auto always never' ;;
    'decode --html') _wscope_files ;;
    'encode --file') _wscope_files ;;
    'encode --close') _wscope_reply '1000 1001 1002 1003 1007 1008 1009 1010 1011 1012 1013 1014' ;;
    'encode --length-form') _wscope_reply '7 16 64' ;;
    'encode --break') _wscope_reply 'client-frame-unmasked server-frame-masked rsv1-without-extension rsv2-without-extension rsv3-without-extension reserved-opcode control-frame-fragmented control-frame-too-long length-not-minimal length-top-bit-set masking-key-repeated continuation-without-message message-interrupted data-after-close text-not-utf8 rsv1-on-continuation rsv1-on-control-frame compressed-data-corrupt compressed-data-unfinished compressed-data-out-of-window context-taken-over window-exceeded close-body-of-one-byte close-code-out-of-range close-code-never-sent close-code-reserved close-code-only-for-clients close-code-unassigned close-reason-not-utf8' ;;
    'encode --format') _wscope_reply 'hex 0x c java python base64 raw' ;;
    'serve --ready-file') _wscope_files ;;
    'serve --tls-cert') _wscope_files ;;
    'serve --tls-key') _wscope_files ;;
    'serve --tls-keystore') _wscope_files ;;
    'serve --reply') _wscope_reply 'echo broadcast others none graphql-ws socket.io mqtt stomp' ;;
    'serve --close') _wscope_reply '1000 1001 1002 1003 1007 1008 1009 1010 1011 1012 1013 1014' ;;
    'serve --compress') _wscope_reply 'on off' ;;
    'serve --never') _wscope_reply 'on off' ;;
    'serve --half') _wscope_reply 'on off' ;;
    'serve --coalesce') _wscope_reply 'on off' ;;
    'serve --stop-reading') _wscope_reply 'on off' ;;
    'serve --silent') _wscope_list 'pong close' ;;
    'serve --fault') _wscope_list 'server-frame-masked rsv1-without-extension rsv2-without-extension rsv3-without-extension reserved-opcode control-frame-fragmented control-frame-too-long length-not-minimal length-top-bit-set continuation-without-message message-interrupted data-after-close text-not-utf8 rsv1-on-continuation rsv1-on-control-frame compressed-data-corrupt compressed-data-unfinished compressed-data-out-of-window context-taken-over window-exceeded close-body-of-one-byte close-code-out-of-range close-code-never-sent close-code-reserved close-code-only-for-clients close-code-unassigned close-reason-not-utf8 header-value-malformed extensions-malformed status-line-malformed answer-http-version answer-line-end-not-crlf answer-field-folded answer-field-malformed answer-body-announced answer-without-upgrade answer-upgrade-repeated answer-without-connection-upgrade accept-missing accept-wrong accept-repeated subprotocol-not-offered subprotocol-repeated subprotocol-not-selected extension-not-offered deflate-agreed-twice deflate-parameter-unknown deflate-parameter-repeated deflate-value-invalid deflate-parameter-not-offered deflate-client-window-raised deflate-offer-ignored message-unfinished frame-unfinished' ;;
    'serve --reply-file') _wscope_files ;;
    'serve --print-reply') _wscope_reply 'graphql-ws socket.io mqtt stomp' ;;
    'serve --format') _wscope_reply 'text json' ;;
    'serve -d' | 'serve --detail') _wscope_reply 'bits frames messages none' ;;
    'serve --color') _wscope_reply 'auto always never' ;;
    'serve --time') _wscope_reply 'off relative absolute' ;;
    'serve --record') _wscope_files ;;
    'serve --html') _wscope_files ;;
    'serve --on-stuck-output') _wscope_reply 'drop wait' ;;
    'connect --unix') _wscope_files ;;
    'connect --retry') _wscope_reply 'forever' ;;
    'connect --cacert') _wscope_files ;;
    'connect --cert') _wscope_files ;;
    'connect --key') _wscope_files ;;
    'connect --tls-max') _wscope_reply '1.2 1.3' ;;
    'connect --close') _wscope_reply '1000 1001 1002 1003 1007 1008 1009 1010 1011 1012 1013 1014' ;;
    'connect --silent') _wscope_list 'pong close' ;;
    'connect --fault') _wscope_list 'client-frame-unmasked rsv1-without-extension rsv2-without-extension rsv3-without-extension reserved-opcode control-frame-fragmented control-frame-too-long length-not-minimal length-top-bit-set masking-key-repeated continuation-without-message message-interrupted data-after-close text-not-utf8 rsv1-on-continuation rsv1-on-control-frame compressed-data-corrupt compressed-data-unfinished compressed-data-out-of-window context-taken-over window-exceeded close-body-of-one-byte close-code-out-of-range close-code-never-sent close-code-reserved close-code-unassigned close-reason-not-utf8 request-line-malformed line-end-not-crlf header-field-folded header-field-without-colon header-name-malformed header-value-malformed method-not-get http-version-unsupported target-malformed host-missing target-not-encoded host-repeated host-malformed origin-repeated upgrade-missing connection-without-upgrade key-missing key-repeated key-malformed key-pad-bits version-missing version-unsupported version-repeated body-announced subprotocol-malformed extensions-malformed message-unfinished frame-unfinished masking-key-zero' ;;
    'connect --format') _wscope_reply 'text json' ;;
    'connect -d' | 'connect --detail') _wscope_reply 'bits frames messages none' ;;
    'connect --color') _wscope_reply 'auto always never' ;;
    'connect --time') _wscope_reply 'off relative absolute' ;;
    'connect --record') _wscope_files ;;
    'connect --html') _wscope_files ;;
    'proxy --rewrite') _wscope_reply 'host origin path' ;;
    'proxy --unix') _wscope_files ;;
    'proxy --cacert') _wscope_files ;;
    'proxy --cert') _wscope_files ;;
    'proxy --key') _wscope_files ;;
    'proxy --tls-max') _wscope_reply '1.2 1.3' ;;
    'proxy --ready-file') _wscope_files ;;
    'proxy --tls-cert') _wscope_files ;;
    'proxy --tls-key') _wscope_files ;;
    'proxy --tls-keystore') _wscope_files ;;
    'proxy --stop-reading') _wscope_reply 'client server both' ;;
    'proxy --format') _wscope_reply 'text json' ;;
    'proxy -d' | 'proxy --detail') _wscope_reply 'bits frames messages none' ;;
    'proxy --color') _wscope_reply 'auto always never' ;;
    'proxy --time') _wscope_reply 'off relative absolute' ;;
    'proxy --record') _wscope_files ;;
    'proxy --html') _wscope_files ;;
    'proxy --on-stuck-output') _wscope_reply 'drop wait' ;;
    'check --group') _wscope_reply 'handshake offers framing fragments utf8 close deflate sending limits abort many patience' ;;
    'check --unix') _wscope_files ;;
    'check --cacert') _wscope_files ;;
    'check --cert') _wscope_files ;;
    'check --key') _wscope_files ;;
    'check --tls-max') _wscope_reply '1.2 1.3' ;;
    'check --format') _wscope_reply 'text json' ;;
    'check --html') _wscope_files ;;
    'check --junit') _wscope_files ;;
    'check --baseline') _wscope_files ;;
    'check --color') _wscope_reply 'auto always never' ;;
    'accept-key --file') _wscope_files ;;
    'rules --format') _wscope_reply 'text json' ;;
    'rules --color') _wscope_reply 'auto always never' ;;
    'explain --format') _wscope_reply 'text json' ;;
    'explain --color') _wscope_reply 'auto always never' ;;
    'install --prefix') _wscope_files ;;
  esac
}

_wscope_operand() {
  case "$command ${#operands[@]} ${operands[0]}" in
    ' 0 ') _wscope_reply 'decode encode serve connect proxy check accept-key rules explain completion install help' ;;
    'encode 0 ') _wscope_reply 'text binary continuation close ping pong' ;;
    'encode 1 close') _wscope_reply '1000 1001 1002 1003 1007 1008 1009 1010 1011 1012 1013 1014' ;;
    'explain '*) _wscope_reply 'client-frame-unmasked server-frame-masked rsv1-without-extension rsv2-without-extension rsv3-without-extension reserved-opcode control-frame-fragmented control-frame-too-long length-not-minimal length-top-bit-set masking-key-repeated continuation-without-message message-interrupted data-after-close text-not-utf8 message-too-big too-many-fragments rsv1-on-continuation rsv1-on-control-frame compressed-data-corrupt compressed-data-unfinished compressed-data-out-of-window context-taken-over window-exceeded close-body-of-one-byte close-code-out-of-range close-code-never-sent close-code-reserved close-code-only-for-clients close-code-unassigned close-reason-not-utf8 head-too-large too-many-header-fields request-line-malformed line-end-not-crlf header-field-folded header-field-without-colon header-name-malformed header-value-malformed method-not-get http-version-unsupported target-malformed host-missing target-not-encoded host-repeated host-malformed origin-repeated upgrade-missing connection-without-upgrade key-missing key-repeated key-malformed key-pad-bits version-missing version-unsupported version-repeated body-announced subprotocol-malformed extensions-malformed status-line-malformed answer-http-version answer-line-end-not-crlf answer-field-folded answer-field-malformed answer-body-announced answer-without-upgrade answer-upgrade-repeated answer-without-connection-upgrade accept-missing accept-wrong accept-repeated subprotocol-not-offered subprotocol-repeated subprotocol-not-selected extension-not-offered deflate-agreed-twice deflate-parameter-unknown deflate-parameter-repeated deflate-value-invalid deflate-parameter-not-offered deflate-client-window-raised deflate-offer-ignored message-unfinished frame-unfinished 1000 1001 1002 1003 1004 1005 1006 1007 1008 1009 1010 1011 1012 1013 1014 1015 3000 3003 3008 Sec-WebSocket-Key Sec-WebSocket-Accept Sec-WebSocket-Version Sec-WebSocket-Protocol Sec-WebSocket-Extensions Upgrade Connection Host Origin Cookie Authorization Location Retry-After Sec-WebSocket-Key1 Sec-WebSocket-Origin Sec-WebSocket-Location WebSocket-Origin WebSocket-Protocol' ;;
    'completion 0 ') _wscope_reply 'bash zsh fish' ;;
    'help 0 ') _wscope_reply 'decode encode serve connect proxy check accept-key rules explain completion install help' ;;
  esac
}

complete -F _wscope wscope
