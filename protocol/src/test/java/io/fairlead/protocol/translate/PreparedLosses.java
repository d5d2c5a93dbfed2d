package io.fairlead.protocol.translate;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.translate.ValueDifferences.Difference;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a provider's protocol says otherwise than the request that was prepared for it, without
 * another meaning: all else must be read again as it was written. Immutable.
 */
final class PreparedLosses {
    private static final Set<Protocol> ALL = EnumSet.allOf(Protocol.class);

    private record Loss(
            String path, Set<Protocol> providers, Predicate<Difference> known, String reason) {}

    private static final List<Loss> LOSSES =
            List.of(
                    new Loss(
                            "turns.parts.summary",
                            EnumSet.complementOf(EnumSet.of(Protocol.OPENAI_RESPONSES)),
                            d -> d.after().equals(List.of()),
                            "thoughts have one kind of text"),
                    new Loss(
                            "turns.parts.content",
                            EnumSet.complementOf(EnumSet.of(Protocol.OPENAI_RESPONSES)),
                            d -> d.before().equals(List.of()),
                            "thoughts have one kind of text"),
                    new Loss(
                            "output.format.name",
                            EnumSet.of(Protocol.OPENAI_CHAT, Protocol.MISTRAL_CHAT),
                            d -> d.before().equals(Optional.empty()),
                            "a format must have a name"),
                    new Loss(
                            "thinking",
                            EnumSet.of(
                                    Protocol.MISTRAL_CHAT, Protocol.GEMINI, Protocol.VERTEX_GEMINI),
                            d -> d.before().toString().contains("mode=ON"),
                            "models that think do so when nothing is said"),
                    new Loss(
                            "thinking.mode",
                            EnumSet.of(
                                    Protocol.ANTHROPIC_MESSAGES,
                                    Protocol.VERTEX_ANTHROPIC,
                                    Protocol.GEMINI,
                                    Protocol.VERTEX_GEMINI),
                            d -> d.before().toString().equals("ON"),
                            "to think, with nothing said of how much, is to decide that"),
                    new Loss(
                            "turns.parts.id",
                            EnumSet.of(Protocol.GEMINI, Protocol.VERTEX_GEMINI),
                            d -> d.before().equals(""),
                            "calls without an id get one"),
                    new Loss(
                            "turns.parts.callId",
                            EnumSet.of(Protocol.GEMINI, Protocol.VERTEX_GEMINI),
                            d -> d.before().equals(""),
                            "calls without an id get one"),
                    new Loss(
                            "turns.parts.content.kind",
                            EnumSet.of(Protocol.GEMINI, Protocol.VERTEX_GEMINI),
                            d -> true,
                            "Google tells sound and films by their types, whatever they were"
                                    + " called"),
                    new Loss(
                            "turns.parts.content.name",
                            EnumSet.of(Protocol.GEMINI),
                            d -> d.after().equals(Optional.empty()),
                            "no place for the name of a file in a result"),
                    new Loss(
                            "turns.parts.content.source.mediaType",
                            EnumSet.of(Protocol.BEDROCK_CONVERSE),
                            d -> d.after().equals("text/plain"),
                            "documents of types that Converse has no word for are called text"),
                    new Loss(
                            "turns.parts.content.source.mediaType",
                            ALL,
                            d -> d.after().equals(Optional.empty()),
                            "the type of what is at an address is told by whoever serves it"),
                    new Loss(
                            "turns.parts.source.mediaType",
                            ALL,
                            d -> d.after().equals(Optional.empty()),
                            "the type of what is at an address is told by whoever serves it"),
                    new Loss(
                            "turns.parts.source.mediaType",
                            EnumSet.of(Protocol.OLLAMA),
                            d -> d.before().toString().startsWith("image/"),
                            "images are told by their bytes"));

    private PreparedLosses() {}

    static boolean explains(Protocol provider, Difference difference) {
        for (Loss loss : LOSSES) {
            if (loss.path().equals(difference.path())
                    && loss.providers().contains(provider)
                    && loss.known().test(difference)) {
                return true;
            }
        }
        return false;
    }
}
