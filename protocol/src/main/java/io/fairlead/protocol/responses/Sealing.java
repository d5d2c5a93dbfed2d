package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Opaque state of other providers as {@code encrypted_content}: clients send it back as it is. What
 * is OpenAI's own passes; of others, owner and kind are packed with it, and the text it vouches
 * for, for clients bring back only a part of that. A packed text that is broken counts as OpenAI's.
 * Stateless: any thread.
 */
final class Sealing {
    private static final String PREFIX = "fairlead1.";

    /**
     * A seal that was packed.
     *
     * @param content of the reasoning, if it had any
     * @param call id of the call the seal hangs on, if it hangs on no reasoning
     * @param bare whether it hangs on the part before it, not on the reasoning item it is in
     */
    record Packed(Seal seal, List<String> content, Optional<String> call, boolean bare) {}

    private Sealing() {}

    /** What a reasoning item of the client's shall hold. */
    static String pack(Seal seal, Reasoning reasoning) {
        if (seal.owner().equals(Seal.OPENAI)) {
            return seal.data();
        }
        JsonObject packed = packed(seal);
        if (!reasoning.content().isEmpty()) {
            packed.put("t", JsonArray.ofTexts(reasoning.content()));
        }
        return encode(packed);
    }

    /** For a seal that hangs on a text or, with its id, on a call. */
    static String packBare(Seal seal, Optional<String> call) {
        return encode(packed(seal).put("b", true).put("c", call));
    }

    private static JsonObject packed(Seal seal) {
        return new JsonObject()
                .put("o", seal.owner())
                .put("k", seal.kind().name())
                .put("d", seal.data())
                .put("i", seal.id());
    }

    private static String encode(JsonObject packed) {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toBytes());
    }

    /** What was packed; empty if this is none of ours. */
    static Optional<Packed> unpack(String data) {
        if (!data.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] text = data.substring(PREFIX.length()).getBytes(StandardCharsets.UTF_8);
            return Optional.of(read(Json.parse(Base64.getUrlDecoder().decode(text))));
        } catch (IllegalArgumentException | IllegalStateException | MalformedJson broken) {
            return Optional.empty();
        }
    }

    private static Packed read(Json packed) {
        List<String> content = new ArrayList<>();
        packed.get("t").ifPresent(texts -> texts.elements().forEach(t -> content.add(t.text())));
        return new Packed(
                new Seal(
                        Seal.Kind.valueOf(text(packed, "k").orElse("")),
                        text(packed, "o").orElse(""),
                        text(packed, "d").orElse(""),
                        text(packed, "i")),
                content,
                text(packed, "c"),
                packed.get("b").isPresent());
    }

    private static Optional<String> text(Json object, String name) {
        return object.get(name).map(Json::text);
    }
}
