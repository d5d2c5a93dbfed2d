package io.fairlead.protocol.gemini;

import io.fairlead.protocol.adapt.AnswerRewrite;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.PartRewrite;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Rewritings that only Google's protocols need. Stateless: any thread. */
final class GeminiRewrites {
    private static final Set<String> TIERS = Set.of("standard", "flex", "priority");

    private GeminiRewrites() {}

    /** Whether the model is one before Gemini 3. */
    static boolean isOlder(ModelFacts model) {
        return model.id().contains("gemini-1") || model.id().contains("gemini-2");
    }

    /** A rewriting for some requests and models only. */
    private record Only(
            Predicate<ChatRequest> requests, Predicate<ModelFacts> models, Rewrite other)
            implements Rewrite {
        @Override
        public ChatRequest apply(ChatRequest request, ModelFacts model) {
            return models.test(model) && requests.test(request)
                    ? other.apply(request, model)
                    : request;
        }

        @Override
        public Optional<AnswerRewrite> answer(ChatRequest request) {
            return other.answer(request);
        }
    }

    static Rewrite older(Rewrite other) {
        return new Only(request -> true, GeminiRewrites::isOlder, other);
    }

    /** Older models take no calls together with answers in JSON. */
    static Rewrite olderWithTools(Rewrite other) {
        return new Only(
                request -> !request.tools().tools().isEmpty(), GeminiRewrites::isOlder, other);
    }

    /** Only newer models refuse calls that they did not sign. */
    static Rewrite onlyNewer(Rewrite other) {
        return new Only(
                request -> true, model -> model.id().contains("gemini-") && !isOlder(model), other);
    }

    static Rewrite noForeignVoice() {
        return (request, model) -> {
            if (request.output().audio().isPresent()) {
                throw new Unsupported(
                        Feature.AUDIO_OUT, "Google speaks with other voices and formats");
            }
            return request;
        };
    }

    /** Who asks for a summary of thoughts wants to see them. */
    static Rewrite summaryShown() {
        return (request, model) ->
                request.withThinking(
                        request.thinking()
                                .map(thinking ->
                                        thinking.withSummary(Optional.empty())
                                                .withShown(
                                                        thinking.shown()
                                                                .or(() -> Optional.of(true)))));
    }

    /** Other protocols tell thoughts unless it is forbidden, Google's only when it is asked for. */
    static Rewrite thoughtsShown() {
        return (request, model) -> {
            Optional<Thinking> thinking =
                    request.thinking()
                            .filter(t ->
                                    t.shown().isEmpty()
                                            && t.mode() != Thinking.Mode.OFF
                                            && !ChunkForms.is(t.beside(), ConfigReader.OWN));
            return thinking.isEmpty()
                    ? request
                    : request.withThinking(thinking.map(t -> t.withShown(Optional.of(true))));
        };
    }

    static Rewrite knownTier() {
        return (request, model) -> {
            String tier = request.delivery().serviceTier().orElse("");
            if (TIERS.contains(tier)) {
                return request;
            }
            Optional<String> now =
                    tier.equals("default") ? Optional.of("standard") : Optional.empty();
            return request.withDelivery(request.delivery().withServiceTier(now));
        };
    }

    static Rewrite hostedOfGoogleOnly() {
        Rewrite none = ToolRewrites.hostedLeftOut();
        return (request, model) -> {
            List<Tool> kept = new ArrayList<>();
            boolean own = false;
            for (Tool tool : request.tools().tools()) {
                boolean hosted = tool instanceof Tool.Hosted;
                boolean ofGoogle = hosted && ((Tool.Hosted) tool).origin() == ProtoFields.ORIGIN;
                own |= ofGoogle;
                if (!hosted || ofGoogle) {
                    kept.add(tool);
                }
            }
            if (!own) {
                return none.apply(request, model);
            }
            return kept.size() == request.tools().tools().size()
                    ? request
                    : request.withTools(request.tools().withTools(kept));
        };
    }

    static Rewrite foreignOfGoogleOnly() {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof Foreign foreign
                                                && foreign.origin() != ProtoFields.ORIGIN
                                        ? null
                                        : part);
    }

    /** Google wants to know what is behind an address. */
    static Rewrite typedAddresses() {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof Media media
                                                && media.marks().beside().isEmpty()
                                                && media.source() instanceof Source.Url url
                                                && url.mediaType().isEmpty()
                                        ? typed(media, url.url())
                                        : part);
    }

    private static Media typed(Media media, String url) {
        String type = MediaTypes.likeliest(media.kind(), url);
        return media.withSource(new Source.Url(url, Optional.of(type)));
    }

    /** The names of files, which AI Studio has no place for, stand before them. */
    static Rewrite namesBeforeFiles() {
        return (request, model) -> {
            List<Turn> turns = new ArrayList<>();
            boolean changed = false;
            for (Turn turn : request.turns()) {
                List<Part> parts = new ArrayList<>();
                for (Part part : turn.parts()) {
                    if (part instanceof Media media
                            && media.name().isPresent()
                            && media.marks().beside().isEmpty()) {
                        changed = true;
                        parts.add(Text.of(media.name().get()));
                        parts.add(
                                new Media(
                                        media.kind(),
                                        media.source(),
                                        Optional.empty(),
                                        media.detail(),
                                        media.marks()));
                    } else {
                        parts.add(part);
                    }
                }
                turns.add(turn.withParts(parts));
            }
            return changed ? request.withTurns(turns) : request;
        };
    }
}
