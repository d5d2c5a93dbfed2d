package io.fairlead.protocol.bedrock;

import io.fairlead.protocol.adapt.ChoiceRewrites;
import io.fairlead.protocol.adapt.ClaudeSampling;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.FormatRewrites;
import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.adapt.SamplingRewrites;
import io.fairlead.protocol.adapt.ThoughtsBeforeCalls;
import io.fairlead.protocol.adapt.ToolIds;
import io.fairlead.protocol.adapt.ToolNames;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.TurnRewrites;

/** What Converse can say of the canonical model. Immutable. */
final class ConverseDifferences {
    private static final int MOST_STOPS = 2500;
    private static final String NO_WORD = "Converse has no word for it";
    private static final String NO_STATE = "Bedrock keeps no answers";
    private static final String S3_ONLY = "files of other providers can't be read";
    private static final String FETCHED = "fetched, unless it is in S3";

    static final Differences TABLE = table();

    private ConverseDifferences() {}

    private static Differences table() {
        Differences.Builder table = Differences.of(BedrockConverseProtocol.ORIGIN);
        output(table);
        thinking(table);
        delivery(table);
        tools(table);
        content(table);
        turns(table);
        return table.always(ToolIds.BEDROCK)
                .always(ToolNames.COMMON)
                .always(new DocumentRules())
                .always(
                        ConverseRewrites.ofClaude(
                                ThoughtsBeforeCalls.OF_CLAUDE, ConverseRewrites.same()))
                .complete();
    }

    private static void output(Differences.Builder table) {
        table.first(SamplingRewrites.withinMaxOutput())
                .isNative(Feature.NO_MAX_TOKENS)
                .emulated(
                        Feature.JSON_SCHEMA,
                        "a tool that must be called, for models that can't follow a schema",
                        FormatRewrites.schemaByToolUnlessStructured())
                .emulated(
                        Feature.JSON_OBJECT,
                        "a tool that must be called",
                        FormatRewrites.objectByTool())
                .dropped(
                        Feature.TEMPERATURE,
                        "at most 1; Claude has none while it thinks, and from 4.7 on",
                        ConverseRewrites.ofClaude(
                                ClaudeSampling.temperature(), SamplingRewrites.temperature(0, 1)))
                .dropped(
                        Feature.TOP_P,
                        "Claude from 4.1 on not with a temperature; at least 0.95 while it thinks;"
                                + " none from 4.7 on",
                        ConverseRewrites.ofClaude(ClaudeSampling.topP(), ConverseRewrites.same()))
                .dropped(
                        Feature.TOP_K,
                        "Claude has none while it thinks, and from 4.7 on",
                        ConverseRewrites.ofClaude(ClaudeSampling.topK(), ConverseRewrites.same()))
                .dropped(
                        Feature.STOP,
                        "blank stop sequences are refused",
                        SamplingRewrites.stop(MOST_STOPS, false))
                .dropped(Feature.CHOICES, "Converse gives one answer")
                .dropped(Feature.LOG_PROBS, NO_WORD)
                .dropped(Feature.VERBOSITY, NO_WORD)
                .dropped(Feature.MIN_P, NO_WORD)
                .dropped(Feature.FREQUENCY_PENALTY, NO_WORD)
                .dropped(Feature.PRESENCE_PENALTY, NO_WORD)
                .dropped(Feature.REPETITION_PENALTY, NO_WORD)
                .dropped(Feature.SEED, NO_WORD)
                .dropped(Feature.LOGIT_BIAS, NO_WORD)
                .refused(Feature.AUDIO_OUT, "Converse does not speak")
                .refused(Feature.IMAGE_OUT, "can't be asked for in Converse");
    }

    private static void thinking(Differences.Builder table) {
        table.emulated(
                        Feature.REASONING_EFFORT,
                        "a budget or a word, as the model takes it",
                        ThinkingRewrites.effort())
                .emulated(
                        Feature.REASONING_BUDGET,
                        "brought into the model's range, or a word for effort",
                        ThinkingRewrites.budget())
                .emulated(
                        Feature.REASONING_OFF,
                        "the least thinking, for models that can't do without",
                        ThinkingRewrites.off())
                .emulated(
                        Feature.REASONING_ADAPTIVE,
                        "a budget or the default, for models that don't decide",
                        ThinkingRewrites.adaptive())
                .dropped(Feature.REASONING_SUMMARY, "can't be chosen")
                .dropped(
                        Feature.REASONING_HISTORY,
                        "Claude takes only thoughts with its signature",
                        ThinkingRewrites.thoughts())
                .dropped(
                        Feature.REASONING_SEALED,
                        "only Claude reads Claude's state",
                        ThinkingRewrites.seals());
    }

    private static void delivery(Differences.Builder table) {
        table.dropped(
                        Feature.SERVICE_TIER,
                        "only default, flex, priority and reserved",
                        ConverseRewrites.tier())
                .dropped(Feature.STORE, NO_STATE)
                .refused(Feature.PREVIOUS, NO_STATE)
                .refused(Feature.BACKGROUND, NO_STATE)
                .dropped(Feature.USER, NO_WORD)
                .dropped(
                        Feature.METADATA,
                        "what the log of AWS does not take",
                        ConverseRewrites.metadata())
                .dropped(Feature.CACHE_KEY, NO_WORD)
                .emulated(
                        Feature.CACHE_MARK,
                        "a cache point behind the whole result, where it stands within",
                        ConverseRewrites.cacheMarks());
    }

    private static void tools(Differences.Builder table) {
        table.isNative(Feature.TOOL_RESULT_ERROR)
                .dropped(
                        Feature.TOOL_STRICT,
                        "only models with structured output take it",
                        ConverseRewrites.strict())
                .emulated(
                        Feature.TOOL_CUSTOM,
                        "a function with one text",
                        ToolRewrites.customAsFunction())
                .dropped(Feature.TOOL_HOSTED, "runs at another provider", ConverseRewrites.hosted())
                .emulated(Feature.TOOL_CHOICE_NONE, "no tools sent", ChoiceRewrites.noneSent())
                .emulated(
                        Feature.TOOL_CHOICE_REQUIRED,
                        "asked for in words while the model thinks",
                        ChoiceRewrites.byInstructionWhileThinking())
                .emulated(
                        Feature.TOOL_CHOICE_NAMED,
                        "asked for in words while the model thinks",
                        ChoiceRewrites.byInstructionWhileThinking())
                .emulated(
                        Feature.TOOL_CHOICE_ALLOWED,
                        "only those tools sent",
                        ChoiceRewrites.onlyAllowedSent())
                .dropped(Feature.PARALLEL_CALLS_SWITCH, NO_WORD)
                .emulated(
                        Feature.TOOL_RESULT_MEDIA,
                        "behind the result, for models that don't read it there",
                        ConverseRewrites.resultMedia())
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

    private static void content(Differences.Builder table) {
        table.isNative(
                        Feature.IMAGE_INLINE,
                        Feature.DOCUMENT_INLINE,
                        Feature.DOCUMENT_TEXT,
                        Feature.AUDIO_INLINE,
                        Feature.VIDEO_INLINE)
                .emulated(
                        Feature.IMAGE_URL, FETCHED, MediaRewrites.fetched(Feature.IMAGE_URL, "s3"))
                .emulated(
                        Feature.DOCUMENT_URL,
                        FETCHED,
                        MediaRewrites.fetched(Feature.DOCUMENT_URL, "s3"))
                .emulated(
                        Feature.AUDIO_URL, FETCHED, MediaRewrites.fetched(Feature.AUDIO_URL, "s3"))
                .emulated(
                        Feature.VIDEO_URL, FETCHED, MediaRewrites.fetched(Feature.VIDEO_URL, "s3"))
                .refused(Feature.IMAGE_FILE, S3_ONLY)
                .refused(Feature.DOCUMENT_FILE, S3_ONLY)
                .refused(Feature.AUDIO_FILE, S3_ONLY)
                .refused(Feature.VIDEO_FILE, S3_ONLY)
                .dropped(Feature.IMAGE_DETAIL, NO_WORD)
                .emulated(
                        Feature.DOCUMENT_PARTS,
                        "its parts, unless all are text",
                        ConverseRewrites.documentParts())
                .dropped(
                        Feature.CITATIONS, "only its own can go back", ConverseRewrites.citations())
                .emulated(Feature.REFUSAL, "text", TurnRewrites.refusalAsText())
                .dropped(Feature.FOREIGN, "only its own can go back", ConverseRewrites.foreign())
                .dropped(Feature.ASSISTANT_MEDIA, "only the user shows media");
    }

    private static void turns(Differences.Builder table) {
        table.emulated(Feature.PARTICIPANT_NAME, "before the text", TurnRewrites.nameBeforeText())
                .emulated(Feature.DEVELOPER, "system", TurnRewrites.developerAsSystem())
                .emulated(
                        Feature.SYSTEM_MIDWAY,
                        "said by the user, marked",
                        TurnRewrites.asUserText())
                .emulated(Feature.EMPTY_CONTENT, "left out", TurnRewrites.emptyLeftOut())
                .emulated(Feature.CONSECUTIVE_ROLES, "one turn", TurnRewrites.rolesMerged())
                .emulated(Feature.ASSISTANT_FIRST, "the user begins", TurnRewrites.userFirst())
                .emulated(
                        Feature.ASSISTANT_LAST,
                        "the user asks to go on, but for Claude",
                        ConverseRewrites.assistantLast())
                .emulated(
                        Feature.NO_USER_TURN,
                        "the last instruction is the user's",
                        TurnRewrites.lastSystemAsUser());
    }
}
