package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.adapt.ChoiceRewrites;
import io.fairlead.protocol.adapt.ClaudeSampling;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.adapt.EffortRewrites;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.FormatRewrites;
import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.adapt.SamplingRewrites;
import io.fairlead.protocol.adapt.SchemaRewrites;
import io.fairlead.protocol.adapt.SealRewrites;
import io.fairlead.protocol.adapt.ThinkingStyle;
import io.fairlead.protocol.adapt.ThoughtsBeforeCalls;
import io.fairlead.protocol.adapt.ToolIds;
import io.fairlead.protocol.adapt.ToolNames;
import io.fairlead.protocol.adapt.ToolRewrites;
import io.fairlead.protocol.adapt.TurnRewrites;
import io.fairlead.protocol.model.Seal;

/** What becomes of each feature at Anthropic and where its protocol is spoken. Stateless. */
final class AnthropicDifferences {
    /** Where the model's own limit is not known: every model since Claude 3 can do that. */
    private static final long MAX_TOKENS = 4096;

    private static final String NO_SUCH_MEDIA = "Claude takes images and documents only";

    private AnthropicDifferences() {}

    static Differences of(Variant variant) {
        Differences.Builder table = Differences.of(variant.protocol());
        answer(table, variant);
        sampling(table);
        reasoning(table);
        delivery(table);
        tools(table);
        media(table, variant);
        turns(table);
        return table.first(SamplingRewrites.withinMaxOutput())
                .always(ClaudeRules.ownFormat())
                .always(SchemaRewrites.parametersTyped())
                .always(ToolIds.ANTHROPIC)
                .always(new ToolNames(128, "_-", true))
                .always(ThoughtsBeforeCalls.OF_CLAUDE)
                .complete();
    }

    private static void answer(Differences.Builder table, Variant variant) {
        table.refused(Feature.CHOICES, "an answer has one choice")
                .dropped(Feature.LOG_PROBS, "none are given")
                .refused(Feature.AUDIO_OUT, "answers are text")
                .refused(Feature.IMAGE_OUT, "answers are text")
                .dropped(Feature.VERBOSITY, "there is no such setting")
                .emulated(
                        Feature.JSON_SCHEMA,
                        "before Claude 4.5, and at Vertex AI, the answer is the input of a tool",
                        ClaudeRules.schema(variant))
                .emulated(
                        Feature.JSON_OBJECT,
                        "the answer is the input of a tool",
                        FormatRewrites.objectByTool())
                .emulated(
                        Feature.NO_MAX_TOKENS,
                        "as many as the model can make, or 4096",
                        SamplingRewrites.maxTokens(MAX_TOKENS));
    }

    private static void sampling(Differences.Builder table) {
        table.dropped(
                        Feature.TEMPERATURE,
                        "at most 1; none while the model thinks, and from Claude 4.7 on",
                        ClaudeSampling.temperature())
                .dropped(
                        Feature.TOP_P,
                        "from Claude 4.1 on not with a temperature; at least 0.95 while the model"
                                + " thinks; none from Claude 4.7 on",
                        ClaudeSampling.topP())
                .dropped(
                        Feature.TOP_K,
                        "none while the model thinks, and from Claude 4.7 on",
                        ClaudeSampling.topK())
                .dropped(
                        Feature.STOP,
                        "a sequence must not be blank",
                        SamplingRewrites.stop(Integer.MAX_VALUE, false));
        for (Feature feature :
                new Feature[] {
                    Feature.MIN_P,
                    Feature.FREQUENCY_PENALTY,
                    Feature.PRESENCE_PENALTY,
                    Feature.REPETITION_PENALTY,
                    Feature.SEED,
                    Feature.LOGIT_BIAS
                }) {
            table.dropped(feature, "there is no such setting");
        }
    }

    private static void reasoning(Differences.Builder table) {
        table.emulated(
                        Feature.REASONING_EFFORT,
                        "the nearest word the model takes, or a share of the output tokens as"
                                + " budget; none in a turn whose thoughts are lost",
                        EffortRewrites.effortForModel(ThinkingStyle.CLAUDE))
                .emulated(
                        Feature.REASONING_BUDGET,
                        "at least 1024, and below the limit of output tokens; a word where the"
                                + " model takes words only",
                        EffortRewrites.budgetForModel(ThinkingStyle.CLAUDE))
                .emulated(
                        Feature.REASONING_OFF,
                        "as little as the model can",
                        EffortRewrites.offForModel(ThinkingStyle.CLAUDE))
                .emulated(
                        Feature.REASONING_ADAPTIVE,
                        "a budget, where the model must have one",
                        EffortRewrites.adaptiveForModel(ThinkingStyle.CLAUDE))
                .dropped(Feature.REASONING_SUMMARY, "thoughts are told as the model likes")
                .dropped(
                        Feature.REASONING_HISTORY,
                        "only thoughts that Anthropic has signed are taken",
                        SealRewrites.sealedBy(Seal.ANTHROPIC))
                .dropped(
                        Feature.REASONING_SEALED,
                        "only Anthropic's own state can be read",
                        SealRewrites.sealedBy(Seal.ANTHROPIC));
    }

    private static void delivery(Differences.Builder table) {
        table.dropped(Feature.SERVICE_TIER, "only auto and standard_only", OwnWords.serviceTier())
                .dropped(Feature.STORE, "nothing is kept")
                .refused(Feature.PREVIOUS, "nothing is kept to go on from")
                .refused(Feature.BACKGROUND, "answers are made while the client waits")
                .isNative(Feature.USER)
                .dropped(Feature.METADATA, "there is none but the user")
                .dropped(Feature.CACHE_KEY, "the cache is found by its content")
                .emulated(Feature.CACHE_MARK, "kept for 5m or 1h", OwnWords.cacheLifetimes());
    }

    private static void tools(Differences.Builder table) {
        table.dropped(
                        Feature.TOOL_STRICT,
                        "from Claude 4.5 on, for schemas in its dialect",
                        ClaudeRules.toolStrict())
                .emulated(
                        Feature.TOOL_CUSTOM,
                        "a function with one parameter",
                        ToolRewrites.customAsFunction())
                .dropped(Feature.TOOL_HOSTED, "it runs at another provider", OwnWords.hosted())
                .emulated(
                        Feature.TOOLS_UNDECLARED,
                        "what was called is declared",
                        ToolRewrites.declared())
                .emulated(
                        Feature.TOOL_CHOICE_ALLOWED,
                        "only those tools are sent",
                        ChoiceRewrites.onlyAllowedSent())
                .emulated(
                        Feature.TOOL_CHOICE_NAMED,
                        "an instruction, while the model thinks",
                        ChoiceRewrites.byInstructionWhileThinking())
                .emulated(
                        Feature.TOOL_CHOICE_REQUIRED,
                        "an instruction, while the model thinks",
                        ChoiceRewrites.byInstructionWhileThinking())
                .isNative(
                        Feature.TOOL_CHOICE_NONE,
                        Feature.PARALLEL_CALLS_SWITCH,
                        Feature.TOOL_RESULT_ERROR,
                        Feature.TOOL_RESULT_MEDIA)
                .emulated(
                        Feature.TOOL_RESULT_ORPHAN,
                        "the user tells what the tool gave",
                        ToolRewrites.orphansAsText())
                .emulated(
                        Feature.TOOL_CALL_UNANSWERED,
                        "results follow their calls; a missing one says so",
                        ToolRewrites.answered());
    }

    private static void media(Differences.Builder table, Variant variant) {
        table.isNative(Feature.IMAGE_INLINE, Feature.DOCUMENT_TEXT, Feature.DOCUMENT_PARTS)
                .emulated(
                        Feature.DOCUMENT_INLINE,
                        "what is plain text is sent as such",
                        OwnWords.plainDocuments())
                .dropped(Feature.IMAGE_DETAIL, "there is no such setting");
        if (variant == Variant.MESSAGES) {
            for (Feature feature : new Feature[] {Feature.IMAGE_URL, Feature.DOCUMENT_URL}) {
                table.emulated(
                        feature,
                        "data: addresses are sent as bytes",
                        MediaRewrites.fetched(feature, "http", "https"));
            }
            table.isNative(Feature.IMAGE_FILE, Feature.DOCUMENT_FILE);
        } else {
            for (Feature feature : new Feature[] {Feature.IMAGE_URL, Feature.DOCUMENT_URL}) {
                table.emulated(feature, "fetched", MediaRewrites.fetched(feature));
            }
            table.refused(Feature.IMAGE_FILE, "there are no uploaded files here")
                    .refused(Feature.DOCUMENT_FILE, "there are no uploaded files here");
        }
        for (Feature feature :
                new Feature[] {
                    Feature.AUDIO_INLINE,
                    Feature.AUDIO_URL,
                    Feature.AUDIO_FILE,
                    Feature.VIDEO_INLINE,
                    Feature.VIDEO_URL,
                    Feature.VIDEO_FILE
                }) {
            table.refused(feature, NO_SUCH_MEDIA);
        }
        table.dropped(Feature.CITATIONS, "only Anthropic's own are taken", OwnWords.citations())
                .dropped(
                        Feature.FOREIGN,
                        "only another provider knows what it is",
                        OwnWords.foreign())
                .dropped(Feature.ASSISTANT_MEDIA, "the assistant speaks in text");
    }

    private static void turns(Differences.Builder table) {
        table.isNative(Feature.CONSECUTIVE_ROLES)
                .emulated(Feature.REFUSAL, "its text", TurnRewrites.refusalAsText())
                .emulated(
                        Feature.PARTICIPANT_NAME,
                        "the name stands before the text",
                        TurnRewrites.nameBeforeText())
                .emulated(Feature.DEVELOPER, "the system says it", TurnRewrites.developerAsSystem())
                .emulated(
                        Feature.SYSTEM_MIDWAY,
                        "before Claude 4.8, and not behind the user, the user says it, marked",
                        ClaudeRules.systemAmid())
                .emulated(Feature.EMPTY_CONTENT, "left out", TurnRewrites.emptyLeftOut())
                .emulated(Feature.ASSISTANT_FIRST, "the user begins", TurnRewrites.userFirst())
                .emulated(
                        Feature.ASSISTANT_LAST,
                        "without white space at its end; from Claude 4.6 on the user asks to go on",
                        ClaudeRules.assistantLast())
                .emulated(
                        Feature.NO_USER_TURN,
                        "the last instruction is said by the user",
                        TurnRewrites.lastSystemAsUser());
    }
}
