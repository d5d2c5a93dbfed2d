package io.fairlead.protocol.translate;

import static io.fairlead.kernel.Protocol.ANTHROPIC_MESSAGES;
import static io.fairlead.kernel.Protocol.BEDROCK_CONVERSE;
import static io.fairlead.kernel.Protocol.COHERE_V2;
import static io.fairlead.kernel.Protocol.GEMINI;
import static io.fairlead.kernel.Protocol.MISTRAL_CHAT;
import static io.fairlead.kernel.Protocol.OLLAMA;
import static io.fairlead.kernel.Protocol.OPENAI_CHAT;
import static io.fairlead.kernel.Protocol.OPENAI_RESPONSES;
import static io.fairlead.kernel.Protocol.VERTEX_ANTHROPIC;
import static io.fairlead.kernel.Protocol.VERTEX_GEMINI;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Finish.Reason;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** What of an answer a client's protocol has no words for. Immutable. */
final class AnswerLosses {
    private static final Set<Protocol> ONE_CHOICE =
            EnumSet.of(
                    OPENAI_RESPONSES,
                    ANTHROPIC_MESSAGES,
                    VERTEX_ANTHROPIC,
                    BEDROCK_CONVERSE,
                    COHERE_V2,
                    OLLAMA);
    private static final Set<Protocol> ALL = EnumSet.allOf(Protocol.class);

    /**
     * A loss that is known and meant.
     *
     * @param clients whose protocol loses it
     * @param known whether what was said could become what was told
     */
    private record Loss(
            String aspect,
            Set<Protocol> clients,
            BiPredicate<List<Object>, List<Object>> known,
            String reason) {}

    /** Who answers such clients says neither when nor at what price. */
    private static final Set<Protocol> NO_TIME =
            EnumSet.of(ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC, BEDROCK_CONVERSE, COHERE_V2);

    private static final List<Loss> LOSSES =
            List.of(
                    new Loss(
                            "model",
                            ALL,
                            (said, told) -> said.equals(List.of("")) && told.size() == 1,
                            "a provider that does not say has answered with what was asked for"),
                    new Loss(
                            "model",
                            EnumSet.of(BEDROCK_CONVERSE, COHERE_V2),
                            (said, told) -> told.equals(List.of("")),
                            "no word for the model"),
                    new Loss(
                            "created",
                            EnumSet.complementOf(EnumSet.copyOf(NO_TIME)),
                            (said, told) -> said.isEmpty() && told.size() == 1,
                            "a time must be given"),
                    new Loss(
                            "created",
                            NO_TIME,
                            (said, told) -> told.isEmpty(),
                            "no word for the time"),
                    new Loss(
                            "tier",
                            EnumSet.complementOf(EnumSet.of(OPENAI_CHAT, OPENAI_RESPONSES)),
                            (said, told) -> told.isEmpty(),
                            "no word for service tiers of others"),
                    new Loss(
                            "tier",
                            EnumSet.of(OPENAI_RESPONSES),
                            (said, told) -> said.isEmpty() && told.equals(List.of("default")),
                            "a tier must be given"),
                    new Loss(
                            "stopSequence",
                            EnumSet.complementOf(EnumSet.of(ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC)),
                            (said, told) -> told.isEmpty(),
                            "no word for which sequence it was"),
                    new Loss(
                            "usage",
                            ALL,
                            AnswerLosses::fewerDetails,
                            "details without a member of their own; counts that must be given"),
                    new Loss(
                            "foreign",
                            ALL,
                            (said, told) -> told.isEmpty(),
                            "steps of a provider's own tools have no words elsewhere"),
                    new Loss(
                            "media",
                            EnumSet.of(ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC, COHERE_V2, OLLAMA),
                            (said, told) -> told.isEmpty(),
                            "no words for sound or images of the model's"),
                    new Loss(
                            "media",
                            EnumSet.of(OPENAI_RESPONSES),
                            (said, told) -> !said.toString().contains("IMAGE") && told.isEmpty(),
                            "no words for sound of the model's"),
                    new Loss(
                            "seals",
                            EnumSet.of(BEDROCK_CONVERSE, COHERE_V2, MISTRAL_CHAT, OLLAMA),
                            (said, told) -> said.containsAll(told),
                            "no place for opaque state of others"),
                    new Loss(
                            "seals",
                            EnumSet.of(ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC, OPENAI_RESPONSES),
                            AnswerLosses::packedOrLast,
                            "state of others is packed; that of texts has no place"),
                    new Loss(
                            "seals",
                            EnumSet.of(OPENAI_CHAT),
                            (said, told) -> said.containsAll(told),
                            "in another order, since details stand before calls; that of media has"
                                    + " no place; of several without a word the last one is read"),
                    new Loss(
                            "finish",
                            ALL,
                            AnswerLosses::nearestReason,
                            "fewer words for reasons; a whole answer must give one"),
                    new Loss(
                            "finish",
                            EnumSet.of(OLLAMA),
                            (said, told) -> told.equals(List.of(Reason.STOP)),
                            "no word for filters"),
                    new Loss(
                            "reasoning",
                            EnumSet.of(OPENAI_CHAT),
                            AnswerLosses::twice,
                            "the details of a stream bring the thoughts once more, with what"
                                    + " vouches for them"),
                    new Loss(
                            "logprobs",
                            EnumSet.of(
                                    ANTHROPIC_MESSAGES,
                                    VERTEX_ANTHROPIC,
                                    BEDROCK_CONVERSE,
                                    COHERE_V2,
                                    OLLAMA),
                            (said, told) -> told.isEmpty(),
                            "no words for probabilities in streams"),
                    new Loss(
                            "citations",
                            EnumSet.of(OLLAMA, MISTRAL_CHAT),
                            (said, told) -> said.containsAll(told),
                            "no words for sources, or (Mistral) none beside thoughts"),
                    new Loss(
                            "citations",
                            EnumSet.of(OPENAI_CHAT),
                            (said, told) -> said.containsAll(told) && noPage(said, told),
                            "sources that are pages of the web only"),
                    new Loss(
                            "citations",
                            EnumSet.of(GEMINI, VERTEX_GEMINI, ANTHROPIC_MESSAGES, VERTEX_ANTHROPIC),
                            (said, told) -> said.containsAll(told) && said.size() <= 3,
                            "sources of a text without a character, or without a place"));

    private AnswerLosses() {}

    /** The first choice is the only one where a protocol knows one only. */
    static ChatAnswer told(Protocol client, ChatAnswer answer) {
        return ONE_CHOICE.contains(client)
                ? answer.withChoices(
                        answer.choices().stream().filter(choice -> choice.index() == 0).toList())
                : answer;
    }

    static boolean explains(Protocol client, String aspect, List<Object> said, List<Object> told) {
        for (Loss loss : LOSSES) {
            if (loss.aspect().equals(aspect)
                    && loss.clients().contains(client)
                    && loss.known().test(said, told)) {
                return true;
            }
        }
        return false;
    }

    /** Each count is as it was or not told; the sums are always told. */
    private static boolean fewerDetails(List<Object> said, List<Object> told) {
        Usage before = said.isEmpty() ? Usage.NONE : (Usage) said.getFirst();
        if (told.isEmpty()) {
            return before.equals(Usage.NONE);
        }
        Usage after = (Usage) told.getFirst();
        Usage cached = before.cachedWithinInput();
        return after.inputTokens() == before.inputTokens()
                && after.outputTokens() == before.outputTokens()
                && (toldOrNot(before.cachedInputTokens(), after.cachedInputTokens())
                        || cached.cachedInputTokens() == after.cachedInputTokens())
                && toldOrNot(cached.cacheWriteTokens(), after.cacheWriteTokens())
                && toldOrNot(before.audioInputTokens(), after.audioInputTokens())
                && toldOrNot(before.imageInputTokens(), after.imageInputTokens())
                && toldOrNot(before.reasoningTokens(), after.reasoningTokens())
                && toldOrNot(before.audioOutputTokens(), after.audioOutputTokens())
                && toldOrNot(before.imageOutputTokens(), after.imageOutputTokens());
    }

    private static boolean packedOrLast(List<Object> said, List<Object> told) {
        return told.size() <= said.size()
                && told.stream()
                        .allMatch(seal ->
                                said.contains(seal) || seal.toString().startsWith("fairlead1."));
    }

    private static boolean twice(List<Object> said, List<Object> told) {
        String thoughts = said.toString();
        return !said.isEmpty()
                && told.toString().startsWith(thoughts.substring(0, thoughts.length() - 1));
    }

    /** Whether what is missing has no address. */
    private static boolean noPage(List<Object> said, List<Object> told) {
        return said.stream().allMatch(s -> told.contains(s) || !s.toString().contains("://"));
    }

    private static boolean toldOrNot(long before, long after) {
        return after == before || after == 0;
    }

    private static boolean nearestReason(List<Object> said, List<Object> told) {
        if (said.isEmpty()) {
            return told.equals(List.of(Reason.STOP));
        }
        if (said.size() != told.size()) {
            return false;
        }
        for (int i = 0; i < said.size(); i++) {
            Set<Reason> near =
                    switch ((Reason) said.get(i)) {
                        case STOP_SEQUENCE, PAUSE -> Set.of(Reason.STOP);
                        case REFUSAL -> Set.of(Reason.CONTENT_FILTER, Reason.STOP);
                        case CONTENT_FILTER -> Set.of(Reason.REFUSAL);
                        case CONTEXT_FULL -> Set.of(Reason.LENGTH);
                        case STOP, LENGTH, TOOL_CALLS -> Set.of();
                        case MALFORMED_CALL, ERROR, OTHER ->
                                Set.of(Reason.STOP, Reason.ERROR, Reason.OTHER);
                    };
            if (!said.get(i).equals(told.get(i)) && !near.contains((Reason) told.get(i))) {
                return false;
            }
        }
        return true;
    }
}
