package io.fairlead.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * The events of a stream as a client reads them, comments left out. Immutable.
 *
 * @param name value of {@code event}, empty without one
 * @param data data lines, joined
 */
record SseEvent(String name, String data) {

    /** Reads a whole stream; line ends may be LF or CRLF. */
    static List<SseEvent> read(String text) {
        List<SseEvent> events = new ArrayList<>();
        String name = "";
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line : text.replace("\r\n", "\n").split("\n", -1)) {
            if (line.isEmpty()) {
                if (any) {
                    events.add(new SseEvent(name, data.toString()));
                }
                name = "";
                data.setLength(0);
                any = false;
            } else if (line.startsWith("data:")) {
                data.append(any ? "\n" : "").append(value(line, 5));
                any = true;
            } else if (line.startsWith("event:")) {
                name = value(line, 6);
            }
        }
        return events;
    }

    private static String value(String line, int from) {
        return line.substring(line.startsWith(" ", from) ? from + 1 : from);
    }

    boolean isDone() {
        return data.equals("[DONE]");
    }
}
