package io.fairlead.protocol.chatform;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.EffortRewrites;
import io.fairlead.protocol.adapt.PartRewrite;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this family does to requests before it writes them. Stateless: any thread. */
public final class FormRewrites {
    private FormRewrites() {}

    /** Parts that only another protocol knows are left out. */
    public static Rewrite foreignLeftOut(Protocol own) {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof Foreign foreign && foreign.origin() != own
                                        ? null
                                        : part);
    }

    /** Tools that run at another protocol's provider are left out. */
    public static Rewrite hostedLeftOut(Protocol own) {
        return (request, model) -> {
            boolean any =
                    request.tools().tools().stream()
                            .anyMatch(tool -> tool instanceof Tool.Hosted h && h.origin() != own);
            if (!any) {
                return request;
            }
            List<Tool> ours =
                    request.tools().tools().stream()
                            .filter(tool -> tool instanceof Tool.Hosted h && h.origin() == own)
                            .toList();
            ChatRequest without = ToolRewrites.hostedLeftOut().apply(request, model);
            List<Tool> kept = new ArrayList<>(without.tools().tools());
            kept.addAll(ours);
            return without.withTools(without.tools().withTools(kept));
        };
    }

    /** Not to think is the word {@code none}, or the least of the model's words. */
    public static Rewrite offForModel() {
        return (request, model) ->
                model.efforts().isEmpty() || model.efforts().contains("none")
                        ? request
                        : EffortRewrites.offAsWord().apply(request, model);
    }

    /** To think as much as it likes is what a model does when nothing is said. */
    public static Rewrite adaptiveUnsaid() {
        return (request, model) -> {
            ChatRequest plain = EffortRewrites.adaptiveAsDefault().apply(request, model);
            return plain.withThinking(plain.thinking().filter(FormRewrites::says));
        };
    }

    private static boolean says(Thinking thinking) {
        return thinking.mode() != Thinking.Mode.DEFAULT
                || thinking.effort().isPresent()
                || thinking.budget().isPresent()
                || thinking.summary().isPresent()
                || thinking.shown().isPresent();
    }

    /** Metadata is only for answers that are kept. */
    public static Rewrite metadataOfKept() {
        return (request, model) ->
                request.delivery().store().orElse(false)
                        ? request
                        : request.withCaller(request.caller().withoutMetadata());
    }

    /** Words for service tiers that OpenAI does not know are left out. */
    public static Rewrite knownTiers() {
        return (request, model) ->
                request.delivery().serviceTier().filter(AnswerWriter.TIERS::contains).isPresent()
                        ? request
                        : request.withDelivery(
                                request.delivery().withServiceTier(Optional.empty()));
    }

    /** OpenAI refuses JSON mode unless the conversation speaks of JSON. */
    public static Rewrite jsonMentioned() {
        return (request, model) -> {
            for (Turn turn : request.turns()) {
                for (Part part : turn.parts()) {
                    if (part instanceof Text text && mentionsJson(text.text())) {
                        return request;
                    }
                }
            }
            List<Turn> turns = new ArrayList<>(request.turns());
            turns.addFirst(Turn.of(Role.SYSTEM, Text.of("Answer with a JSON object.")));
            return request.withTurns(turns);
        };
    }

    private static boolean mentionsJson(String text) {
        for (int i = 0; i + 4 <= text.length(); i++) {
            if (text.regionMatches(true, i, "json", 0, 4)) {
                return true;
            }
        }
        return false;
    }
}
