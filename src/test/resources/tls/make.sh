#!/usr/bin/env bash
# Makes the certificates of the tests anew, with openssl: an authority, those that it vouches for,
# and a stranger. They are valid from 2020 to 2120 or, one of them, to 2021. A file holds a
# certificate and its key.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
touch "$work/index"
cat >"$work/ca.cnf" <<CONFIG
[ca]
default_ca = tests
[tests]
database = $work/index
new_certs_dir = $work
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
CONFIG

# Arguments: file, common name, the end of its validity, extensions.
make() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" \
      -keyout "$work/$1.key" -out "$work/request"
  local signer=(-cert "$work/authority.crt" -keyfile "$work/authority.key")
  [[ $1 != authority && $1 != stranger ]] || signer=(-selfsign -keyfile "$work/$1.key")
  openssl ca -batch -notext -config "$work/ca.cnf" "${signer[@]}" -in "$work/request" \
      -startdate 20200101000000Z -enddate "$3" -extfile <(printf '%s\n' "${@:4}") \
      -out "$work/$1.crt"
  cat "$work/$1.crt" "$work/$1.key" >"$1.pem"
}

later=21200101000000Z
make authority 'authority of tests' "$later" \
    basicConstraints=critical,CA:true keyUsage=critical,keyCertSign
make localhost localhost "$later" subjectAltName=DNS:localhost,IP:127.0.0.1
make elsewhere elsewhere "$later" subjectAltName=DNS:elsewhere.example
make expired expired 20210101000000Z subjectAltName=DNS:localhost
make client 'client of tests' "$later" extendedKeyUsage=clientAuth
make stranger stranger "$later" subjectAltName=DNS:localhost
