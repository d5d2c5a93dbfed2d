package io.fairlead.protocol.ollama;

import io.fairlead.protocol.adapt.EffortBudget;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Thinking.Mode;

import java.util.Optional;

/**
 * Most of Ollama's models think or don't; only some take a level, and the others refuse one.
 * Stateless: any thread.
 */
final class ThinkRewrites {
    private ThinkRewrites() {}

    static Rewrite effort() {
        return (request, model) -> {
            Thinking thinking = request.thinking().orElseThrow();
            String effort = thinking.effort().orElse(EffortBudget.MEDIUM);
            if (model.efforts().isEmpty()) {
                boolean off = effort.equals(EffortBudget.NONE);
                return with(
                        request,
                        thinking.withMode(off ? Mode.OFF : Mode.ON).withEffort(Optional.empty()));
            }
            String word = EffortBudget.nearest(effort, model.efforts());
            return word.equals(effort)
                    ? request
                    : with(request, thinking.withEffort(Optional.of(word)));
        };
    }

    /** It thinks, as long as it likes. */
    static Rewrite unbounded() {
        return (request, model) ->
                with(
                        request,
                        request.thinking()
                                .orElseThrow()
                                .withBudget(Optional.empty())
                                .withMode(Mode.ON));
    }

    private static ChatRequest with(ChatRequest request, Thinking thinking) {
        return request.withThinking(Optional.of(thinking));
    }
}
