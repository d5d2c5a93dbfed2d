package io.fairlead.protocol.responses.stored;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.List;
import java.util.Optional;

/**
 * A response as it is kept. Immutable.
 *
 * @param response the whole answer, as the client was told it
 * @param input the items of its own request, each with an id
 * @param previous the response it went on from
 */
public record StoredResponse(Json response, List<Json> input, Optional<String> previous) {
    public StoredResponse {
        input = List.copyOf(input);
    }

    /**
     * What is to be kept of an exchange.
     *
     * @param request the client's, as it sent it
     * @param response the whole answer; of a stream that of its last message
     * @param idBase letters and digits from which ids are made for input items without one
     */
    public static StoredResponse of(Json request, Json response, String idBase) {
        Optional<String> previous = InputItems.text(request, "previous_response_id");
        return new StoredResponse(
                keptHere(response, previous),
                InputItems.identified(InputItems.of(request), idBase),
                previous);
    }

    /** A provider that was sent the whole conversation, and nothing to keep, says so. */
    private static Json keptHere(Json response, Optional<String> previous) {
        boolean stored = response.get("store").filter(Json.FALSE::equals).isEmpty();
        if (stored && InputItems.text(response, "previous_response_id").equals(previous)) {
            return response;
        }
        JsonObject told = new JsonObject();
        for (Json.Member member : response.members()) {
            switch (member.name()) {
                case "store" -> told.put("store", true);
                case "previous_response_id" -> {}
                default -> told.put(member.name(), member.value());
            }
        }
        return told.put("previous_response_id", previous.map(Json::of).orElse(Json.NULL)).toJson();
    }

    public String id() {
        return response.get("id").filter(Json::isString).map(Json::text).orElse("");
    }

    /** What the model said: the items of the answer. */
    public List<Json> output() {
        return response.get("output").map(Json::elements).orElse(List.of());
    }

    /** As one value, to be kept under the id. */
    public byte[] toBytes() {
        JsonArray items = new JsonArray();
        input.forEach(items::add);
        return new JsonObject()
                .put("response", response)
                .put("input", items)
                .put("previous", previous)
                .toBytes();
    }

    /**
     * Reads what was kept.
     *
     * @throws Unreadable if these are not bytes of {@link #toBytes}
     */
    public static StoredResponse read(byte[] bytes) {
        Fields fields = Fields.ofRequest(Fields.parse(bytes));
        Json response = fields.needJson("response");
        Json input = fields.needJson("input");
        if (!response.isObject() || !input.isArray()) {
            throw new Unreadable("response", "is no stored response");
        }
        return new StoredResponse(response, input.elements(), fields.text("previous"));
    }
}
