#!/bin/sh
# wscope: finds a Java and runs the jar with it. The jar follows in the same file.
#
#   WSCOPE_JAVA        the java command to use; otherwise, the runtime of a bundle
#   JAVA_HOME, PATH    where to look otherwise, in this order, for Java 17 or later
#   WSCOPE_JAVA_OPTS   extra JVM options, separated by spaces
#   WSCOPE_NO_ARCHIVE  if set and not empty, do not use or create the class-data archive
#
# Loading classes takes most of the start. So the first start creates an archive of the classes that
# wscope loads, in the background, and later starts map it. Java checks that the archive matches
# itself and this jar; if not, it silently loads the classes from the jar.
#
# A bundle has a runtime and an archive of its own in ../lib/wscope.

set -f
# Ignore environment variables of these names.
unset old quick columns bundle

# Identifies the jar; the build inserts its checksum.
jar=@JAR@

# Exits as wscope does when a part of the system fails.
fail() {
  make_safe "$1"
  printf 'wscope: %s\n' "$safe" >&2
  exit 3
}

# Replaces characters that could control a terminal, because the text may contain a variable.
make_safe() {
  safe=
  rest=$1
  while [ -n "$rest" ]; do
    character=${rest%"${rest#?}"}
    rest=${rest#?}
    case $character in
      [[:print:]]) safe=$safe$character ;;
      *) safe="$safe?" ;;
    esac
  done
}

# Turns a path into the name of one file.
as_name() {
  IFS=/
  # shellcheck disable=SC2086 # Split it at its slashes.
  set -- ${1#/}
  IFS=,
  name=$*
  unset IFS
}

# Sets version and build from the release file of the Java in home.
read_release() {
  version=
  build=
  [ -r "$home/release" ] || return 1
  while IFS='=' read -r key value; do
    value=${value#\"}
    case $key in
      JAVA_VERSION) version=${value%\"} ;;
      JAVA_RUNTIME_VERSION) build=${value%\"} ;;
    esac
  done <"$home/release"
  [ -n "$version" ]
}

# Sets home too, for a java command that is a script, or whose Java has no release file.
query_java() {
  while IFS='=' read -r key value; do
    case $key in
      *' java.home '*) home=${value# } ;;
      *' java.version '*) version=${value# } ;;
      *' java.runtime.version '*) build=${value# } ;;
    esac
  done <<EOF
$("$1" -XshowSettings:properties -version 2>&1)
EOF
}

# Sets real to the file at the end of symbolic links.
follow() {
  real=$1
  while [ -h "$real" ]; do
    link=$(readlink "$real")
    case $link in
      /*) real=$link ;;
      *) real=${real%/*}/$link ;;
    esac
  done
}

# Whether a command runs Java 17 or later.
try() {
  java=$(command -v "$1") || return 1
  if [ "$java" = /usr/bin/java ] && [ -x /usr/libexec/java_home ]; then
    # The java of macOS, which shows a window if no Java is installed.
    java=$(/usr/libexec/java_home -v 17+ 2>/dev/null) || return 1
    java=$java/bin/java
  fi
  follow "$java"
  home=${real%/bin/*}
  read_release || query_java "$java"
  major=${version%%[!0-9]*}
  [ "${major:-0}" -ge 17 ] && return
  old=${old-"$java is Java ${version:-of an unknown version}"}
  return 1
}

find_java() {
  if [ -n "${WSCOPE_JAVA-}" ]; then
    try "$WSCOPE_JAVA" && return
    fail "${old-command not found: $WSCOPE_JAVA}; wscope needs Java 17 or later; see WSCOPE_JAVA"
  fi
  follow "$self"
  bundle=${real%/*}/../lib/wscope
  [ -x "$bundle/runtime/bin/java" ] && try "$bundle/runtime/bin/java" && return
  unset bundle
  [ -n "${JAVA_HOME-}" ] && try "$JAVA_HOME/bin/java" && return
  try java && return
  fail "${old-no Java found}; wscope needs Java 17 or later; install one, or set JAVA_HOME"
}

# Sets archive, to nothing if none is to be used.
name_archive() {
  archive=
  [ -z "${WSCOPE_NO_ARCHIVE-}" ] || return
  if [ -n "${bundle-}" ]; then
    archive=$bundle/classes.jsa
    folder=$bundle
    case $archive in
      *:*) ;;
      *) [ "${WSCOPE_MAKE_ARCHIVE-}" = bundle ] || is_ready && return ;;
    esac
    archive=
    unset bundle
  fi
  case ${HOME-} in
    /*) cache=$HOME/.cache ;;
    *) cache= ;;
  esac
  if [ -d /System/Library/CoreServices ]; then
    cache=${cache:+$HOME/Library/Caches}
  else
    case ${XDG_CACHE_HOME-} in
      /*) cache=$XDG_CACHE_HOME ;;
    esac
  fi
  as_name "$self"
  folder=$cache/wscope/classes/$name
  as_name "$home"
  # A colon would separate two archives.
  case $cache$name$folder in
    /*:*) ;;
    /*) archive=$folder/$jar-$name@$build.jsa ;;
  esac
}

# Whether the archive exists, belongs to the user or to the bundle, and is not older than the jar.
is_ready() {
  # shellcheck disable=SC3013,SC3067 # dash, bash, ksh, zsh and busybox have both.
  [ -s "$archive" ] && { [ -n "${bundle-}" ] || [ -O "$archive" ]; } &&
    ! [ "$self" -nt "$archive" ]
}

# Runs this file again to create the archive, in a detached process.
start_maker() {
  detached=$(command -v setsid) || detached="nohup"
  (
    cd / || exit
    WSCOPE_MAKE_ARCHIVE=yes "$detached" nice -n 19 /bin/sh "$self" &
  ) </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
}

# Works in a folder that only one of several processes can create. A folder left by a failure
# prevents further attempts for an hour.
make_archive() {
  umask 077
  work=$archive.new
  is_ready && return
  mkdir -p "$folder" || return
  find "$work" -prune -mmin +60 -exec rm -rf {} \;
  mkdir "$work" || return
  # Another process may have created it just now.
  if ! is_ready; then
    unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
    list_classes
    # Java 24 and later can also link the classes in the archive (JEP 483), which saves a fifth of the
    # start or more. Java 17 notices a truncated archive only if it has the objects that G1 adds.
    "$java" -Xshare:dump -XX:+IgnoreUnrecognizedVMOptions -XX:+AOTClassLinking -XX:+UseG1GC \
      -XX:SharedClassListFile="$work/list" -XX:SharedArchiveFile="$work/archive" \
      -jar "$jar_file" &&
      touch -r "$self" "$work/archive" &&
      mv -f "$work/archive" "$archive" || return
    if [ -z "${bundle-}" ]; then
      printf '%s\n' "$self" >"$work/executable" &&
        mv -f "$work/executable" "$folder/executable"
      set +f
      remove_old
    fi
  fi
  rm -rf "$work"
}

# Lists the classes that some commands load, and then what these classes link to.
list_classes() {
  while read -r arguments; do
    # shellcheck disable=SC2086
    list_of $arguments
  done <<EOF | sed -e '/^#/d' -e '/^[^@]/s/ .*//' | LC_ALL=C sort -ru >"$work/list"
decode 81 83 3d 54 23 06 70 10 6d
decode --format json 81 05 48 65 6c 6c 6f
accept-key dGhlIHNhbXBsZSBub25jZQ==
encode text Hello
explain control-frame-fragmented
explain 1006
help serve
decode 8
connect
EOF
}

# Prints the classes that one command loads. connect gets a server on a free port of this machine,
# which ends with it.
list_of() {
  list=$work/$1
  if [ "$1" = connect ]; then
    set -- serve --port 0 --detail none -- "$java" -XX:DumpLoadedClassList="$list" -jar "$self" \
      connect '{url}' --send Hello --expect Hello
    "$java" -jar "$self" "$@"
  else
    "$java" -XX:DumpLoadedClassList="$list" -jar "$self" "$@"
  fi </dev/null >&2
  cat "$list"
}

# Removes archives of other versions of this jar and of this Java, and of jars that no longer exist.
remove_old() {
  for old in "$folder"/*.jsa; do
    case $old in
      "$archive") ;;
      "$folder/$jar-$name@"*) rm -f "$old" ;;
      "$folder/$jar-"*) ;;
      *) rm -f "$old" ;;
    esac
  done
  for other in "$cache"/wscope/classes/*/executable; do
    IFS= read -r path <"$other"
    [ -e "$path" ] || rm -rf "${other%/*}"
  done
}

# Whether the command may run long enough for the optimising compiler to pay off. What it costs hardly
# grows, but what it saves does. For a file of 50 MB, decode used 0.5 to 0.8 times the CPU time without
# it, for 100 MB 0.9 to 1.2 times as much, for 200 MB 1.3 to 1.6 times.
is_long() {
  case ${1-} in
    serve | proxy) return ;;
    decode) ;;
    *) return 1 ;;
  esac
  file=
  previous=
  for word; do
    case $word in
      -) return ;;
      --file=*) file=${word#--file=} ;;
    esac
    [ "$previous" != --file ] || file=$word
    previous=$word
  done
  if [ -n "$file" ]; then
    is_large "$file"
    return
  fi
  # Without bytes, decode reads standard input.
  case $word in
    *[!0-9A-Fa-fXx,]*) return ;;
  esac
  return 1
}

# Whether a file has more than 82 MB, or an unknown size.
is_large() {
  [ -f "$1" ] || return 0
  case $1 in
    -*) set -- "./$1" ;;
  esac
  [ -n "$(find -L "$1" -size +160000 2>/dev/null)" ]
}

# Without a standard input, Java would mistake the first file that it opens for it.
{ true 3<&0; } 2>/dev/null || exec </dev/null

self=$0
case $self in
  /*) ;;
  *) self=$PWD/${self#./} ;;
esac
find_java
java=$home/bin/java
jar_file=$self
name_archive
# An archive holds the path of the jar. This one is the same wherever the bundle is.
[ -z "${bundle-}" ] || {
  exec 9<"$self"
  jar_file=/dev/fd/9
}
if [ -n "${WSCOPE_MAKE_ARCHIVE-}" ]; then
  make_archive >/dev/null 2>&1
  exit
fi

# The width at which to wrap lines, which Java cannot query.
if [ -t 1 ]; then
  { columns=$(stty size <&3 2>/dev/null); } 3>&1
  columns=${columns#* }
fi
# A server in the background runs on, even if the terminal stops what writes to it (stty tostop).
[ "${1-}" != serve ] || trap '' TTOU
is_long "$@" || quick=-XX:TieredStopAtLevel=1
# shellcheck disable=SC2086 # Split the options.
set -- ${quick-} ${columns:+-Dwscope.columns="$columns"} ${WSCOPE_JAVA_OPTS-} -jar "$jar_file" "$@"
if [ -n "$archive" ]; then
  if is_ready; then
    set -- -XX:SharedArchiveFile="$archive" "$@"
    # Later Javas report a broken archive on standard output.
    case ${JAVA_TOOL_OPTIONS-}${JDK_JAVA_OPTIONS-} in
      *-Xlog*) ;;
      *) set -- -Xlog:disable "$@" ;;
    esac
  else
    start_maker
  fi
fi
exec "$java" -XX:-UsePerfData "$@"
exit
