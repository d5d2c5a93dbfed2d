package io.fairlead.simulator.replay;

import io.fairlead.simulator.Header;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimStep;
import io.fairlead.simulator.replay.Recording.Form;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Reads one recorded exchange. Confined to one thread. */
final class RecordingReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final byte[] file;
    private final JsonNode root;
    private final JsonNode response;

    RecordingReader(byte[] file) {
        this.file = file;
        this.root = JSON.readTree(file);
        this.response = root.path("response");
        if (!root.path("id").isString() || !response.isObject()) {
            throw new IllegalArgumentException("id and response are missing");
        }
    }

    Recording read() {
        Form form = form();
        Set<String> features = new LinkedHashSet<>();
        root.path("features").forEach(feature -> features.add(feature.asString()));
        return new Recording(
                root.get("id").asString(),
                root.path("provider").asString(""),
                root.path("api").asString(""),
                text(root.path("model")),
                root.path("method").asString("POST"),
                root.path("path").asString("/"),
                query(),
                headers(root.path("request_headers")),
                request(),
                features,
                form,
                body(form)
                        .map(body ->
                                Recording.replyOf(
                                        status(), headers(response.path("headers")), body)));
    }

    private Form form() {
        if (response.has("sse")) {
            return Form.SSE;
        } else if (response.has("raw")) {
            return Form.AWS_EVENT_STREAM;
        } else if (response.has("lines")) {
            return Form.LINES;
        } else if (response.has("ws") || response.has("messages")) {
            return Form.OTHER;
        }
        return root.path("api").asString("").startsWith("grpc") ? Form.OTHER : Form.UNARY;
    }

    private int status() {
        return response.path("status").asInt(200);
    }

    private Optional<SimBody> body(Form form) {
        return switch (form) {
            case SSE -> Optional.of(events());
            case AWS_EVENT_STREAM ->
                    Optional.of(frames(Base64.getDecoder().decode(response.get("raw").asString())));
            case LINES -> Optional.of(lines());
            case UNARY -> Optional.of(SimBody.of(unary()));
            case OTHER -> Optional.empty();
        };
    }

    private byte[] unary() {
        if (response.has("body_text")) {
            return response.get("body_text").asString().getBytes(StandardCharsets.UTF_8);
        }
        return response.has("body") ? compact("response", "body") : new byte[0];
    }

    private SimBody events() {
        SseFraming framing = SseFraming.of(response.path("framing"));
        List<String> events = new ArrayList<>();
        JsonNode recorded = response.get("sse");
        for (int i = 0; i < recorded.size(); i++) {
            events.add(framing.write(recorded.get(i), i == recorded.size() - 1));
        }
        return SimBody.events(events);
    }

    private SimBody lines() {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : response.get("lines")) {
            lines.add((line.isString() ? line.asString() : line.toString()) + "\n");
        }
        return SimBody.events(lines);
    }

    /** Every frame begins with its own length in four bytes. */
    private static SimBody frames(byte[] raw) {
        SimStep.Send all = new SimStep.Send(raw);
        List<SimStep> steps = new ArrayList<>();
        int at = 0;
        while (at < raw.length) {
            int length = raw.length - at;
            if (length >= 4) {
                int announced = ByteBuffer.wrap(raw, at, 4).getInt();
                length = announced >= 16 && announced <= length ? announced : length;
            }
            steps.add(all.slice(at, length));
            at += length;
        }
        return SimBody.of(steps);
    }

    private Optional<String> request() {
        JsonNode request = root.path("request");
        if (request.isMissingNode() || request.isNull()) {
            return text(root.path("request_text"));
        }
        return Optional.of(new String(compact("request", ""), StandardCharsets.UTF_8));
    }

    private String query() {
        StringJoiner query = new StringJoiner("&");
        root.path("query")
                .properties()
                .forEach(entry -> query.add(entry.getKey() + "=" + entry.getValue().asString()));
        return query.toString();
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.asString()) : Optional.empty();
    }

    private static List<Header> headers(JsonNode node) {
        List<Header> headers = new ArrayList<>();
        node.properties()
                .forEach(entry ->
                        headers.add(new Header(entry.getKey(), entry.getValue().asString())));
        return headers;
    }

    /** The text of a member of the document, or of a member of that member. */
    private byte[] compact(String member, String inner) {
        try (JsonParser parser = JSON.createParser(file)) {
            parser.nextToken();
            find(parser, member);
            if (!inner.isEmpty()) {
                find(parser, inner);
            }
            return CompactJson.valueAt(file, (int) parser.currentTokenLocation().getByteOffset());
        }
    }

    /** Moves from the start of an object to the value of one of its members. */
    private static void find(JsonParser parser, String name) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = parser.currentName().equals(name);
            parser.nextToken();
            if (wanted) {
                return;
            }
            parser.skipChildren();
        }
        throw new IllegalArgumentException("no member " + name);
    }
}
