package io.fairlead.gateway.edge;

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
    private final SplittableRandom high = new SplittableRandom(seed());
    private final SplittableRandom low = new SplittableRandom(seed());

    RequestIds(InstantSource clock) {
        this.clock = clock;
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

    private static long seed() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        long seed = 0;
        for (byte b : bytes) {
            seed = seed << 8 | b & 0xFF;
        }
        return seed;
    }
}
