package io.fairlead.protocol.ollama;

import io.fairlead.protocol.adapt.ChoiceRewrites;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.ForeignRewrites;
import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.SchemaRewrites;
import io.fairlead.protocol.adapt.SealRewrites;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.TurnRewrites;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;

import java.util.Optional;

/** What Ollama's chat can say of the canonical model. Immutable. */
final class OllamaDifferences {
    private static final String NO_WORD = "Ollama has no word for it";
    private static final String NO_STATE = "Ollama keeps no answers";
    private static final String IMAGES_ONLY = "Ollama takes text and images only";

    static final Differences TABLE = table();

    private OllamaDifferences() {}

    private static Differences table() {
        Differences.Builder table = Differences.of(OllamaProtocol.ORIGIN);
        output(table);
        thinking(table);
        delivery(table);
        tools(table);
        content(table);
        turns(table);
        return table.always(ToolRewrites.resultsNamed()).always(new OneText()).complete();
    }

    private static void output(Differences.Builder table) {
        table.isNative(
                        Feature.JSON_OBJECT,
                        Feature.NO_MAX_TOKENS,
                        Feature.TEMPERATURE,
                        Feature.TOP_P,
                        Feature.TOP_K,
                        Feature.MIN_P,
                        Feature.FREQUENCY_PENALTY,
                        Feature.PRESENCE_PENALTY,
                        Feature.REPETITION_PENALTY,
                        Feature.SEED,
                        Feature.STOP,
                        Feature.LOG_PROBS)
                .emulated(Feature.JSON_SCHEMA, "without its name", SchemaRewrites.bareFormat())
                .dropped(Feature.CHOICES, "Ollama gives one answer")
                .dropped(Feature.VERBOSITY, NO_WORD)
                .dropped(Feature.LOGIT_BIAS, NO_WORD)
                .refused(Feature.AUDIO_OUT, "Ollama does not speak")
                .refused(Feature.IMAGE_OUT, "Ollama does not draw");
    }

    private static void thinking(Differences.Builder table) {
        table.isNative(Feature.REASONING_OFF, Feature.REASONING_HISTORY)
                .emulated(
                        Feature.REASONING_EFFORT,
                        "a level for models that take one; the others think or don't",
                        ThinkRewrites.effort())
                .dropped(
                        Feature.REASONING_BUDGET,
                        "it thinks as long as it likes",
                        ThinkRewrites.unbounded())
                .emulated(Feature.REASONING_ADAPTIVE, "it thinks", ThinkRewrites.unbounded())
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
                .dropped(Feature.CACHE_KEY, "Ollama keeps prompts by itself")
                .dropped(Feature.CACHE_MARK, "Ollama keeps prompts by itself");
    }

    private static void tools(Differences.Builder table) {
        table.isNative(Feature.TOOLS_UNDECLARED)
                .dropped(Feature.TOOL_STRICT, NO_WORD)
                .emulated(
                        Feature.TOOL_CUSTOM,
                        "a function with one text",
                        ToolRewrites.customAsFunction())
                .dropped(
                        Feature.TOOL_HOSTED,
                        "runs at another provider",
                        ForeignRewrites.hostedBy(OllamaProtocol.ORIGIN))
                .emulated(Feature.TOOL_CHOICE_NONE, "no tools sent", ChoiceRewrites.noneSent())
                .emulated(
                        Feature.TOOL_CHOICE_REQUIRED,
                        "asked for in words",
                        ChoiceRewrites.byInstruction())
                .emulated(
                        Feature.TOOL_CHOICE_NAMED,
                        "only that tool sent, and asked for in words",
                        OllamaDifferences::named)
                .emulated(
                        Feature.TOOL_CHOICE_ALLOWED,
                        "only those tools sent, and one asked for in words",
                        OllamaDifferences::allowed)
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
                        ToolRewrites.answered());
    }

    private static ChatRequest named(ChatRequest request, ModelFacts model) {
        ToolUse offered = ChoiceRewrites.onlyNamedSent().apply(request, model).tools();
        ChatRequest asked = ChoiceRewrites.byInstruction().apply(request, model);
        return asked.withTools(offered.withChoice(Optional.empty()));
    }

    private static ChatRequest allowed(ChatRequest request, ModelFacts model) {
        ChatRequest fewer = ChoiceRewrites.onlyAllowedSent().apply(request, model);
        return fewer.tools().choice().orElse(null) instanceof ToolChoice.Required
                ? ChoiceRewrites.byInstruction().apply(fewer, model)
                : fewer;
    }

    private static void content(Differences.Builder table) {
        table.isNative(Feature.IMAGE_INLINE)
                .emulated(Feature.IMAGE_URL, "fetched", MediaRewrites.fetched(Feature.IMAGE_URL))
                .emulated(
                        Feature.DOCUMENT_TEXT,
                        "text with its name",
                        MediaRewrites.documentsAsText())
                .emulated(Feature.DOCUMENT_PARTS, "its parts", MediaRewrites.documentsUnpacked())
                .refused(Feature.IMAGE_FILE, IMAGES_ONLY)
                .refused(Feature.DOCUMENT_INLINE, IMAGES_ONLY)
                .refused(Feature.DOCUMENT_URL, IMAGES_ONLY)
                .refused(Feature.DOCUMENT_FILE, IMAGES_ONLY)
                .refused(Feature.AUDIO_INLINE, IMAGES_ONLY)
                .refused(Feature.AUDIO_URL, IMAGES_ONLY)
                .refused(Feature.AUDIO_FILE, IMAGES_ONLY)
                .refused(Feature.VIDEO_INLINE, IMAGES_ONLY)
                .refused(Feature.VIDEO_URL, IMAGES_ONLY)
                .refused(Feature.VIDEO_FILE, IMAGES_ONLY)
                .dropped(Feature.IMAGE_DETAIL, NO_WORD)
                .dropped(Feature.CITATIONS, NO_WORD)
                .emulated(Feature.REFUSAL, "text", TurnRewrites.refusalAsText())
                .dropped(
                        Feature.FOREIGN,
                        "only its own can go back",
                        ForeignRewrites.partsOf(OllamaProtocol.ORIGIN))
                .dropped(Feature.ASSISTANT_MEDIA, "only the user shows images");
    }

    private static void turns(Differences.Builder table) {
        table.isNative(
                        Feature.SYSTEM_MIDWAY,
                        Feature.CONSECUTIVE_ROLES,
                        Feature.ASSISTANT_FIRST,
                        Feature.ASSISTANT_LAST,
                        Feature.NO_USER_TURN)
                .emulated(
                        Feature.PARTICIPANT_NAME, "before the text", TurnRewrites.nameBeforeText())
                .emulated(Feature.EMPTY_CONTENT, "left out", TurnRewrites.emptyLeftOut())
                .emulated(Feature.DEVELOPER, "system", TurnRewrites.developerAsSystem());
    }
}
