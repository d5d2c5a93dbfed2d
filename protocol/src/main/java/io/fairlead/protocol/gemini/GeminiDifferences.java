package io.fairlead.protocol.gemini;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.adapt.EffortRewrites;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.FormatRewrites;
import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.adapt.SamplingRewrites;
import io.fairlead.protocol.adapt.SealRewrites;
import io.fairlead.protocol.adapt.ThinkingStyle;
import io.fairlead.protocol.adapt.ToolNames;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.TurnRewrites;
import io.fairlead.protocol.model.Seal;

/** What Google's protocols can say, and what becomes of the rest. Stateless: any thread. */
final class GeminiDifferences {
    private static final String ADDRESS = "passed on; data: addresses as bytes";
    private static final String NO_WORD = "Google has no such setting";

    private GeminiDifferences() {}

    static Differences of(Protocol protocol) {
        Differences.Builder table = Differences.of(protocol);
        answer(table);
        sampling(table);
        reasoning(table);
        delivery(table);
        tools(table);
        media(table);
        turns(table);
        table.first(SamplingRewrites.withinMaxOutput())
                .always(new ToolNames(64, "_-", false))
                .always(ToolRewrites.resultsNamed())
                .always(GeminiRewrites.onlyNewer(SealRewrites.standInsForGoogle()))
                .always(GeminiRewrites.thoughtsShown())
                .always(GoogleSchemas.bare())
                .always(GoogleSchemas.inSubset())
                .always(GeminiRewrites.typedAddresses());
        if (protocol == Protocol.GEMINI) {
            table.always(GeminiRewrites.namesBeforeFiles());
        }
        return table.complete();
    }

    private static void answer(Differences.Builder table) {
        table.isNative(Feature.CHOICES, Feature.LOG_PROBS, Feature.IMAGE_OUT, Feature.NO_MAX_TOKENS)
                .emulated(
                        Feature.AUDIO_OUT,
                        "as modality; voices and formats of others are refused",
                        GeminiRewrites.noForeignVoice())
                .dropped(Feature.VERBOSITY, NO_WORD)
                .emulated(
                        Feature.JSON_OBJECT,
                        "native; before Gemini 3 together with tools by a tool",
                        GeminiRewrites.olderWithTools(FormatRewrites.objectByTool()))
                .emulated(
                        Feature.JSON_SCHEMA,
                        "native; before Gemini 3 together with tools by a tool",
                        GeminiRewrites.olderWithTools(FormatRewrites.schemaByTool()));
    }

    private static void sampling(Differences.Builder table) {
        table.isNative(
                        Feature.TEMPERATURE,
                        Feature.TOP_P,
                        Feature.TOP_K,
                        Feature.FREQUENCY_PENALTY,
                        Feature.PRESENCE_PENALTY,
                        Feature.SEED)
                .dropped(Feature.MIN_P, NO_WORD)
                .dropped(Feature.REPETITION_PENALTY, NO_WORD)
                .dropped(Feature.LOGIT_BIAS, NO_WORD)
                .dropped(Feature.STOP, "native; at most five", SamplingRewrites.stop(5, true));
    }

    private static void reasoning(Differences.Builder table) {
        ThinkingStyle style = ThinkingStyle.GEMINI;
        table.emulated(
                        Feature.REASONING_EFFORT,
                        "thinkingLevel; a budget for models that take one",
                        EffortRewrites.effortForModel(style))
                .emulated(
                        Feature.REASONING_BUDGET,
                        "thinkingBudget; a level for models that take one",
                        EffortRewrites.budgetForModel(style))
                .emulated(
                        Feature.REASONING_OFF,
                        "thinkingBudget 0; the least level for models that take one",
                        EffortRewrites.offForModel(style))
                .emulated(
                        Feature.REASONING_ADAPTIVE,
                        "thinkingBudget -1; nothing for models that take a level",
                        EffortRewrites.adaptiveForModel(style))
                .emulated(
                        Feature.REASONING_SUMMARY,
                        "thoughts are told as summaries",
                        GeminiRewrites.summaryShown())
                .isNative(Feature.REASONING_HISTORY)
                .dropped(
                        Feature.REASONING_SEALED,
                        "native; state of other owners is left out",
                        SealRewrites.onlyOf(Seal.GOOGLE));
    }

    private static void delivery(Differences.Builder table) {
        table.dropped(
                        Feature.SERVICE_TIER,
                        "native; tiers that Google does not have are left out",
                        GeminiRewrites.knownTier())
                .dropped(Feature.STORE, "Google keeps no answers here")
                .refused(Feature.PREVIOUS, "Google keeps no answers here")
                .refused(Feature.BACKGROUND, "Google answers at once only")
                .dropped(Feature.USER, NO_WORD)
                .dropped(Feature.METADATA, NO_WORD)
                .dropped(Feature.CACHE_KEY, "Google caches by itself")
                .dropped(Feature.CACHE_MARK, "Google caches by itself");
    }

    private static void tools(Differences.Builder table) {
        table.isNative(
                        Feature.TOOL_CHOICE_NONE,
                        Feature.TOOL_CHOICE_REQUIRED,
                        Feature.TOOL_CHOICE_NAMED,
                        Feature.TOOL_CHOICE_ALLOWED,
                        Feature.TOOL_RESULT_ERROR,
                        Feature.TOOLS_UNDECLARED)
                .dropped(Feature.TOOL_STRICT, "no such switch for a tool")
                .emulated(
                        Feature.TOOL_CUSTOM,
                        "a function with one text",
                        ToolRewrites.customAsFunction())
                .dropped(
                        Feature.TOOL_HOSTED,
                        "native; tools of other providers are left out",
                        GeminiRewrites.hostedOfGoogleOnly())
                .dropped(Feature.PARALLEL_CALLS_SWITCH, NO_WORD)
                .emulated(
                        Feature.TOOL_RESULT_MEDIA,
                        "parts of the result; before Gemini 3 behind it",
                        GeminiRewrites.older(ToolRewrites.mediaBehindResults()))
                .emulated(
                        Feature.TOOL_RESULT_ORPHAN,
                        "as text of the user",
                        ToolRewrites.orphansAsText())
                .emulated(
                        Feature.TOOL_CALL_UNANSWERED,
                        "with a result that says so",
                        ToolRewrites.answered());
    }

    private static void media(Differences.Builder table) {
        table.isNative(
                        Feature.IMAGE_INLINE,
                        Feature.IMAGE_FILE,
                        Feature.DOCUMENT_INLINE,
                        Feature.DOCUMENT_FILE,
                        Feature.AUDIO_INLINE,
                        Feature.AUDIO_FILE,
                        Feature.VIDEO_INLINE,
                        Feature.VIDEO_FILE,
                        Feature.ASSISTANT_MEDIA)
                .dropped(Feature.IMAGE_DETAIL, "Google's resolutions are not the same")
                .emulated(Feature.DOCUMENT_TEXT, "as text", MediaRewrites.documentsAsText())
                .emulated(Feature.DOCUMENT_PARTS, "as its parts", MediaRewrites.documentsUnpacked())
                .dropped(Feature.CITATIONS, "of earlier answers")
                .emulated(Feature.REFUSAL, "as text", TurnRewrites.refusalAsText())
                .dropped(
                        Feature.FOREIGN,
                        "native; steps of other providers' tools are left out",
                        GeminiRewrites.foreignOfGoogleOnly());
        for (Feature url :
                new Feature[] {
                    Feature.IMAGE_URL, Feature.DOCUMENT_URL, Feature.AUDIO_URL, Feature.VIDEO_URL
                }) {
            table.emulated(url, ADDRESS, MediaRewrites.fetched(url, "https", "http", "gs"));
        }
    }

    private static void turns(Differences.Builder table) {
        table.isNative(Feature.ASSISTANT_LAST)
                .emulated(
                        Feature.PARTICIPANT_NAME, "before the text", TurnRewrites.nameBeforeText())
                .emulated(
                        Feature.DEVELOPER, "as systemInstruction", TurnRewrites.developerAsSystem())
                .emulated(Feature.SYSTEM_MIDWAY, "said by the user", TurnRewrites.asUserText())
                .emulated(Feature.EMPTY_CONTENT, "left out", TurnRewrites.emptyLeftOut())
                .emulated(Feature.CONSECUTIVE_ROLES, "as one turn", TurnRewrites.rolesMerged())
                .emulated(
                        Feature.ASSISTANT_FIRST,
                        "with a turn of the user before",
                        TurnRewrites.userFirst())
                .emulated(
                        Feature.NO_USER_TURN,
                        "the last instruction is said by the user",
                        TurnRewrites.lastSystemAsUser());
    }
}
