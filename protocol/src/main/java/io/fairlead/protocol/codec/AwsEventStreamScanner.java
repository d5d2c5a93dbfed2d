package io.fairlead.protocol.codec;

import io.fairlead.protocol.codec.Framing.FrameScanner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the messages of an AWS event stream. Lengths are believed only after the prelude's checksum
 * and within the largest message allowed, and memory grows with the bytes that came, not with what
 * a length claims. Messages that are no events (initial answers) are given by the name they have.
 * Confined to one thread.
 */
final class AwsEventStreamScanner implements FrameScanner {
    private static final int KEPT_CARRY = 64 * 1024;

    private final int maxFrameBytes;
    private byte[] carry = new byte[1024];
    private int carried;

    /** Length of the message that begins the carried bytes; 0: its prelude is not whole yet. */
    private int expected;

    AwsEventStreamScanner(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public List<Frame> feed(byte[] bytes, int from, int to) {
        List<Frame> frames = new ArrayList<>();
        int at = from;
        while (at < to) {
            if (carried == 0 && to - at >= AwsEventStreamFraming.PRELUDE) {
                int length = length(bytes, at);
                if (to - at >= length) {
                    frames.add(frame(bytes, at, length));
                    at += length;
                    continue;
                }
            }
            at += keep(bytes, at, to);
            if (carried == expected) {
                frames.add(frame(carry, 0, expected));
                carried = 0;
                expected = 0;
                if (carry.length > KEPT_CARRY) {
                    carry = new byte[1024];
                }
            }
        }
        return frames;
    }

    /** Carries what the current message still lacks, at most up to the end of its prelude. */
    @Override
    public int held() {
        return carried;
    }

    private int keep(byte[] bytes, int at, int to) {
        int wanted = (expected == 0 ? AwsEventStreamFraming.PRELUDE : expected) - carried;
        int taken = Math.min(wanted, to - at);
        if (carry.length - carried < taken) {
            carry = Arrays.copyOf(carry, Math.max(carried + taken, carry.length * 2));
        }
        System.arraycopy(bytes, at, carry, carried, taken);
        carried += taken;
        if (expected == 0 && carried == AwsEventStreamFraming.PRELUDE) {
            expected = length(carry, 0);
        }
        return taken;
    }

    /** What is left of a message that was cut off is none. */
    @Override
    public List<Frame> end() {
        return List.of();
    }

    /** The length that a whole prelude names. */
    private int length(byte[] bytes, int at) {
        if (number(bytes, at + 8) != AwsEventStreamFraming.checksum(bytes, at, at + 8)) {
            throw broken("the checksum of a prelude is wrong");
        }
        int length = number(bytes, at);
        int headers = number(bytes, at + 4);
        if (length < AwsEventStreamFraming.LEAST_MESSAGE
                || headers < 0
                || headers > length - AwsEventStreamFraming.LEAST_MESSAGE) {
            throw broken("the lengths of a message contradict each other");
        }
        if (length > maxFrameBytes) {
            throw broken("a message is larger than allowed");
        }
        return length;
    }

    private static Frame frame(byte[] bytes, int at, int length) {
        int end = at + length - 4;
        if (number(bytes, end) != AwsEventStreamFraming.checksum(bytes, at, end)) {
            throw broken("the checksum of a message is wrong");
        }
        int headersFrom = at + AwsEventStreamFraming.PRELUDE;
        int headersTo = headersFrom + number(bytes, at + 4);
        AwsEventStreamHeaders headers = AwsEventStreamHeaders.read(bytes, headersFrom, headersTo);
        return headers.frame(Arrays.copyOfRange(bytes, headersTo, end));
    }

    static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }

    static Unreadable broken(String problem) {
        return new Unreadable("", "no event stream: " + problem);
    }
}
