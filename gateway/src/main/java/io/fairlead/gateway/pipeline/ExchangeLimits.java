package io.fairlead.gateway.pipeline;

import java.time.Duration;

/**
 * Bounds of one exchange. Immutable.
 *
 * @param maxBodyBytes largest request body, after its content encoding was undone
 * @param bodyIdle longest silence while a request body is read
 * @param hold longest wait of a stream's status for the first output token
 * @param keepAlive time between comments on a stream that is held open
 * @param maxHeldBytes an answer that is no stream is held back up to this size, so that a broken
 *     one can be tried again; a larger one is relayed as it comes
 * @param maxEventBytes largest event of a stream, and most bytes held before its first output token
 * @param maxAnswerBytes largest answer that is no stream
 * @param clientStall how long a client may take no bytes at all
 * @param storedBytes how much of each body goes into the record; 0: bodies are not stored
 */
public record ExchangeLimits(
        long maxBodyBytes,
        Duration bodyIdle,
        Duration hold,
        Duration keepAlive,
        int maxHeldBytes,
        int maxEventBytes,
        long maxAnswerBytes,
        Duration clientStall,
        int storedBytes) {
    private static final int MEBI = 1024 * 1024;

    /** Several images, or minutes of sound, in place of a text. */
    private static final int MEDIA = 8;

    public static final ExchangeLimits DEFAULT =
            new ExchangeLimits(
                    100L * MEBI,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    8 * MEBI,
                    16 * MEBI,
                    100L * MEBI,
                    Duration.ofSeconds(60),
                    0);

    /** As these, for sound and images that have to be read as a whole to be translated. */
    ExchangeLimits forMedia() {
        return new ExchangeLimits(
                maxBodyBytes,
                bodyIdle,
                hold,
                keepAlive,
                maxHeldBytes * MEDIA,
                maxEventBytes,
                maxAnswerBytes,
                clientStall,
                storedBytes);
    }
}
