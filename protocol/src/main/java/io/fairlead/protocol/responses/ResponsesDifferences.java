package io.fairlead.protocol.responses;

import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.adapt.EffortRewrites;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.adapt.Removals;
import io.fairlead.protocol.adapt.SchemaRewrites;
import io.fairlead.protocol.adapt.SealRewrites;
import io.fairlead.protocol.adapt.ToolIds;
import io.fairlead.protocol.adapt.ToolNames;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.TurnRewrites;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.schema.SchemaDialect;

/** What the Responses API can say, and what becomes of the rest. Immutable. */
final class ResponsesDifferences {
    private static final String NO_PARAMETER = "there is no such parameter";
    private static final String NO_SOUND = "takes no sound";
    private static final String NO_FILM = "takes no films";

    static final Differences TABLE = table();

    private ResponsesDifferences() {}

    private static Differences table() {
        Differences.Builder table = Differences.of(Wire.SELF);
        table.isNative(
                Feature.LOG_PROBS,
                Feature.VERBOSITY,
                Feature.JSON_OBJECT,
                Feature.NO_MAX_TOKENS,
                Feature.TEMPERATURE,
                Feature.TOP_P,
                Feature.REASONING_EFFORT,
                Feature.REASONING_OFF,
                Feature.REASONING_SUMMARY,
                Feature.SERVICE_TIER,
                Feature.STORE,
                Feature.PREVIOUS,
                Feature.BACKGROUND,
                Feature.USER,
                Feature.METADATA,
                Feature.CACHE_KEY,
                Feature.TOOL_CUSTOM,
                Feature.TOOL_CHOICE_NONE,
                Feature.TOOL_CHOICE_REQUIRED,
                Feature.TOOL_CHOICE_NAMED,
                Feature.TOOL_CHOICE_ALLOWED,
                Feature.PARALLEL_CALLS_SWITCH,
                Feature.TOOL_RESULT_MEDIA,
                Feature.TOOLS_UNDECLARED,
                Feature.IMAGE_INLINE,
                Feature.IMAGE_URL,
                Feature.IMAGE_FILE,
                Feature.IMAGE_DETAIL,
                Feature.DOCUMENT_INLINE,
                Feature.DOCUMENT_URL,
                Feature.DOCUMENT_FILE,
                Feature.REFUSAL,
                Feature.DEVELOPER,
                Feature.SYSTEM_MIDWAY,
                Feature.CONSECUTIVE_ROLES,
                Feature.ASSISTANT_FIRST,
                Feature.ASSISTANT_LAST,
                Feature.NO_USER_TURN);
        answer(table);
        history(table);
        media(table);
        return table.always(SchemaRewrites.parametersTyped())
                .always(
                        SchemaRewrites.parametersIn(
                                SchemaDialect.OPENAI_STRICT,
                                function -> function.strict().orElse(false)))
                .always(ResponsesRewrites.notKept())
                .always(ResponsesRewrites.effortOfModel())
                .always(new ToolIds(1, 64, "_-"))
                .always(new ToolNames(128, "_-", true))
                .complete();
    }

    private static void answer(Differences.Builder table) {
        table.refused(Feature.CHOICES, "a response is one answer")
                .refused(Feature.AUDIO_OUT, "answers are not spoken")
                .refused(Feature.IMAGE_OUT, "images come from a tool of the provider's")
                .refused(Feature.STOP, NO_PARAMETER)
                .refused(Feature.LOGIT_BIAS, NO_PARAMETER)
                .dropped(Feature.TOP_K, NO_PARAMETER)
                .dropped(Feature.MIN_P, NO_PARAMETER)
                .dropped(Feature.FREQUENCY_PENALTY, NO_PARAMETER)
                .dropped(Feature.PRESENCE_PENALTY, NO_PARAMETER)
                .dropped(Feature.REPETITION_PENALTY, NO_PARAMETER)
                .dropped(Feature.SEED, NO_PARAMETER)
                .emulated(
                        Feature.JSON_SCHEMA,
                        SchemaRewrites.OPENAI_FORMAT,
                        SchemaRewrites.boundFormatIn(SchemaDialect.OPENAI_STRICT))
                .dropped(
                        Feature.TOOL_STRICT,
                        SchemaRewrites.OPENAI_STRICT,
                        SchemaRewrites.strictOnlyIn(SchemaDialect.OPENAI_STRICT))
                .emulated(
                        Feature.REASONING_BUDGET,
                        "as the word for effort that comes nearest",
                        EffortRewrites.budgetAsEffort())
                .emulated(
                        Feature.REASONING_ADAPTIVE,
                        "that is the default",
                        EffortRewrites.adaptiveAsDefault());
    }

    private static void history(Differences.Builder table) {
        table.dropped(
                        Feature.REASONING_HISTORY,
                        "only what OpenAI itself has encrypted, or another provider of this"
                                + " protocol thought, can come back",
                        ResponsesRewrites.unreadableThoughtsLeftOut())
                .dropped(
                        Feature.REASONING_SEALED,
                        "state of another provider",
                        SealRewrites.onlyOf(Seal.OPENAI))
                .dropped(
                        Feature.CACHE_MARK,
                        "repeated beginnings are found without marks",
                        ResponsesRewrites.foreign(Removals.of(Feature.CACHE_MARK)))
                .dropped(
                        Feature.TOOL_HOSTED,
                        "runs at another provider",
                        ResponsesRewrites.hostedElsewhereLeftOut())
                .dropped(
                        Feature.FOREIGN,
                        "only its own protocol has a word for it",
                        ResponsesRewrites.stepsElsewhereLeftOut())
                .dropped(
                        Feature.CITATIONS,
                        "sources are not said again",
                        ResponsesRewrites.foreign(Removals.of(Feature.CITATIONS)))
                .emulated(
                        Feature.TOOL_RESULT_ERROR,
                        "the text says that it is one",
                        ToolRewrites.errorsMarked())
                .emulated(
                        Feature.TOOL_RESULT_ORPHAN,
                        "told by the user",
                        ResponsesRewrites.foreign(ToolRewrites.orphansAsText()))
                .emulated(
                        Feature.TOOL_CALL_UNANSWERED,
                        "with a result that says so",
                        ResponsesRewrites.foreign(ToolRewrites.answered()))
                .emulated(
                        Feature.PARTICIPANT_NAME, "before the text", TurnRewrites.nameBeforeText())
                .emulated(
                        Feature.EMPTY_CONTENT,
                        "left out",
                        ResponsesRewrites.foreign(TurnRewrites.emptyLeftOut()));
    }

    private static void media(Differences.Builder table) {
        table.emulated(
                        Feature.DOCUMENT_TEXT,
                        "as text with its name",
                        MediaRewrites.documentsAsText())
                .emulated(
                        Feature.DOCUMENT_PARTS,
                        "its parts in its place",
                        MediaRewrites.documentsUnpacked())
                .dropped(
                        Feature.ASSISTANT_MEDIA,
                        "the assistant's own words are text",
                        ResponsesRewrites.foreign(Removals.of(Feature.ASSISTANT_MEDIA)))
                .refused(Feature.AUDIO_INLINE, NO_SOUND)
                .refused(Feature.AUDIO_URL, NO_SOUND)
                .refused(Feature.AUDIO_FILE, NO_SOUND)
                .refused(Feature.VIDEO_INLINE, NO_FILM)
                .refused(Feature.VIDEO_URL, NO_FILM)
                .refused(Feature.VIDEO_FILE, NO_FILM);
    }
}
