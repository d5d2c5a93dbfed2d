package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one call of a provider asks for: a run of inputs with the same wishes. What can't be said is
 * told to it. Confined to one thread.
 */
final class EmbedCall {
    private final String model;
    private final EmbedRequest asked;
    private final List<EmbedInput> inputs;
    private final Set<String> dropped;

    /**
     * @param dropped takes the names of what is left out
     */
    EmbedCall(String model, EmbedRequest asked, List<EmbedInput> inputs, Set<String> dropped) {
        this.model = model;
        this.asked = asked;
        this.inputs = inputs;
        this.dropped = dropped;
    }

    /** As the provider calls it. */
    String model() {
        return model;
    }

    List<EmbedInput> inputs() {
        return inputs;
    }

    /** Whether the client asked for one, and not for a list. */
    boolean single() {
        return asked.single();
    }

    Settings settings() {
        return inputs.getFirst().settings();
    }

    Optional<Boolean> base64() {
        return asked.base64();
    }

    Optional<Truncation> truncation() {
        return asked.truncation();
    }

    /** What the client said besides. */
    Beside beside() {
        return asked.beside();
    }

    /** The texts of a provider that embeds nothing else. */
    List<String> texts() {
        List<String> texts = new ArrayList<>(inputs.size());
        for (EmbedInput input : inputs) {
            texts.add(text(input.content()));
        }
        return texts;
    }

    /** The text that this is, for a provider that embeds nothing else. */
    String text(Content content) {
        return content.text().orElseThrow(() -> notText(content));
    }

    /** The texts and images that an input is. */
    Pieces pieces(EmbedInput input) {
        return Pieces.of(input.content())
                .orElseThrow(() ->
                        unsupported(
                                asked.words().input(), "this provider embeds texts and images"));
    }

    /** Whether there is more than texts. */
    boolean pictured() {
        for (EmbedInput input : inputs) {
            if (input.content().text().isEmpty() && !(input.content() instanceof Content.Tokens)) {
                return true;
            }
        }
        return false;
    }

    /** What a provider can't do with an input. */
    Unsupported unable(String why) {
        return unsupported(asked.words().input(), why);
    }

    private Unsupported notText(Content content) {
        return unsupported(
                asked.words().input(),
                content instanceof Content.Tokens
                        ? "this provider takes texts, and no numbers of tokens"
                        : "this provider embeds texts only");
    }

    Unsupported unsupported(String parameter, String why) {
        return new Unsupported(parameter, why);
    }

    /** How long the vectors shall be, of a model that knows one length only. */
    void refuseDimensions() {
        if (settings().dimensions().isPresent()) {
            throw unsupported(
                    asked.words().dimensions(), model + " makes vectors of one length only");
        }
    }

    void dropPurpose() {
        if (settings().purpose().isPresent()) {
            drop(asked.words().purpose());
        }
    }

    void dropTitle() {
        if (settings().title().isPresent()) {
            drop(asked.words().title());
        }
    }

    void dropTruncation() {
        if (truncation().isPresent()) {
            drop(asked.words().truncation());
        }
    }

    /** Whether the end of what is too long may be cut off, for those who only say so or not. */
    Optional<Boolean> truncates() {
        if (truncation().filter(it -> it == Truncation.START).isPresent()) {
            dropTruncation();
            return Optional.empty();
        }
        return truncation().map(it -> it == Truncation.END);
    }

    void drop(String parameter) {
        dropped.add(parameter);
    }

    /** What an OpenAI-like client said besides, of which only these names are known there. */
    Map<String, Json> further(Set<String> known) {
        Map<String, Json> kept = new LinkedHashMap<>();
        asked.beside()
                .of(OpenAiEmbeddings.ORIGIN)
                .forEach((name, value) -> {
                    if (value.isNull()) {
                        return;
                    }
                    if (known.contains(name)) {
                        kept.put(name, value);
                    } else {
                        drop(name);
                    }
                });
        return kept;
    }
}
