package io.fairlead.protocol.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.protocol.model.Seal;

import java.util.Base64;
import java.util.Optional;

/**
 * Thought signatures. A client of Google's keeps and returns them with their parts, so the opaque
 * state of other providers travels to such clients as a thought signature too: base64 that begins
 * with a mark of ours. Stateless: any thread.
 */
final class Signatures {
    /** Twelve bytes, so that their base64 ends where they do. */
    private static final String MARK = "fairlead-1::";

    private static final String MARK_IN_BASE64 = base64(MARK);

    private Signatures() {}

    /** As a client of Google's gets it. */
    static String ofSeal(Seal seal) {
        if (seal.owner().equals(Seal.GOOGLE)) {
            return seal.data();
        }
        return base64(
                MARK
                        + seal.kind().name().charAt(0)
                        + seal.owner()
                        + ':'
                        + seal.id().orElse("").replace(":", "")
                        + ':'
                        + seal.data());
    }

    /** Whose it is; empty if it is a broken one of ours. */
    static Optional<Seal> seal(String signature) {
        if (!signature.startsWith(MARK_IN_BASE64)) {
            return Optional.of(Seal.signature(Seal.GOOGLE, signature));
        }
        String packed;
        try {
            // Some of Google's SDKs read bytes and write them again in the other alphabet.
            byte[] bytes = Base64.getDecoder().decode(Base64Forms.standard(signature));
            packed = new String(bytes, MARK.length(), bytes.length - MARK.length(), UTF_8);
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
        int owner = packed.indexOf(':');
        int id = packed.indexOf(':', owner + 1);
        if (owner < 2 || id < 0 || packed.startsWith(Seal.GOOGLE, 1)) {
            return Optional.empty();
        }
        String name = packed.substring(owner + 1, id);
        for (Seal.Kind kind : Seal.Kind.values()) {
            if (kind.name().charAt(0) == packed.charAt(0)) {
                return Optional.of(
                        new Seal(
                                kind,
                                packed.substring(1, owner),
                                packed.substring(id + 1),
                                name.isEmpty() ? Optional.empty() : Optional.of(name)));
            }
        }
        return Optional.empty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
