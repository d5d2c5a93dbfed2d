package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reasoning items that say nothing but carry the seal of a call or text, for which this protocol
 * has no place: another provider's thought signature. They stand behind what they seal, and are put
 * back on it when they return. Stateless: any thread.
 */
final class Carriers {
    private Carriers() {}

    /** The item that carries the seal of a part that is no reasoning. */
    static JsonObject item(String id, Seal seal, Part part) {
        Optional<String> call =
                part instanceof ToolCall toolCall ? Optional.of(toolCall.id()) : Optional.empty();
        JsonObject item = new JsonObject().put("type", "reasoning").put("id", id);
        item.array("summary");
        return item.put("encrypted_content", Sealing.packBare(seal, call));
    }

    /** Reads input items to turns, with seals where they belong. */
    static void input(List<Fields> items, List<Turn> turns) {
        Map<String, Integer> calls = new HashMap<>();
        int lastText = -1;
        for (Fields item : items) {
            Optional<Sealing.Packed> carried = carried(item);
            if (carried.isPresent()) {
                Sealing.Packed packed = carried.get();
                int at =
                        packed.call().isPresent()
                                ? calls.getOrDefault(packed.call().get(), -1)
                                : lastText;
                if (at >= 0) {
                    turns.set(at, sealed(turns.get(at), packed.seal()));
                }
                continue;
            }
            Turn turn = ItemReader.read(item);
            if (turn.role() == Role.ASSISTANT && !turn.parts().isEmpty()) {
                if (turn.parts().getFirst() instanceof ToolCall call) {
                    calls.put(call.id(), turns.size());
                } else if (turn.parts().getLast() instanceof Text) {
                    lastText = turns.size();
                }
            }
            turns.add(turn);
        }
    }

    private static Optional<Sealing.Packed> carried(Fields item) {
        return item.peek("type")
                .filter(type -> type.is("reasoning"))
                .flatMap(type -> item.peek("encrypted_content"))
                .filter(Json::isString)
                .flatMap(data -> Sealing.unpack(data.text()))
                .filter(Sealing.Packed::bare);
    }

    private static Turn sealed(Turn turn, Seal seal) {
        List<Part> parts = new ArrayList<>(turn.parts());
        Part last = parts.removeLast();
        Marks marks = last.marks().withSeal(Optional.of(seal));
        parts.add(last.withMarks(marks));
        return turn.withParts(parts);
    }
}
