# Sourced by ./mvnw and ./fairlead: sets JAVA_HOME to a JDK 25 or newer, or leaves it unset.
# Order: FAIRLEAD_JAVA_HOME, JAVA_HOME, java on the PATH, then the usual folders.

fairlead_jdk_major() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

fairlead_jdk_ok() {
  major=$(fairlead_jdk_major "$1") && [ -n "$major" ] && [ "$major" -ge 25 ]
}

fairlead_find_jdk() {
  for home in "${FAIRLEAD_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
    if [ -n "$home" ] && fairlead_jdk_ok "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  if on_path=$(command -v java 2>/dev/null); then
    home=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")")")
    if fairlead_jdk_ok "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  fi
  for root in /usr/lib/jvm "$HOME/.sdkman/candidates/java" /opt/homebrew/opt /usr/local/opt \
    "$HOME/Library/Java/JavaVirtualMachines" /Library/Java/JavaVirtualMachines "$HOME/.jdks"; do
    [ -d "$root" ] || continue
    for name in $(ls "$root"); do
      for home in "$root/$name" "$root/$name/Contents/Home" "$root/$name/libexec/openjdk.jdk/Contents/Home"; do
        if fairlead_jdk_ok "$home"; then
          printf '%s\n' "$home"
          return 0
        fi
      done
    done
  done
  return 1
}
