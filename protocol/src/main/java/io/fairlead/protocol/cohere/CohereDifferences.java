package io.fairlead.protocol.cohere;

import io.fairlead.protocol.adapt.ChoiceRewrites;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.adapt.EffortRewrites;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.ForeignRewrites;
import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Removals;
import io.fairlead.protocol.adapt.SamplingRewrites;
import io.fairlead.protocol.adapt.SchemaRewrites;
import io.fairlead.protocol.adapt.SealRewrites;
import io.fairlead.protocol.adapt.ThinkingStyle;
import io.fairlead.protocol.adapt.ToolIds;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.TurnRewrites;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.Turn;
import io.fairlead.protocol.schema.SchemaDialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Cohere's chat can say of the canonical model. Immutable. */
final class CohereDifferences {
    private static final int MOST_STOPS = 5;
    private static final ThinkingStyle BUDGETS = new ThinkingStyle(1, 128_000, false, false, true);
    private static final String NO_WORD = "Cohere has no word for it";
    private static final String NO_STATE = "Cohere keeps no answers";
    private static final String TEXT_AND_IMAGES = "Cohere takes text and images only";

    static final Differences TABLE = table();

    private CohereDifferences() {}

    private static Differences table() {
        Differences.Builder table = Differences.of(CohereProtocol.ORIGIN);
        output(table);
        thinking(table);
        delivery(table);
        tools(table);
        content(table);
        turns(table);
        return table.always(ToolIds.ANTHROPIC).complete();
    }

    private static void output(Differences.Builder table) {
        table.isNative(
                        Feature.JSON_OBJECT,
                        Feature.NO_MAX_TOKENS,
                        Feature.FREQUENCY_PENALTY,
                        Feature.PRESENCE_PENALTY,
                        Feature.SEED)
                .emulated(
                        Feature.JSON_SCHEMA,
                        "in Cohere's subset; the rest is said in descriptions",
                        CohereDifferences::format)
                .emulated(
                        Feature.TEMPERATURE,
                        "brought within 0 and 1",
                        SamplingRewrites.temperature(0, 1))
                .emulated(
                        Feature.TOP_P,
                        "brought within 0.01 and 0.99",
                        SamplingRewrites.topP(0.01, 0.99))
                .emulated(Feature.TOP_K, "brought within 0 and 500", SamplingRewrites.topK(0, 500))
                .dropped(
                        Feature.STOP,
                        "at most five stop sequences",
                        SamplingRewrites.stop(MOST_STOPS, true))
                .dropped(Feature.CHOICES, "Cohere gives one answer")
                .emulated(
                        Feature.LOG_PROBS,
                        "of pieces of text, which may be several tokens, without alternatives",
                        (request, model) ->
                                request.withOutput(request.output().withLogProbs(Optional.of(0L))))
                .dropped(Feature.VERBOSITY, NO_WORD)
                .dropped(Feature.MIN_P, NO_WORD)
                .dropped(Feature.REPETITION_PENALTY, NO_WORD)
                .dropped(Feature.LOGIT_BIAS, NO_WORD)
                .refused(Feature.AUDIO_OUT, "Cohere does not speak")
                .refused(Feature.IMAGE_OUT, "Cohere does not draw");
    }

    private static void thinking(Differences.Builder table) {
        table.isNative(Feature.REASONING_BUDGET, Feature.REASONING_OFF, Feature.REASONING_HISTORY)
                .emulated(
                        Feature.REASONING_EFFORT,
                        "a budget",
                        EffortRewrites.effortAsBudget(BUDGETS))
                .emulated(
                        Feature.REASONING_ADAPTIVE,
                        "the model's default",
                        CohereDifferences::asItLikes)
                .dropped(Feature.REASONING_SUMMARY, NO_WORD)
                .dropped(Feature.REASONING_SEALED, "state of other providers", SealRewrites.none());
    }

    private static void delivery(Differences.Builder table) {
        table.dropped(Feature.SERVICE_TIER, NO_WORD)
                .dropped(Feature.STORE, NO_STATE)
                .refused(Feature.PREVIOUS, NO_STATE)
                .refused(Feature.BACKGROUND, NO_STATE)
                .dropped(Feature.USER, NO_WORD)
                .dropped(Feature.METADATA, NO_WORD)
                .dropped(Feature.CACHE_KEY, "Cohere keeps prompts by itself")
                .dropped(Feature.CACHE_MARK, "Cohere keeps prompts by itself");
    }

    private static void tools(Differences.Builder table) {
        table.isNative(Feature.TOOL_CHOICE_NONE, Feature.TOOL_CHOICE_REQUIRED)
                .dropped(
                        Feature.TOOL_STRICT,
                        "holds for all tools or none, in Cohere's subset",
                        CohereDifferences::strict)
                .emulated(
                        Feature.TOOL_CUSTOM,
                        "a function with one text",
                        ToolRewrites.customAsFunction())
                .dropped(
                        Feature.TOOL_HOSTED,
                        "runs at another provider",
                        ForeignRewrites.hostedBy(CohereProtocol.ORIGIN))
                .emulated(
                        Feature.TOOL_CHOICE_NAMED,
                        "only that tool sent, and required",
                        ChoiceRewrites.onlyNamedSent())
                .emulated(
                        Feature.TOOL_CHOICE_ALLOWED,
                        "only those tools sent",
                        ChoiceRewrites.onlyAllowedSent())
                .dropped(Feature.PARALLEL_CALLS_SWITCH, NO_WORD)
                .emulated(
                        Feature.TOOL_RESULT_ERROR,
                        "marked in the text",
                        ToolRewrites.errorsMarked())
                .emulated(
                        Feature.TOOL_RESULT_MEDIA,
                        "behind the result",
                        ToolRewrites.mediaBehindResults())
                .emulated(
                        Feature.TOOL_RESULT_ORPHAN,
                        "told by the user",
                        ToolRewrites.orphansAsText())
                .emulated(
                        Feature.TOOL_CALL_UNANSWERED,
                        "a result that says so",
                        ToolRewrites.answered())
                .emulated(
                        Feature.TOOLS_UNDECLARED,
                        "declared with an open schema",
                        ToolRewrites.declared());
    }

    private static ChatRequest format(ChatRequest request, ModelFacts model) {
        ChatRequest converted = SchemaRewrites.formatIn(SchemaDialect.COHERE).apply(request, model);
        return SchemaRewrites.bareFormat().apply(converted, model);
    }

    /** Nothing is said of thinking, unless there is a budget. */
    private static ChatRequest asItLikes(ChatRequest request, ModelFacts model) {
        return request.withThinking(
                request.thinking()
                        .filter(thinking -> thinking.budget().isPresent())
                        .map(thinking -> thinking.withMode(Thinking.Mode.ON)));
    }

    /** Documents belong to no turn: here they stand where they are read, before the last words. */
    private static ChatRequest documents(ChatRequest request, ModelFacts model) {
        List<Part> documents = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        int last = -1;
        for (Turn turn : request.turns()) {
            List<Part> others = new ArrayList<>();
            for (Part part : turn.parts()) {
                boolean document =
                        part instanceof Media media && media.kind() == Media.Kind.DOCUMENT;
                (document ? documents : others).add(part);
            }
            if (!others.isEmpty() || turn.parts().isEmpty()) {
                last = turn.role() == Role.USER ? turns.size() : last;
                turns.add(turn.withParts(others));
            }
        }
        if (last < 0) {
            turns.add(Turn.of(Role.USER, documents));
            return request.withTurns(turns);
        }
        documents.addAll(turns.get(last).parts());
        turns.set(last, turns.get(last).withParts(documents));
        return request.withTurns(turns);
    }

    private static ChatRequest strict(ChatRequest request, ModelFacts model) {
        ChatRequest converted =
                SchemaRewrites.strictParametersIn(SchemaDialect.COHERE).apply(request, model);
        for (Tool tool : converted.tools().tools()) {
            if (!(tool instanceof Tool.Function function) || !function.strict().orElse(false)) {
                return Removals.of(Feature.TOOL_STRICT).apply(request, model);
            }
        }
        return converted;
    }

    private static void content(Differences.Builder table) {
        table.isNative(Feature.IMAGE_INLINE, Feature.IMAGE_URL, Feature.IMAGE_DETAIL)
                .emulated(
                        Feature.DOCUMENT_TEXT,
                        "beside the conversation",
                        CohereDifferences::documents)
                .emulated(Feature.DOCUMENT_PARTS, "its parts", MediaRewrites.documentsUnpacked())
                .refused(Feature.IMAGE_FILE, TEXT_AND_IMAGES)
                .refused(Feature.DOCUMENT_INLINE, TEXT_AND_IMAGES)
                .refused(Feature.DOCUMENT_URL, TEXT_AND_IMAGES)
                .refused(Feature.DOCUMENT_FILE, TEXT_AND_IMAGES)
                .refused(Feature.AUDIO_INLINE, TEXT_AND_IMAGES)
                .refused(Feature.AUDIO_URL, TEXT_AND_IMAGES)
                .refused(Feature.AUDIO_FILE, TEXT_AND_IMAGES)
                .refused(Feature.VIDEO_INLINE, TEXT_AND_IMAGES)
                .refused(Feature.VIDEO_URL, TEXT_AND_IMAGES)
                .refused(Feature.VIDEO_FILE, TEXT_AND_IMAGES)
                .dropped(Feature.CITATIONS, "not sent back")
                .emulated(Feature.REFUSAL, "text", TurnRewrites.refusalAsText())
                .dropped(
                        Feature.FOREIGN,
                        "only its own can go back",
                        ForeignRewrites.partsOf(CohereProtocol.ORIGIN))
                .dropped(Feature.ASSISTANT_MEDIA, "only the user shows images");
    }

    private static void turns(Differences.Builder table) {
        table.isNative(Feature.SYSTEM_MIDWAY, Feature.CONSECUTIVE_ROLES, Feature.ASSISTANT_FIRST)
                .emulated(
                        Feature.PARTICIPANT_NAME, "before the text", TurnRewrites.nameBeforeText())
                .emulated(Feature.DEVELOPER, "system", TurnRewrites.developerAsSystem())
                .emulated(Feature.EMPTY_CONTENT, "left out", TurnRewrites.emptyLeftOut())
                .emulated(Feature.ASSISTANT_LAST, "the user asks to go on", TurnRewrites.userLast())
                .emulated(
                        Feature.NO_USER_TURN,
                        "the last instruction is the user's",
                        TurnRewrites.lastSystemAsUser());
    }
}
