package io.fairlead.gateway.catalogue;

import java.util.Optional;

/** Version segments of URL paths: {@code v1}, {@code v1beta}, {@code v4}. Stateless. */
final class Versions {
    private Versions() {}

    /** The path without its last segment, if that is a version. */
    static Optional<String> withoutVersion(String path) {
        int slash = path.lastIndexOf('/');
        return slash >= 0 && isVersion(path, slash + 1, path.length())
                ? Optional.of(path.substring(0, slash))
                : Optional.empty();
    }

    /** Whether the first segment is a version. */
    static boolean startsWithVersion(String path) {
        int end = 1;
        while (end < path.length() && path.charAt(end) != '/' && path.charAt(end) != '?') {
            end++;
        }
        return path.startsWith("/") && isVersion(path, 1, end);
    }

    /** Whether any segment is a version. */
    static boolean holdsVersion(String path) {
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                if (isVersion(path, start, i)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isVersion(String path, int from, int to) {
        if (to - from < 2 || path.charAt(from) != 'v') {
            return false;
        }
        int i = from + 1;
        while (i < to && isDigit(path.charAt(i))) {
            i++;
        }
        if (i == from + 1) {
            return false;
        }
        while (i < to && (isDigit(path.charAt(i)) || isLower(path.charAt(i)))) {
            i++;
        }
        return i == to;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }
}
