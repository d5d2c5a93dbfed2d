package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the blocks of an answer: those of Anthropic as they were, all others with every member
 * that clients expect. Seals of other providers are packed into the places of Anthropic's own, so
 * that they come back. Confined to one thread.
 */
final class AnswerBlocks {
    private static final Json DIRECT = Json.parse("{\"type\":\"direct\"}");

    private final AnswerContext context;
    private final boolean whole;
    private int madeIds;

    /**
     * @param whole the answer is Anthropic's own: blocks have the members they had
     */
    AnswerBlocks(AnswerContext context, boolean whole) {
        this.context = context;
        this.whole = whole;
    }

    /** The blocks that a part is, in their order; none if there is no word for it. */
    List<JsonObject> of(Part part) {
        List<JsonObject> blocks = new ArrayList<>(1);
        Optional<Seal> seal = foreignSeal(part);
        switch (part) {
            case Text text -> {
                if (whole || !text.text().isEmpty()) {
                    blocks.add(text(text));
                    seal.ifPresent(s -> blocks.add(packed(s, PackedSeal.Place.BEFORE)));
                } else {
                    seal.ifPresent(s -> blocks.add(packed(s, PackedSeal.Place.ALONE)));
                }
            }
            case Refusal refusal -> {
                if (!refusal.text().isEmpty()) {
                    blocks.add(text(Text.of(refusal.text())));
                }
            }
            case ToolCall call -> {
                seal.ifPresent(s -> blocks.add(packed(s, PackedSeal.Place.NEXT)));
                blocks.add(call(call));
            }
            case Reasoning reasoning -> {
                for (Reasoning one : reasoning.apart()) {
                    reasoning(one).ifPresent(blocks::add);
                }
            }
            case Media media -> MediaBlocks.write(media).ifPresent(blocks::add);
            case Foreign foreign -> {
                if (foreign.origin() == Own.ORIGIN) {
                    blocks.add(raw(foreign));
                }
            }
            case ToolResult ignored -> {}
        }
        return blocks;
    }

    private static JsonObject raw(Foreign foreign) {
        JsonObject object = new JsonObject();
        foreign.raw().members().forEach(m -> object.put(m.name(), m.value()));
        return object;
    }

    JsonObject text(Text text) {
        JsonObject block = PartWriter.text(text);
        block.merge(text.marks().beside().of(Own.ORIGIN));
        return block;
    }

    JsonObject call(ToolCall call) {
        JsonObject block = PartWriter.call(call.id().isEmpty() ? call.withId(makeId()) : call);
        block.merge(call.marks().beside().of(Own.ORIGIN));
        if (!whole && !block.has("caller")) {
            block.put("caller", DIRECT);
        }
        return block;
    }

    private String makeId() {
        return "toolu_" + context.id() + "_" + madeIds++;
    }

    /** Empty if there is nothing to it: neither thoughts nor seal. */
    Optional<JsonObject> reasoning(Reasoning reasoning) {
        Optional<Seal> seal = reasoning.marks().seal();
        String text = reasoning.text();
        if (!whole && text.isEmpty() && seal.isEmpty()) {
            return Optional.empty();
        }
        JsonObject block = new JsonObject();
        if (text.isEmpty() && seal.isPresent() && isUnseen(seal.get())) {
            block.put("type", "redacted_thinking")
                    .put("data", data(seal.get(), isSummary(reasoning)));
        } else {
            block.put("type", "thinking")
                    .put("thinking", text)
                    .put("signature", seal.map(s -> data(s, isSummary(reasoning))).orElse(""));
        }
        block.merge(reasoning.marks().beside().of(Own.ORIGIN));
        return Optional.of(block);
    }

    /** Whether such a seal without a text means thoughts that nobody shall see. */
    private static boolean isUnseen(Seal seal) {
        return seal.kind() == Seal.Kind.REDACTED || !isOwn(seal);
    }

    /** What stands for a seal of reasoning: itself if it is Anthropic's, else packed. */
    static String data(Seal seal, boolean summary) {
        return isOwn(seal)
                ? seal.data()
                : new PackedSeal(seal, PackedSeal.Place.HERE, summary).pack();
    }

    private static boolean isSummary(Reasoning reasoning) {
        return reasoning.content().isEmpty() && !reasoning.summary().isEmpty();
    }

    private static boolean isOwn(Seal seal) {
        return seal.owner().equals(Seal.ANTHROPIC) && seal.kind() != Seal.Kind.ENCRYPTED;
    }

    /** The seal of a part that is no reasoning: this protocol has no place for it. */
    static Optional<Seal> foreignSeal(Part part) {
        return part instanceof Reasoning ? Optional.empty() : part.marks().seal();
    }

    /** A block that carries another provider's seal through the client. */
    static JsonObject packed(Seal seal, PackedSeal.Place place) {
        return new JsonObject()
                .put("type", "redacted_thinking")
                .put("data", new PackedSeal(seal, place, false).pack());
    }
}
