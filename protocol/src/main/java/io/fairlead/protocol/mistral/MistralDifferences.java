package io.fairlead.protocol.mistral;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.ChoiceRewrites;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.adapt.EffortRewrites;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.adapt.SamplingRewrites;
import io.fairlead.protocol.adapt.SealRewrites;
import io.fairlead.protocol.adapt.ToolIds;
import io.fairlead.protocol.adapt.ToolNames;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.TurnRewrites;
import io.fairlead.protocol.chatform.FormRewrites;

/** What becomes of each feature at Mistral. Stateless. */
final class MistralDifferences {
    private MistralDifferences() {}

    static Differences table() {
        Differences.Builder table = Differences.of(Protocol.MISTRAL_CHAT);
        answer(table);
        sampling(table);
        reasoning(table);
        delivery(table);
        tools(table);
        media(table);
        turns(table);
        return table.always(ToolRewrites.resultsNamed())
                .always(ToolIds.MISTRAL)
                .always(ToolNames.COMMON)
                .complete();
    }

    private static void answer(Differences.Builder table) {
        table.isNative(
                        Feature.CHOICES,
                        Feature.JSON_SCHEMA,
                        Feature.JSON_OBJECT,
                        Feature.NO_MAX_TOKENS)
                .dropped(Feature.LOG_PROBS, "none are given")
                .refused(Feature.AUDIO_OUT, "answers are text")
                .refused(Feature.IMAGE_OUT, "answers are text")
                .dropped(Feature.VERBOSITY, "there is no such setting");
    }

    private static void sampling(Differences.Builder table) {
        table.emulated(Feature.TEMPERATURE, "0 to 1.5", SamplingRewrites.temperature(0, 1.5))
                .emulated(Feature.TOP_P, "0 to 1", SamplingRewrites.topP(0, 1))
                .isNative(
                        Feature.FREQUENCY_PENALTY,
                        Feature.PRESENCE_PENALTY,
                        Feature.SEED,
                        Feature.STOP);
        for (Feature feature :
                new Feature[] {
                    Feature.TOP_K, Feature.MIN_P, Feature.REPETITION_PENALTY, Feature.LOGIT_BIAS
                }) {
            table.dropped(feature, "there is no such setting");
        }
    }

    private static void reasoning(Differences.Builder table) {
        table.isNative(Feature.REASONING_HISTORY)
                .emulated(
                        Feature.REASONING_EFFORT,
                        "the nearest word the model takes",
                        EffortRewrites.effortAsWord())
                .emulated(
                        Feature.REASONING_BUDGET,
                        "the word that comes nearest",
                        EffortRewrites.budgetAsEffort())
                .emulated(
                        Feature.REASONING_OFF,
                        "the effort none, or the least the model can do",
                        FormRewrites.offForModel())
                .emulated(
                        Feature.REASONING_ADAPTIVE,
                        "the model's default",
                        FormRewrites.adaptiveUnsaid())
                .dropped(Feature.REASONING_SUMMARY, "thoughts are told as they are")
                .dropped(
                        Feature.REASONING_SEALED,
                        "there is no place for opaque state",
                        SealRewrites.none());
    }

    private static void delivery(Differences.Builder table) {
        table.dropped(Feature.SERVICE_TIER, "there is no choice")
                .dropped(Feature.STORE, "nothing is kept")
                .refused(Feature.PREVIOUS, "nothing is kept to go on from")
                .refused(Feature.BACKGROUND, "answers are made while the client waits")
                .dropped(Feature.USER, "users are not told apart")
                .isNative(Feature.METADATA)
                .dropped(Feature.CACHE_KEY, "the cache is found by its content")
                .dropped(Feature.CACHE_MARK, "the cache needs no marks");
    }

    private static void tools(Differences.Builder table) {
        table.isNative(
                        Feature.TOOL_STRICT,
                        Feature.TOOL_CHOICE_NAMED,
                        Feature.TOOL_CHOICE_REQUIRED,
                        Feature.TOOL_CHOICE_NONE,
                        Feature.PARALLEL_CALLS_SWITCH,
                        Feature.TOOLS_UNDECLARED)
                .emulated(
                        Feature.TOOL_CUSTOM,
                        "a function with one parameter",
                        ToolRewrites.customAsFunction())
                .dropped(
                        Feature.TOOL_HOSTED,
                        "it runs at another provider",
                        FormRewrites.hostedLeftOut(Protocol.MISTRAL_CHAT))
                .emulated(
                        Feature.TOOL_CHOICE_ALLOWED,
                        "only those tools are sent",
                        ChoiceRewrites.onlyAllowedSent())
                .emulated(
                        Feature.TOOL_RESULT_ERROR, "the text says so", ToolRewrites.errorsMarked())
                .isNative(Feature.TOOL_RESULT_MEDIA)
                .emulated(
                        Feature.TOOL_RESULT_ORPHAN,
                        "the user tells what the tool gave",
                        ToolRewrites.orphansAsText())
                .emulated(
                        Feature.TOOL_CALL_UNANSWERED,
                        "results follow their calls; a missing one says so",
                        ToolRewrites.answered());
    }

    private static void media(Differences.Builder table) {
        table.isNative(
                        Feature.IMAGE_INLINE,
                        Feature.IMAGE_URL,
                        Feature.IMAGE_DETAIL,
                        Feature.DOCUMENT_INLINE,
                        Feature.DOCUMENT_URL,
                        Feature.DOCUMENT_FILE,
                        Feature.AUDIO_INLINE)
                .refused(Feature.IMAGE_FILE, "images are sent as bytes or by address")
                .emulated(
                        Feature.DOCUMENT_TEXT,
                        "its text stands in the conversation",
                        MediaRewrites.documentsAsText())
                .emulated(
                        Feature.DOCUMENT_PARTS,
                        "its parts stand in the conversation",
                        MediaRewrites.documentsUnpacked())
                .emulated(Feature.AUDIO_URL, "fetched", MediaRewrites.fetched(Feature.AUDIO_URL))
                .refused(Feature.AUDIO_FILE, "sound is sent as bytes")
                .refused(Feature.VIDEO_INLINE, "Mistral takes no films")
                .refused(Feature.VIDEO_URL, "Mistral takes no films")
                .refused(Feature.VIDEO_FILE, "Mistral takes no films")
                .dropped(Feature.CITATIONS, "only answers have sources")
                .emulated(Feature.REFUSAL, "its text", TurnRewrites.refusalAsText())
                .dropped(
                        Feature.FOREIGN,
                        "only another provider knows what it is",
                        FormRewrites.foreignLeftOut(Protocol.MISTRAL_CHAT))
                .dropped(Feature.ASSISTANT_MEDIA, "the assistant speaks in text");
    }

    private static void turns(Differences.Builder table) {
        table.isNative(Feature.ASSISTANT_LAST, Feature.CONSECUTIVE_ROLES)
                .emulated(
                        Feature.PARTICIPANT_NAME,
                        "the name stands before the text",
                        TurnRewrites.nameBeforeText())
                .emulated(Feature.DEVELOPER, "the system says it", TurnRewrites.developerAsSystem())
                .emulated(
                        Feature.SYSTEM_MIDWAY,
                        "the user says it, marked",
                        TurnRewrites.asUserText())
                .emulated(Feature.EMPTY_CONTENT, "left out", TurnRewrites.emptyLeftOut())
                .emulated(Feature.ASSISTANT_FIRST, "the user begins", TurnRewrites.userFirst())
                .emulated(
                        Feature.NO_USER_TURN,
                        "the last instruction is said by the user",
                        TurnRewrites.lastSystemAsUser());
    }
}
