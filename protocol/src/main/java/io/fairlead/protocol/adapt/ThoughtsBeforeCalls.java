package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.List;
import java.util.Optional;

/**
 * Claude's rule that with a budget of thoughts it must find its own before the calls that are being
 * answered. Where they are lost, because the client did not send them or another model made the
 * calls, it goes on without thinking. Stateless: any thread.
 */
public final class ThoughtsBeforeCalls implements Rewrite {
    public static final ThoughtsBeforeCalls OF_CLAUDE = new ThoughtsBeforeCalls();

    private ThoughtsBeforeCalls() {}

    @Override
    public ChatRequest apply(ChatRequest request, ModelFacts model) {
        Thinking thinking = request.thinking().orElse(null);
        if (thinking == null
                || thinking.mode() != Thinking.Mode.ON
                || thinking.budget().isEmpty()
                || !areLost(request.turns())) {
            return request;
        }
        return request.withThinking(
                thinking.effort().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                thinking.withMode(Thinking.Mode.DEFAULT)
                                        .withBudget(Optional.empty())));
    }

    /**
     * Turns of one side in a row are one, as clients of the Responses API send them; and calls one
     * after the other, with their results between them, are one answer: it may have been thought of
     * at its beginning only.
     */
    private static boolean areLost(List<Turn> turns) {
        int i = turns.size() - 1;
        boolean called = false;
        boolean thoughtLast = false;
        boolean thoughtFirst = false;
        while (true) {
            boolean answered = false;
            while (i >= 0 && turns.get(i).role() != Role.ASSISTANT) {
                answered |= has(turns.get(i), ToolResult.class);
                i--;
            }
            if (!answered || i < 0) {
                return called && !thoughtLast && !thoughtFirst;
            }
            boolean last = !called;
            while (i >= 0 && turns.get(i).role() == Role.ASSISTANT) {
                List<Part> parts = turns.get(i).parts();
                called |= has(turns.get(i), ToolCall.class);
                thoughtFirst =
                        parts.isEmpty() ? thoughtFirst : parts.getFirst() instanceof Reasoning;
                i--;
            }
            thoughtLast |= last && thoughtFirst;
        }
    }

    private static boolean has(Turn turn, Class<? extends Part> kind) {
        for (Part part : turn.parts()) {
            if (kind.isInstance(part)) {
                return true;
            }
        }
        return false;
    }
}
