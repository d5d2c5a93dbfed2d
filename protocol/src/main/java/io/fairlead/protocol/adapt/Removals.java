package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Delivery;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How each feature is taken out of a request, for protocols that drop it. Features that can't just
 * go (the shape of turns) have an emulation instead. Stateless: any thread.
 */
public final class Removals {
    private Removals() {}

    /**
     * How a feature is taken out.
     *
     * @throws IllegalArgumentException if the feature can't be dropped
     */
    public static Rewrite of(Feature feature) {
        return switch (feature) {
            case CHOICES -> output(Output::withoutChoices);
            case LOG_PROBS -> output(o -> o.withLogProbs(Optional.empty()));
            case AUDIO_OUT -> output(o -> o.withoutAudio().withModalities(less(o, "audio")));
            case IMAGE_OUT -> output(o -> o.withModalities(less(o, "image")));
            case VERBOSITY -> output(Output::withoutVerbosity);
            case JSON_OBJECT, JSON_SCHEMA -> output(o -> o.withFormat(Optional.empty()));
            case TEMPERATURE -> sampling(s -> s.withTemperature(Optional.empty()));
            case TOP_P -> sampling(s -> s.withTopP(Optional.empty()));
            case TOP_K -> sampling(s -> s.withTopK(Optional.empty()));
            case MIN_P -> sampling(Sampling::withoutMinP);
            case FREQUENCY_PENALTY -> sampling(Sampling::withoutFrequencyPenalty);
            case PRESENCE_PENALTY -> sampling(Sampling::withoutPresencePenalty);
            case REPETITION_PENALTY -> sampling(Sampling::withoutRepetitionPenalty);
            case SEED -> sampling(Sampling::withoutSeed);
            case STOP -> sampling(s -> s.withStop(List.of()));
            case LOGIT_BIAS -> sampling(Sampling::withoutLogitBias);
            case REASONING_EFFORT -> thinking(t -> t.withEffort(Optional.empty()));
            case REASONING_BUDGET -> thinking(t -> t.withBudget(Optional.empty()));
            case REASONING_OFF, REASONING_ADAPTIVE ->
                    thinking(t -> t.withMode(Thinking.Mode.DEFAULT));
            case REASONING_SUMMARY -> thinking(t -> t.withSummary(Optional.empty()));
            case REASONING_HISTORY -> parts(part -> part instanceof Reasoning ? null : part);
            case REASONING_SEALED ->
                    parts(part -> part.withMarks(part.marks().withSeal(Optional.empty())));
            case SERVICE_TIER -> delivery(d -> d.withServiceTier(Optional.empty()));
            case STORE -> delivery(d -> d.withStore(Optional.empty()));
            case PREVIOUS -> delivery(d -> d.withPrevious(Optional.empty()));
            case BACKGROUND -> delivery(d -> d.withBackground(Optional.empty()));
            case USER -> (r, m) -> r.withCaller(r.caller().withoutUser());
            case METADATA -> (r, m) -> r.withCaller(r.caller().withoutMetadata());
            case CACHE_KEY -> (r, m) -> r.withCaller(r.caller().withoutCacheKey());
            case CACHE_MARK -> (r, m) -> withoutCacheMarks(r);
            case TOOL_STRICT ->
                    tools(tool ->
                            tool instanceof Tool.Function function
                                    ? function.withStrict(Optional.empty())
                                    : tool);
            case TOOL_HOSTED -> ToolRewrites.hostedLeftOut();
            case PARALLEL_CALLS_SWITCH ->
                    (r, m) -> r.withTools(r.tools().withParallel(Optional.empty()));
            case TOOL_RESULT_ERROR ->
                    parts(part -> part instanceof ToolResult result ? result.withoutError() : part);
            case IMAGE_DETAIL ->
                    parts(part ->
                            part instanceof Media media
                                    ? media.withDetail(Optional.empty())
                                    : part);
            case CITATIONS ->
                    parts(part ->
                            part instanceof Text text
                                    ? new Text(text.words(), List.of(), text.marks())
                                    : part);
            case FOREIGN -> parts(part -> part instanceof Foreign ? null : part);
            case ASSISTANT_MEDIA -> (r, m) -> withoutAssistantMedia(r);
            case PARTICIPANT_NAME -> turns(Turn::withoutName);
            case NO_MAX_TOKENS,
                    TOOL_CUSTOM,
                    TOOL_CHOICE_NONE,
                    TOOL_CHOICE_REQUIRED,
                    TOOL_CHOICE_NAMED,
                    TOOL_CHOICE_ALLOWED,
                    TOOL_RESULT_MEDIA,
                    TOOL_RESULT_ORPHAN,
                    TOOL_CALL_UNANSWERED,
                    TOOLS_UNDECLARED,
                    IMAGE_INLINE,
                    IMAGE_URL,
                    IMAGE_FILE,
                    DOCUMENT_INLINE,
                    DOCUMENT_URL,
                    DOCUMENT_FILE,
                    DOCUMENT_TEXT,
                    DOCUMENT_PARTS,
                    AUDIO_INLINE,
                    AUDIO_URL,
                    AUDIO_FILE,
                    VIDEO_INLINE,
                    VIDEO_URL,
                    VIDEO_FILE,
                    REFUSAL,
                    DEVELOPER,
                    SYSTEM_MIDWAY,
                    EMPTY_CONTENT,
                    CONSECUTIVE_ROLES,
                    ASSISTANT_FIRST,
                    ASSISTANT_LAST,
                    NO_USER_TURN ->
                    throw new IllegalArgumentException(feature + " can't just be left out");
        };
    }

    private static List<String> less(Output output, String modality) {
        List<String> rest = new ArrayList<>(output.modalities());
        rest.remove(modality);
        return rest;
    }

    private static Rewrite output(UnaryOperator<Output> change) {
        return (request, model) -> request.withOutput(change.apply(request.output()));
    }

    private static Rewrite sampling(UnaryOperator<Sampling> change) {
        return (request, model) -> request.withSampling(change.apply(request.sampling()));
    }

    private static Rewrite thinking(UnaryOperator<Thinking> change) {
        return (request, model) -> request.withThinking(request.thinking().map(change));
    }

    private static Rewrite delivery(UnaryOperator<Delivery> change) {
        return (request, model) -> request.withDelivery(change.apply(request.delivery()));
    }

    private static Rewrite turns(UnaryOperator<Turn> change) {
        return (request, model) -> request.withTurns(request.turns().stream().map(change).toList());
    }

    /** Changes every part, also those within tool results; null leaves it out. */
    static Rewrite parts(PartChange change) {
        return (request, model) -> PartRewrite.everywhere(request, change);
    }

    private static Rewrite tools(ToolChange change) {
        return (request, model) -> {
            List<Tool> kept = new ArrayList<>();
            for (Tool tool : request.tools().tools()) {
                Tool changed = change.apply(tool);
                if (changed != null) {
                    kept.add(changed);
                }
            }
            return request.withTools(request.tools().withTools(kept));
        };
    }

    private static ChatRequest withoutCacheMarks(ChatRequest request) {
        ChatRequest bare =
                PartRewrite.everywhere(
                        request, part -> part.withMarks(part.marks().withCache(Optional.empty())));
        return tools(tool ->
                        tool instanceof Tool.Function function
                                ? function.withCache(Optional.empty())
                                : tool)
                .apply(bare, ModelFacts.unknown(""));
    }

    private static ChatRequest withoutAssistantMedia(ChatRequest request) {
        List<Turn> turns = new ArrayList<>();
        for (Turn turn : request.turns()) {
            boolean assistant = turn.role() == Role.ASSISTANT;
            List<Part> parts = turn.parts();
            turns.add(
                    assistant
                            ? turn.withParts(
                                    parts.stream().filter(p -> !(p instanceof Media)).toList())
                            : turn);
        }
        return request.withTurns(turns);
    }

    @FunctionalInterface
    interface ToolChange {
        @org.jspecify.annotations.Nullable
        Tool apply(Tool tool);
    }
}
