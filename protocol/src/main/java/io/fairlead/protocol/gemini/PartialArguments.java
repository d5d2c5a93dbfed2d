package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Arguments of a call that come as values by JSON path ({@code $.recipe.steps[0]}), in the order of
 * the document, put together as JSON text piece by piece. Confined to one thread.
 */
final class PartialArguments {
    /** What is open: an object or array, and how it was come by. */
    private static final class Open {
        final String step;
        final boolean array;
        boolean filled;

        Open(String step, boolean array) {
            this.step = step;
            this.array = array;
        }
    }

    private final List<Open> open = new ArrayList<>();
    private List<String> stringPath = List.of();
    private boolean inString;

    /** The text that one element of {@code partialArgs} adds. */
    String add(Json partial) {
        StringBuilder out = new StringBuilder();
        List<String> path =
                steps(partial.get("jsonPath").filter(Json::isString).map(Json::text).orElse(""));
        boolean more = partial.get("willContinue").filter(Json.TRUE::equals).isPresent();
        Optional<Json> string = partial.get("stringValue").filter(Json::isString);
        if (inString && path.equals(stringPath) && string.isPresent()) {
            content(string.get(), out);
            closeString(out, !more);
            return out.toString();
        }
        if (path.isEmpty()) {
            return "";
        }
        closeString(out, true);
        descend(path, out);
        if (string.isPresent()) {
            out.append('"');
            content(string.get(), out);
            inString = true;
            stringPath = path;
            closeString(out, !more);
        } else {
            out.append(other(partial));
        }
        return out.toString();
    }

    /** What is missing at the end. */
    String end() {
        StringBuilder out = new StringBuilder();
        closeString(out, true);
        closeDownTo(0, out);
        return out.toString();
    }

    private void descend(List<String> path, StringBuilder out) {
        int shared = 1;
        while (shared < open.size()
                && shared < path.size()
                && open.get(shared).step.equals(path.get(shared - 1))) {
            shared++;
        }
        closeDownTo(shared, out);
        if (open.isEmpty()) {
            enter("", path.getFirst(), out);
        }
        for (int i = open.size() - 1; i < path.size(); i++) {
            Open container = open.getLast();
            out.append(container.filled ? "," : "");
            container.filled = true;
            if (!container.array) {
                out.append(Json.of(path.get(i).substring(1))).append(':');
            }
            if (i < path.size() - 1) {
                enter(path.get(i), path.get(i + 1), out);
            }
        }
    }

    private void enter(String step, String next, StringBuilder out) {
        boolean array = next.charAt(0) == '[';
        open.add(new Open(step, array));
        out.append(array ? '[' : '{');
    }

    private void closeDownTo(int depth, StringBuilder out) {
        while (open.size() > depth) {
            out.append(open.removeLast().array ? ']' : '}');
        }
    }

    private void closeString(StringBuilder out, boolean ended) {
        if (inString && ended) {
            out.append('"');
            inString = false;
        }
    }

    private static void content(Json string, StringBuilder out) {
        String quoted = Json.of(string.text()).toString();
        out.append(quoted, 1, quoted.length() - 1);
    }

    private static String other(Json partial) {
        return partial.get("numberValue")
                .or(() -> partial.get("boolValue"))
                .map(Json::toString)
                .orElse("null");
    }

    /** The steps of a path: names behind a dot, indices behind a bracket. */
    static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        int at = path.startsWith("$") ? 1 : 0;
        while (at < path.length()) {
            if (path.charAt(at) == '[') {
                boolean quoted = at + 1 < path.length() && "'\"".indexOf(path.charAt(at + 1)) >= 0;
                int end =
                        quoted
                                ? path.indexOf(path.charAt(at + 1) + "]", at + 2)
                                : path.indexOf(']', at);
                if (end < 0) {
                    return List.of();
                }
                steps.add(quoted ? "." + path.substring(at + 2, end) : path.substring(at, end));
                at = quoted ? end + 2 : end + 1;
            } else {
                int start = path.charAt(at) == '.' ? at + 1 : at;
                int end = start;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                steps.add("." + path.substring(start, end));
                at = Math.max(end, at + 1);
            }
        }
        return steps;
    }
}
