package io.fairlead.gateway.edge;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Answers {@code /health/*} and {@code /} from memory. Confined to one event loop. */
final class Operators {
    private final EdgeState state;
    private final EdgeParts parts;

    Operators(EdgeState state, EdgeParts parts) {
        this.state = state;
        this.parts = parts;
    }

    void live(Incoming in, Outgoing out) {
        send(in, out, 200, "{\"status\":\"live\"}");
    }

    /** 200 when new requests would be served, else 503; says which condition fails. */
    void ready(Incoming in, Outgoing out) {
        Map<String, Boolean> checks = new TreeMap<>();
        for (Map.Entry<String, BooleanSupplier> check : parts.ready().entrySet()) {
            checks.put(check.getKey(), check.getValue().getAsBoolean());
        }
        checks.put("accepting", !state.draining());
        boolean ready = !checks.containsValue(false);
        StringBuilder json = new StringBuilder("{\"status\":\"");
        json.append(ready ? "ready" : "not_ready").append("\",\"checks\":{");
        String comma = "";
        for (Map.Entry<String, Boolean> check : checks.entrySet()) {
            json.append(comma).append('"').append(check.getKey()).append("\":");
            json.append(check.getValue() ? "\"ok\"" : "\"failing\"");
            comma = ",";
        }
        send(in, out, ready ? 200 : 503, json.append("}}").toString());
    }

    void root(Incoming in, Outgoing out) {
        send(
                in,
                out,
                200,
                "{\"name\":\"fairlead\",\"version\":\""
                        + parts.version()
                        + "\",\"openai_base_url\":\"/v1\",\"models\":\"/v1/models\","
                        + "\"health\":\"/health/ready\",\"metrics\":\"/metrics\","
                        + "\"admin\":\"/admin/v1\"}");
    }

    private void send(Incoming in, Outgoing out, int status, String json) {
        out.headers().set("cache-control", "no-store");
        Replies.send(in, out, status, Replies.JSON, json.getBytes(StandardCharsets.UTF_8));
    }
}
