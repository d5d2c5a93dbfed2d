package io.fairlead.protocol.responses.stored;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kept response told once more as a stream: the events that a client would have got, each text in
 * one piece. Confined to one thread.
 */
public final class Replay {
    private static final Set<String> ENDS = Set.of("completed", "incomplete", "failed");
    private static final Set<String> GROWING =
            Set.of("output_text", "refusal", "summary_text", "reasoning_text");

    /** What a response does not know before it has ended. */
    private static final Set<String> KNOWN_LATER =
            Set.of("usage", "error", "incomplete_details", "completed_at");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
    private final long after;
    private long sequence;

    private Replay(long after) {
        this.after = after;
    }

    /**
     * The events, as they go to the client.
     *
     * @param after the number of the last event that it has; -1: it has none
     */
    public static byte[] events(Json response, long after) {
        Replay replay = new Replay(after);
        replay.told(response);
        return replay.out.toByteArray();
    }

    private void told(Json response) {
        Json begun = begun(response);
        send(event("response.created").put("response", begun));
        send(event("response.in_progress").put("response", begun));
        List<Json> items = response.get("output").map(Json::elements).orElse(List.of());
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).isObject()) {
                new Item(items.get(i), i).told();
            }
        }
        String status = InputItems.text(response, "status").orElse("");
        String end = ENDS.contains(status) ? status : "completed";
        send(event("response." + end).put("response", response));
    }

    private static Json begun(Json response) {
        JsonObject begun = new JsonObject();
        for (Json.Member member : response.members()) {
            switch (member.name()) {
                case "status" -> begun.put("status", "in_progress");
                case "output" -> begun.put("output", new JsonArray());
                default -> {
                    boolean later = KNOWN_LATER.contains(member.name());
                    begun.put(member.name(), later ? Json.NULL : member.value());
                }
            }
        }
        return begun.toJson();
    }

    private JsonObject event(String type) {
        return new JsonObject().put("type", type).put("sequence_number", sequence++);
    }

    private void send(JsonObject event) {
        if (sequence - 1 <= after) {
            return;
        }
        Json json = event.toJson();
        String type = InputItems.text(json, "type").orElse("");
        byte[] bytes =
                ("event: " + type + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
    }

    /** One item of the output, and where it stands. */
    private final class Item {
        private final Json item;
        private final int index;

        Item(Json item, int index) {
            this.item = item;
            this.index = index;
        }

        void told() {
            send(
                    event("response.output_item.added")
                            .put("output_index", index)
                            .put("item", bare()));
            texts("summary", "summary_index", "response.reasoning_summary_part");
            texts("content", "content_index", "response.content_part");
            switch (InputItems.text(item, "type").orElse("")) {
                case "function_call" -> written("function_call_arguments", "arguments");
                case "custom_tool_call" -> written("custom_tool_call_input", "input");
                default -> {}
            }
            send(event("response.output_item.done").put("output_index", index).put("item", item));
        }

        /** As it was before anything was said. */
        private Json bare() {
            JsonObject bare = new JsonObject();
            for (Json.Member member : item.members()) {
                switch (member.name()) {
                    case "status" -> bare.put("status", "in_progress");
                    case "content", "summary" -> bare.put(member.name(), new JsonArray());
                    case "arguments", "input" -> {
                        boolean text = member.value().isString();
                        bare.put(member.name(), text ? Json.of("") : member.value());
                    }
                    case "encrypted_content" -> {} // it seals what is still to come
                    default -> bare.put(member.name(), member.value());
                }
            }
            return bare.toJson();
        }

        private JsonObject place(String type) {
            return event(type)
                    .put("item_id", InputItems.text(item, "id").orElse(""))
                    .put("output_index", index);
        }

        private void written(String type, String member) {
            Optional<String> text = InputItems.text(item, member);
            if (text.isEmpty()) {
                return;
            }
            if (!text.get().isEmpty()) {
                send(place("response." + type + ".delta").put("delta", text.get()));
            }
            JsonObject done = place("response." + type + ".done").put(member, text.get());
            if (member.equals("arguments")) {
                done.put("name", item.get("name"));
            }
            send(done);
        }

        private void texts(String member, String indexName, String type) {
            Optional<Json> list = item.get(member).filter(Json::isArray);
            if (list.isEmpty()) {
                return;
            }
            int i = 0;
            for (Json part : list.get().elements()) {
                if (part.isObject()) {
                    part(part, indexName, i, type);
                }
                i++;
            }
        }

        private void part(Json part, String indexName, int number, String type) {
            String kind = InputItems.text(part, "type").orElse("");
            String member = kind.equals("refusal") ? "refusal" : "text";
            Optional<String> text = InputItems.text(part, member);
            send(
                    place(type + ".added")
                            .put(indexName, number)
                            .put("part", text.isPresent() ? empty(part, member) : part));
            String said = "response." + (kind.equals("summary_text") ? "reasoning_" + kind : kind);
            if (GROWING.contains(kind) && text.isPresent()) {
                Optional<Json> logProbs = part.get("logprobs").filter(Json::isArray);
                boolean output = kind.equals("output_text");
                if (!text.get().isEmpty()) {
                    JsonObject delta = place(said + ".delta").put(indexName, number);
                    send(logProbs(delta.put("delta", text.get()), output, logProbs));
                }
                annotations(part, indexName, number);
                JsonObject done = place(said + ".done").put(indexName, number);
                send(logProbs(done.put(member, text.get()), output, logProbs));
            }
            send(place(type + ".done").put(indexName, number).put("part", part));
        }

        private static JsonObject logProbs(
                JsonObject event, boolean output, Optional<Json> logProbs) {
            return output ? event.put("logprobs", logProbs.orElse(Json.EMPTY_ARRAY)) : event;
        }

        private void annotations(Json part, String indexName, int number) {
            int i = 0;
            for (Json annotation :
                    part.get("annotations")
                            .filter(Json::isArray)
                            .map(Json::elements)
                            .orElse(List.of())) {
                send(
                        place("response.output_text.annotation.added")
                                .put(indexName, number)
                                .put("annotation_index", i++)
                                .put("annotation", annotation));
            }
        }

        private static Json empty(Json part, String text) {
            JsonObject empty = new JsonObject();
            for (Json.Member member : part.members()) {
                if (member.name().equals(text)) {
                    empty.put(text, "");
                } else if (member.value().isArray()) {
                    empty.put(member.name(), new JsonArray());
                } else {
                    empty.put(member.name(), member.value());
                }
            }
            return empty.toJson();
        }
    }
}
