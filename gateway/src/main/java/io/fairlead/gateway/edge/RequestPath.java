package io.fairlead.gateway.edge;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * The path and query of a request target, checked: printable ASCII, no dot segments in any
 * encoding, no encoded control character, no backslash, well-formed escapes. So no later reader of
 * the path can understand it in another way. Immutable.
 *
 * @param path raw path, begins with {@code /}
 * @param query raw query without {@code ?}; empty when there is none
 * @param authority host and port of an absolute-form target; null for others
 */
record RequestPath(String path, String query, @Nullable String authority) {

    /** Stands for a target that is malformed. */
    static final RequestPath ROOT = new RequestPath("/", "", null);

    /** The parts of {@code target}, or null when it is malformed. */
    static @Nullable RequestPath of(String target) {
        String authority = null;
        String rest = target;
        if (!target.startsWith("/")) {
            int scheme = schemeLength(target);
            if (scheme == 0) {
                return null;
            }
            int end = authorityEnd(target, scheme);
            authority = target.substring(scheme, end);
            rest = target.substring(end);
            if (authority.isEmpty() || authority.indexOf('@') >= 0) {
                return null;
            }
            if (!rest.startsWith("/")) {
                rest = "/" + rest;
            }
        }
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? "" : rest.substring(question + 1);
        boolean fine = printable(rest) && escapesAreFine(path) && !hasDotSegment(path);
        return fine ? new RequestPath(path, query, authority) : null;
    }

    private static int schemeLength(String target) {
        String start = target.substring(0, Math.min(8, target.length())).toLowerCase(Locale.ROOT);
        return start.startsWith("http://") ? 7 : start.equals("https://") ? 8 : 0;
    }

    private static int authorityEnd(String target, int from) {
        for (int i = from; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/' || c == '?') {
                return i;
            }
        }
        return target.length();
    }

    private static boolean printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 0x20 || c >= 0x7F || c == '\\' || c == '#') {
                return false;
            }
        }
        return true;
    }

    private static boolean escapesAreFine(String path) {
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 3)) {
            if (at + 2 >= path.length()) {
                return false;
            }
            int high = Character.digit(path.charAt(at + 1), 16);
            int low = Character.digit(path.charAt(at + 2), 16);
            int value = high * 16 + low;
            if (high < 0 || low < 0 || value < 0x20 || value == 0x7F || value == '\\') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasDotSegment(String path) {
        if (path.indexOf('.') < 0 && path.indexOf('%') < 0) {
            return false;
        }
        String plain = path.toLowerCase(Locale.ROOT).replace("%2e", ".").replace("%2f", "/");
        return (plain + "/").contains("/../") || (plain + "/").contains("/./");
    }
}
