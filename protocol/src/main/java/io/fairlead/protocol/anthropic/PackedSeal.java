package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.model.Seal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Another provider's seal in the place of a signature or of redacted data: clients of this protocol
 * send both back untouched, so that its owner gets it again. Nothing in it is trusted: it says no
 * more than a client could say by itself. Immutable.
 *
 * @param place where it belongs
 * @param summary whether the text that it came with was a summary
 */
record PackedSeal(Seal seal, Place place, boolean summary) {
    private static final String PREFIX = "fairlead1.";

    /** Where a seal belongs. */
    enum Place {
        /** On the reasoning that it stands with. */
        HERE("h"),
        /** On the part that follows. */
        NEXT("n"),
        /** On the part before it. */
        BEFORE("b"),
        /** On a text of its own that is empty. */
        ALONE("a");

        private final String word;

        Place(String word) {
            this.word = word;
        }

        private static Optional<Place> of(String word) {
            for (Place place : values()) {
                if (place.word.equals(word)) {
                    return Optional.of(place);
                }
            }
            return Optional.empty();
        }
    }

    static boolean looksLike(String text) {
        return text.startsWith(PREFIX);
    }

    /** Empty if this is no seal of ours, or a broken one. */
    static Optional<PackedSeal> unpack(String text) {
        if (!looksLike(text)) {
            return Optional.empty();
        }
        try {
            byte[] json =
                    Base64.getUrlDecoder()
                            .decode(
                                    text.substring(PREFIX.length())
                                            .getBytes(StandardCharsets.ISO_8859_1));
            return of(Json.parse(json));
        } catch (IllegalArgumentException | MalformedJson broken) {
            return Optional.empty();
        }
    }

    private static Optional<PackedSeal> of(Json packed) {
        Optional<Place> place = word(packed, "p").flatMap(Place::of);
        Optional<Seal.Kind> kind = word(packed, "k").flatMap(PackedSeal::kind);
        Optional<String> owner = word(packed, "o");
        Optional<String> data = word(packed, "d");
        if (place.isEmpty() || kind.isEmpty() || owner.isEmpty() || data.isEmpty()) {
            return Optional.empty();
        }
        Seal seal = new Seal(kind.get(), owner.get(), data.get(), word(packed, "i"));
        boolean summary = packed.get("s").filter(Json.TRUE::equals).isPresent();
        return Optional.of(new PackedSeal(seal, place.get(), summary));
    }

    private static Optional<String> word(Json packed, String name) {
        return packed.get(name).filter(Json::isString).map(Json::text);
    }

    private static Optional<Seal.Kind> kind(String word) {
        for (Seal.Kind kind : Seal.Kind.values()) {
            if (kind.name().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    String pack() {
        JsonObject object =
                new JsonObject()
                        .put("o", seal.owner())
                        .put("k", seal.kind().name())
                        .put("p", place.word)
                        .put("i", seal.id())
                        .put("d", seal.data());
        if (summary) {
            object.put("s", true);
        }
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(object.toBytes());
    }
}
