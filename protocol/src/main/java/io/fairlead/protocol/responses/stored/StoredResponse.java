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
        return new StoredResponse(
                response,
                InputItems.identified(InputItems.of(request), idBase),
                request.get("previous_response_id").filter(Json::isString).map(Json::text));
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
