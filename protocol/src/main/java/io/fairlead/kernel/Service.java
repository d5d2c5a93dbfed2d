package io.fairlead.kernel;

import java.util.Locale;
import java.util.Optional;

/** What providers do besides holding conversations. Immutable. */
public enum Service {
    EMBEDDINGS,
    RERANK,
    TOKEN_COUNTING,
    IMAGES,
    SPEECH,
    TRANSCRIPTION,
    MODERATION,
    /** Keeping files for later requests. */
    FILES,
    /** Answering many requests at leisure. */
    BATCHES,
    /** Conversations over a WebSocket. */
    REALTIME;

    /** Name in the catalogue: {@code token-counting}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The service of that name; empty: there is none. */
    public static Optional<Service> parse(String name) {
        for (Service service : values()) {
            if (service.wireName().equals(name)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }
}
