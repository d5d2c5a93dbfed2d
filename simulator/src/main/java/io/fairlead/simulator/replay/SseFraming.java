package io.fairlead.simulator.replay;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a recorded stream of server-sent events was spelt: its line ends, whether a space follows the
 * colon, the order of the fields and what ends the last event. Immutable.
 */
record SseFraming(String eol, String colon, List<String> fieldOrder, Optional<String> lastEnd) {
    private static final List<String> USUAL_ORDER = List.of("event", "id", "data");

    static SseFraming of(JsonNode framing) {
        List<String> order = new ArrayList<>();
        framing.path("field_order").forEach(field -> order.add(field.asString()));
        String ends = framing.path("ends").asString("");
        boolean literalEnd = ends.chars().allMatch(c -> c == '\r' || c == '\n');
        return new SseFraming(
                framing.path("eol").asString("LF").equals("CRLF") ? "\r\n" : "\n",
                framing.path("space_after_colon").asBoolean(true) ? ": " : ":",
                order.isEmpty() ? USUAL_ORDER : List.copyOf(order),
                framing.has("ends") && literalEnd ? Optional.of(ends) : Optional.empty());
    }

    String write(JsonNode event, boolean last) {
        StringBuilder out = new StringBuilder();
        if (event.has("comment")) {
            out.append(':').append(event.get("comment").asString()).append(eol);
        }
        for (String field : fieldOrder) {
            JsonNode value = event.path(field);
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            if (field.equals("data")) {
                for (String line : value.asString().split("\n", -1)) {
                    out.append("data").append(colon).append(line).append(eol);
                }
            } else {
                out.append(field).append(colon).append(value.asString()).append(eol);
            }
        }
        if (!last || lastEnd.isEmpty()) {
            return out.append(eol).toString();
        }
        out.setLength(out.length() - eol.length());
        return out.append(lastEnd.get()).toString();
    }
}
