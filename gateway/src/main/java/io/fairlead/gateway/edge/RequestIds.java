package io.fairlead.gateway.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.SplittableRandom;

/**
 * Makes request ids: {@code req_} and 26 characters of Crockford's base 32, the first ten of them
 * the time in milliseconds, so that ids sort by time. The rest is random, seeded once from the
 * system. Confined to one event loop.
 */
final class RequestIds {
    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 16;

    private final InstantSource clock;
    private final SplittableRandom high;
    private final SplittableRandom low;

    RequestIds(InstantSource clock) {
        ByteBuffer seeds = ByteBuffer.wrap(systemRandom(2 * Long.BYTES));
        this.clock = clock;
        this.high = new SplittableRandom(seeds.getLong());
        this.low = new SplittableRandom(seeds.getLong());
    }

    /** A new id for a request that came in now. */
    String next() {
        char[] id = new char[4 + TIME_DIGITS + RANDOM_DIGITS];
        id[0] = 'r';
        id[1] = 'e';
        id[2] = 'q';
        id[3] = '_';
        write(id, 4, TIME_DIGITS, clock.millis());
        write(id, 4 + TIME_DIGITS, RANDOM_DIGITS / 2, high.nextLong());
        write(id, 4 + TIME_DIGITS + RANDOM_DIGITS / 2, RANDOM_DIGITS / 2, low.nextLong());
        return new String(id);
    }

    private static void write(char[] id, int from, int count, long value) {
        long rest = value;
        for (int i = from + count - 1; i >= from; i--) {
            id[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }

    /**
     * Where the system has it as a file, since the first SecureRandom sets up all of its providers.
     */
    private static byte[] systemRandom(int count) {
        try (InputStream system = Files.newInputStream(Path.of("/dev/urandom"))) {
            byte[] bytes = system.readNBytes(count);
            if (bytes.length == count) {
                return bytes;
            }
        } catch (IOException _) {
            // another system, or a sandbox
        }
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
