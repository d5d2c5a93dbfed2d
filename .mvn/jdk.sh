# Sourced by ./mvnw and ./fairlead. fairlead_find_jdk sets FAIRLEAD_JDK to the home of a JDK 25 or
# newer and returns 0, or returns 1. Order: FAIRLEAD_JAVA_HOME, JAVA_HOME, java on the PATH, then the
# usual folders. Shell built-ins wherever possible: this runs at every start.

fairlead_jdk_ok() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  fairlead_major=0
  while IFS='="' read -r fairlead_key fairlead_skip fairlead_value; do
    if [ "$fairlead_key" = JAVA_VERSION ]; then
      fairlead_value=${fairlead_value:-$fairlead_skip}
      fairlead_value=${fairlead_value%%\"*}
      fairlead_major=${fairlead_value%%[!0-9]*}
      break
    fi
  done <"$1/release"
  [ "${fairlead_major:-0}" -ge 25 ] || return 1
  FAIRLEAD_JDK=$1
}

fairlead_find_jdk() {
  if [ -n "${FAIRLEAD_JAVA_HOME:-}" ] && fairlead_jdk_ok "$FAIRLEAD_JAVA_HOME"; then return 0; fi
  if [ -n "${JAVA_HOME:-}" ] && fairlead_jdk_ok "$JAVA_HOME"; then return 0; fi
  fairlead_java=$(command -v java 2>/dev/null) || fairlead_java=
  if [ -n "$fairlead_java" ]; then
    fairlead_java=$(readlink -f "$fairlead_java" 2>/dev/null || printf '%s' "$fairlead_java")
    if fairlead_jdk_ok "${fairlead_java%/bin/java}"; then return 0; fi
  fi
  for fairlead_home in /usr/lib/jvm/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if fairlead_jdk_ok "$fairlead_home"; then return 0; fi
  done
  return 1
}
