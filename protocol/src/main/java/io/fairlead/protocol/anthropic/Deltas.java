package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import java.util.Optional;

/** What a block of a stream has more of. Stateless: any thread. */
final class Deltas {
    private Deltas() {}

    /** Empty if it does not go with this part, or is of a kind nobody knows. */
    static Optional<Growth> read(Part head, Fields delta) {
        Optional<String> type = delta.peek("type").filter(Json::isString).map(Json::text);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (head instanceof Foreign) {
            return Optional.of(new Growth.MoreForeign(delta.whole()));
        }
        Optional<Growth> growth =
                switch (type.get()) {
                    case "text_delta" ->
                            head instanceof Text
                                    ? delta.text("text").map(Growth.MoreText::new)
                                    : Optional.empty();
                    case "citations_delta" ->
                            head instanceof Text ? citation(delta) : Optional.empty();
                    case "thinking_delta" ->
                            head instanceof Reasoning
                                    ? delta.text("thinking")
                                            .map(t -> new Growth.MoreReasoning(t, false, 0))
                                    : Optional.empty();
                    case "signature_delta" ->
                            head instanceof Reasoning
                                    ? delta.text("signature").flatMap(Deltas::seal)
                                    : Optional.empty();
                    case "input_json_delta" ->
                            head instanceof ToolCall
                                    ? delta.text("partial_json").map(Growth.MoreArguments::new)
                                    : Optional.empty();
                    default -> Optional.empty();
                };
        if (growth.isPresent()) {
            delta.take("type");
        }
        return growth;
    }

    private static Optional<Growth> citation(Fields delta) {
        Optional<Fields> citation = delta.object("citation");
        if (citation.isEmpty()) {
            return Optional.empty();
        }
        Growth cited = new Growth.Cited(Citations.readOne(citation.get()));
        delta.take("citation");
        return Optional.of(cited);
    }

    /** Behind another gateway of ours, the signature may hold another provider's seal. */
    private static Optional<Growth> seal(String signature) {
        if (PackedSeal.looksLike(signature)) {
            return PackedSeal.unpack(signature).map(packed -> new Growth.Sealed(packed.seal()));
        }
        return Optional.of(new Growth.Sealed(Seal.signature(Seal.ANTHROPIC, signature)));
    }

    static JsonObject write(Growth growth) {
        JsonObject delta = new JsonObject();
        return switch (growth) {
            case Growth.MoreText(String text) -> delta.put("type", "text_delta").put("text", text);
            case Growth.MoreReasoning more ->
                    delta.put("type", "thinking_delta").put("thinking", more.text());
            case Growth.MoreArguments(String text) ->
                    delta.put("type", "input_json_delta").put("partial_json", text);
            case Growth.Cited cited ->
                    delta.put("type", "citations_delta")
                            .put("citation", Citations.writeOne(cited.citation()));
            case Growth.Sealed(Seal seal) ->
                    delta.put("type", "signature_delta").put("signature", seal.data());
            case Growth.MoreForeign(Json raw) -> {
                raw.members().forEach(m -> delta.put(m.name(), m.value()));
                yield delta;
            }
            case Growth.MoreMedia ignored -> delta;
        };
    }
}
