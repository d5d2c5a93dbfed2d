package io.fairlead.protocol.responses;

import io.fairlead.protocol.adapt.EffortRewrites;
import io.fairlead.protocol.adapt.PartRewrite;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rewritings that only this protocol needs. Stateless: any thread. */
final class ResponsesRewrites {
    private ResponsesRewrites() {}

    /**
     * Only for requests of other protocols: what this protocol's own clients say is theirs to say,
     * also where it looks odd (results without calls go on from a stored response).
     */
    static Rewrite foreign(Rewrite rewrite) {
        return (request, model) ->
                Wire.own(request.beside()) ? request : rewrite.apply(request, model);
    }

    /** Nobody who speaks another protocol expects to be kept; here it must be said. */
    static Rewrite notKept() {
        return foreign((request, model) -> {
            Delivery delivery = request.delivery();
            boolean said = delivery.store().isPresent() || delivery.previous().isPresent();
            return said ? request : request.withDelivery(delivery.withStore(Optional.of(false)));
        });
    }

    /** Effort in a word that the model takes, also for not to think, and for just to think. */
    static Rewrite effortOfModel() {
        return (request, model) -> {
            if (request.thinking().isEmpty()) {
                return request;
            }
            Thinking thinking = request.thinking().get();
            if (thinking.mode() == Thinking.Mode.OFF) {
                boolean taken = model.efforts().isEmpty() || model.efforts().contains("none");
                return taken ? request : EffortRewrites.offAsWord().apply(request, model);
            }
            if (thinking.mode() == Thinking.Mode.ON) {
                Optional<String> effort = thinking.effort().or(() -> Optional.of("medium"));
                Thinking said = thinking.withMode(Thinking.Mode.DEFAULT).withEffort(effort);
                ChatRequest now = request.withThinking(Optional.of(said));
                return EffortRewrites.effortAsWord().apply(now, model);
            }
            if (saysNothing(thinking) && !model.reasons().orElse(true)) {
                return request.withThinking(Optional.empty());
            }
            return thinking.effort().isEmpty()
                    ? request
                    : EffortRewrites.effortAsWord().apply(request, model);
        };
    }

    /** Models that can't think refuse even the empty word for it. */
    private static boolean saysNothing(Thinking thinking) {
        return thinking.effort().isEmpty()
                && thinking.budget().isEmpty()
                && thinking.summary().isEmpty();
    }

    static Rewrite unreadableThoughtsLeftOut() {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part -> part instanceof Reasoning && !readable(part) ? null : part);
    }

    private static boolean readable(Part part) {
        return Wire.own(part.marks().beside())
                || part.marks().seal().filter(s -> s.owner().equals(Seal.OPENAI)).isPresent();
    }

    static Rewrite hostedElsewhereLeftOut() {
        return (request, model) -> {
            List<Tool> kept = new ArrayList<>();
            for (Tool tool : request.tools().tools()) {
                if (!(tool instanceof Tool.Hosted hosted) || hosted.origin() == Wire.SELF) {
                    kept.add(tool);
                }
            }
            return kept.size() == request.tools().tools().size()
                    ? request
                    : request.withTools(request.tools().withTools(kept));
        };
    }

    static Rewrite stepsElsewhereLeftOut() {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof Foreign foreign && foreign.origin() != Wire.SELF
                                        ? null
                                        : part);
    }
}
