package io.fairlead.protocol.model;

import java.util.List;
import java.util.Optional;

/**
 * One of the alternative answers to a request. Immutable.
 *
 * @param finish absent: the provider did not say
 * @param logProbs of its text; empty: none were asked for
 */
public record Choice(
        int index,
        List<Part> parts,
        Optional<Finish> finish,
        List<TokenLogProb> logProbs,
        Beside beside) {
    public Choice {
        parts = List.copyOf(parts);
        logProbs = List.copyOf(logProbs);
    }

    public static Choice of(Finish finish, Part... parts) {
        return new Choice(0, List.of(parts), Optional.of(finish), List.of(), Beside.NONE);
    }

    public Choice withParts(List<Part> newParts) {
        return new Choice(index, newParts, finish, logProbs, beside);
    }

    public Choice withFinish(Optional<Finish> newFinish) {
        return new Choice(index, parts, newFinish, logProbs, beside);
    }

    public boolean callsTools() {
        return parts.stream().anyMatch(ToolCall.class::isInstance);
    }
}
