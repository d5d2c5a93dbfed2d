package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.Turn;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps opaque state from providers that can't read it. State of the provider's own owner stays
 * where it is. Stateless: any thread.
 */
public final class SealRewrites {
    /**
     * With this in place of a signature, Gemini takes a call that it did not make itself; without
     * one it refuses the conversation.
     */
    private static final String NOT_OF_GEMINI = "skip_thought_signature_validator";

    private SealRewrites() {}

    /**
     * Takes off the seals of other owners. Reasoning stays as far as it can be read; if nothing can
     * it goes.
     */
    public static Rewrite onlyOf(String owner) {
        return (request, model) ->
                PartRewrite.everywhere(request, part -> withoutForeignSeal(part, owner));
    }

    /** Takes off all seals, for protocols that have no place for any. */
    public static Rewrite none() {
        return onlyOf("");
    }

    /**
     * Leaves only reasoning that this owner has sealed, for providers that refuse any other; seals
     * of other owners are taken off all other parts.
     */
    public static Rewrite sealedBy(String owner) {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof Reasoning && !isSealedBy(part, owner)
                                        ? null
                                        : withoutForeignSeal(part, owner));
    }

    /**
     * Puts a mark on the calls that Google would want a signature on, but that another model made
     * or that lost theirs: the first of each turn of the assistant. To be done after foreign seals
     * are off.
     */
    public static Rewrite standInsForGoogle() {
        return (request, model) -> {
            List<Turn> turns = new ArrayList<>(request.turns().size());
            boolean changed = false;
            for (Turn turn : request.turns()) {
                Turn now = turn.role() == Role.ASSISTANT ? withStandIn(turn) : turn;
                changed |= !Identity.same(now, turn);
                turns.add(now);
            }
            return changed ? request.withTurns(turns) : request;
        };
    }

    private static Turn withStandIn(Turn turn) {
        for (int i = 0; i < turn.parts().size(); i++) {
            Part part = turn.parts().get(i);
            if (!(part instanceof ToolCall)) {
                continue;
            }
            if (part.marks().seal().isPresent()) {
                return turn;
            }
            Seal standIn = Seal.signature(Seal.GOOGLE, NOT_OF_GEMINI);
            List<Part> parts = new ArrayList<>(turn.parts());
            parts.set(i, part.withMarks(part.marks().withSeal(Optional.of(standIn))));
            return turn.withParts(parts);
        }
        return turn;
    }

    private static @Nullable Part withoutForeignSeal(Part part, String owner) {
        if (part.marks().seal().isEmpty() || isSealedBy(part, owner)) {
            return part;
        }
        if (part instanceof Reasoning reasoning && reasoning.text().isBlank()) {
            return null;
        }
        return part.withMarks(part.marks().withSeal(Optional.empty()));
    }

    private static boolean isSealedBy(Part part, String owner) {
        return part.marks().seal().isPresent() && part.marks().seal().get().owner().equals(owner);
    }
}
