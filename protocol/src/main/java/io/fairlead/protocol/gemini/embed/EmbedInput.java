package io.fairlead.protocol.gemini.embed;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;

import java.util.List;
import java.util.Optional;

/**
 * One content to be embedded. Immutable.
 *
 * @param parts as Google writes them: texts, and for some models media
 * @param taskType {@code RETRIEVAL_QUERY}, {@code RETRIEVAL_DOCUMENT} …
 * @param title of a document
 * @param dimensions how many numbers the vector shall have
 */
public record EmbedInput(
        List<Json> parts,
        Optional<String> taskType,
        Optional<String> title,
        Optional<Long> dimensions,
        Beside beside) {
    public EmbedInput {
        parts = List.copyOf(parts);
    }

    public static EmbedInput of(String text) {
        return new EmbedInput(
                List.of(new io.fairlead.protocol.json.JsonObject().put("text", text).toJson()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Beside.NONE);
    }

    /** Its texts, one after the other. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Json part : parts) {
            part.get("text").filter(Json::isString).ifPresent(words -> text.append(words.text()));
        }
        return text.toString();
    }
}
