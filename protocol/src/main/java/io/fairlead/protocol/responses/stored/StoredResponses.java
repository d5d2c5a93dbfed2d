package io.fairlead.protocol.responses.stored;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes on from kept responses and answers questions about them. Stateless: any thread. */
public final class StoredResponses {
    private StoredResponses() {}

    /** Whether the client wants its response kept: it must say so if it does not. */
    public static boolean keeps(Json request) {
        return request.get("store").filter(store -> store.equals(Json.FALSE)).isEmpty();
    }

    /** All that was said up to and with the last response of a chain, the oldest first. */
    public static List<Json> conversation(List<StoredResponse> chain) {
        List<Json> items = new ArrayList<>();
        for (StoredResponse stored : chain) {
            items.addAll(stored.input());
            items.addAll(stored.output());
        }
        return items;
    }

    /** What {@code input_items} lists: all that the model read before it answered. */
    public static List<Json> inputOf(List<StoredResponse> chain) {
        List<Json> items = conversation(chain.subList(0, chain.size() - 1));
        items.addAll(chain.getLast().input());
        return items;
    }

    /**
     * The request with all it goes on from in its input, for providers that keep nothing. What the
     * instructions of earlier requests were does not count, as at OpenAI.
     *
     * @param chain the response that {@code previous_response_id} names, after those before it
     */
    public static Json continued(Json request, List<StoredResponse> chain) {
        List<Json> before = conversation(chain);
        Map<String, Json> byId = new HashMap<>();
        for (Json item : before) {
            InputItems.text(item, "id").ifPresent(id -> byId.put(id, item));
        }
        JsonArray input = new JsonArray();
        before.forEach(item -> input.add(unnamed(item)));
        for (Json item : InputItems.of(request)) {
            input.add(unnamed(referred(item, byId)));
        }
        JsonObject whole = new JsonObject();
        for (Json.Member member : request.members()) {
            if (!member.name().equals("previous_response_id")) {
                whole.put(member.name(), member.value());
            }
        }
        return whole.put("input", input).toJson();
    }

    /** What a reference means, where it is to something of the conversation. */
    private static Json referred(Json item, Map<String, Json> byId) {
        Optional<String> type = InputItems.text(item, "type");
        boolean reference =
                type.isEmpty() ? item.get("role").isEmpty() : type.get().equals("item_reference");
        if (!reference) {
            return item;
        }
        Json there = byId.get(InputItems.text(item, "id").orElse(""));
        return there == null ? item : there;
    }

    /** The item without the id by which only its keeper knows it. */
    private static Json unnamed(Json item) {
        boolean plain =
                switch (InputItems.text(item, "type").orElse("message")) {
                    case "message",
                            "function_call",
                            "function_call_output",
                            "custom_tool_call",
                            "custom_tool_call_output" ->
                            true;
                    default -> false;
                };
        if (!plain || item.get("id").isEmpty()) {
            return item;
        }
        JsonObject bare = new JsonObject();
        for (Json.Member member : item.members()) {
            if (!member.name().equals("id") && !member.name().equals("status")) {
                bare.put(member.name(), member.value());
            }
        }
        return bare.toJson();
    }

    /** The answer to {@code DELETE /responses/{id}}. */
    public static Json deleted(String id) {
        return new JsonObject()
                .put("id", id)
                .put("object", "response")
                .put("deleted", true)
                .toJson();
    }
}
