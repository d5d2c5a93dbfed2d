package io.fairlead.protocol.chat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.adapt.EffortRewrites;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.adapt.SamplingRewrites;
import io.fairlead.protocol.adapt.SchemaRewrites;
import io.fairlead.protocol.adapt.SealRewrites;
import io.fairlead.protocol.adapt.ToolIds;
import io.fairlead.protocol.adapt.ToolNames;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.TurnRewrites;
import io.fairlead.protocol.chatform.Dialect.ReasoningPlace;
import io.fairlead.protocol.chatform.FormRewrites;
import io.fairlead.protocol.schema.SchemaDialect;

/** What becomes of each feature in chat completions. Stateless. */
final class OpenAiChatDifferences {
    private static final int STOPS = 4;

    private OpenAiChatDifferences() {}

    static Differences of(ReasoningPlace place) {
        boolean openRouter = place == ReasoningPlace.DETAILS;
        Differences.Builder table = Differences.of(Protocol.OPENAI_CHAT);
        answer(table);
        sampling(table, openRouter);
        reasoning(table, openRouter);
        delivery(table, openRouter);
        tools(table);
        media(table, openRouter);
        turns(table);
        return table.always(SchemaRewrites.parametersTyped())
                .always(
                        SchemaRewrites.parametersIn(
                                SchemaDialect.OPENAI_STRICT,
                                function -> function.strict().orElse(false)))
                .always(ToolIds.OPENAI)
                .always(ToolNames.COMMON)
                .complete();
    }

    private static void answer(Differences.Builder table) {
        table.isNative(
                        Feature.CHOICES,
                        Feature.LOG_PROBS,
                        Feature.AUDIO_OUT,
                        Feature.IMAGE_OUT,
                        Feature.VERBOSITY,
                        Feature.NO_MAX_TOKENS)
                .emulated(
                        Feature.JSON_SCHEMA,
                        SchemaRewrites.OPENAI_FORMAT,
                        SchemaRewrites.boundFormatIn(SchemaDialect.OPENAI_STRICT))
                .emulated(
                        Feature.JSON_OBJECT,
                        "an instruction, unless the conversation speaks of JSON",
                        FormRewrites.jsonMentioned());
    }

    private static void sampling(Differences.Builder table, boolean openRouter) {
        table.emulated(Feature.TEMPERATURE, "0 to 2", SamplingRewrites.temperature(0, 2))
                .emulated(Feature.TOP_P, "0 to 1", SamplingRewrites.topP(0, 1))
                .isNative(
                        Feature.FREQUENCY_PENALTY,
                        Feature.PRESENCE_PENALTY,
                        Feature.SEED,
                        Feature.LOGIT_BIAS)
                .dropped(Feature.STOP, "at most four", SamplingRewrites.stop(STOPS, true));
        for (Feature feature :
                new Feature[] {Feature.TOP_K, Feature.MIN_P, Feature.REPETITION_PENALTY}) {
            if (openRouter) {
                table.isNative(feature);
            } else {
                table.dropped(feature, "OpenAI has no such setting");
            }
        }
    }

    private static void reasoning(Differences.Builder table, boolean openRouter) {
        table.isNative(Feature.REASONING_HISTORY)
                .emulated(
                        Feature.REASONING_ADAPTIVE,
                        "the model's default",
                        FormRewrites.adaptiveUnsaid());
        if (openRouter) {
            table.isNative(
                    Feature.REASONING_EFFORT,
                    Feature.REASONING_BUDGET,
                    Feature.REASONING_OFF,
                    Feature.REASONING_SUMMARY,
                    Feature.REASONING_SEALED);
            return;
        }
        table.emulated(
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
                .dropped(Feature.REASONING_SUMMARY, "thoughts are not told, or as they are")
                .dropped(
                        Feature.REASONING_SEALED,
                        "there is no place for opaque state",
                        SealRewrites.none());
    }

    private static void delivery(Differences.Builder table, boolean openRouter) {
        table.isNative(Feature.STORE, Feature.USER, Feature.CACHE_KEY)
                .dropped(
                        Feature.SERVICE_TIER,
                        "words OpenAI does not know",
                        FormRewrites.knownTiers())
                .dropped(Feature.METADATA, "only for answers kept", FormRewrites.metadataOfKept())
                .refused(Feature.PREVIOUS, "answers can't be gone on from")
                .refused(Feature.BACKGROUND, "answers are made while the client waits");
        if (openRouter) {
            table.isNative(Feature.CACHE_MARK);
        } else {
            table.dropped(Feature.CACHE_MARK, "the cache needs no marks");
        }
    }

    private static void tools(Differences.Builder table) {
        table.dropped(
                        Feature.TOOL_STRICT,
                        SchemaRewrites.OPENAI_STRICT,
                        SchemaRewrites.strictOnlyIn(SchemaDialect.OPENAI_STRICT))
                .isNative(
                        Feature.TOOL_CUSTOM,
                        Feature.TOOLS_UNDECLARED,
                        Feature.TOOL_CHOICE_ALLOWED,
                        Feature.TOOL_CHOICE_NAMED,
                        Feature.TOOL_CHOICE_REQUIRED,
                        Feature.TOOL_CHOICE_NONE,
                        Feature.PARALLEL_CALLS_SWITCH)
                .dropped(
                        Feature.TOOL_HOSTED,
                        "it runs at another provider",
                        FormRewrites.hostedLeftOut(Protocol.OPENAI_CHAT))
                .emulated(
                        Feature.TOOL_RESULT_ERROR, "the text says so", ToolRewrites.errorsMarked())
                .emulated(
                        Feature.TOOL_RESULT_MEDIA,
                        "said by the user behind the results",
                        ToolRewrites.mediaBehindResults())
                .emulated(
                        Feature.TOOL_RESULT_ORPHAN,
                        "the user tells what the tool gave",
                        ToolRewrites.orphansAsText())
                .emulated(
                        Feature.TOOL_CALL_UNANSWERED,
                        "results follow their calls; a missing one says so",
                        ToolRewrites.answered());
    }

    private static void media(Differences.Builder table, boolean openRouter) {
        table.isNative(
                        Feature.IMAGE_INLINE,
                        Feature.IMAGE_URL,
                        Feature.IMAGE_DETAIL,
                        Feature.DOCUMENT_INLINE,
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
                .refused(Feature.VIDEO_FILE, "films can't be uploaded")
                .dropped(Feature.CITATIONS, "only answers have sources")
                .isNative(Feature.REFUSAL)
                .dropped(
                        Feature.FOREIGN,
                        "only another provider knows what it is",
                        FormRewrites.foreignLeftOut(Protocol.OPENAI_CHAT))
                .dropped(Feature.ASSISTANT_MEDIA, "the assistant speaks in text");
        if (openRouter) {
            table.isNative(Feature.DOCUMENT_URL, Feature.VIDEO_INLINE, Feature.VIDEO_URL);
        } else {
            table.emulated(
                            Feature.DOCUMENT_URL,
                            "fetched",
                            MediaRewrites.fetched(Feature.DOCUMENT_URL))
                    .refused(Feature.VIDEO_INLINE, "OpenAI takes no films")
                    .refused(Feature.VIDEO_URL, "OpenAI takes no films");
        }
    }

    private static void turns(Differences.Builder table) {
        table.isNative(
                        Feature.PARTICIPANT_NAME,
                        Feature.DEVELOPER,
                        Feature.SYSTEM_MIDWAY,
                        Feature.CONSECUTIVE_ROLES,
                        Feature.ASSISTANT_FIRST,
                        Feature.NO_USER_TURN)
                .emulated(Feature.EMPTY_CONTENT, "left out", TurnRewrites.emptyLeftOut())
                .emulated(
                        Feature.ASSISTANT_LAST, "the user asks to go on", TurnRewrites.userLast());
    }
}
