package io.fairlead.protocol.service.speech;

import io.fairlead.protocol.codec.Unreadable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Wave files (RIFF) of one channel, around 16-bit samples. Stateless: any thread. */
final class Wave {
    private static final int HEADER = 44;
    private static final int PLAIN = 1;
    private static final int FLOATS = 3;

    private Wave() {}

    /** A file of bare samples. */
    static byte[] of(byte[] samples, int rate) {
        return ByteBuffer.allocate(HEADER + samples.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(HEADER - 8 + samples.length)
                .put(ascii("WAVEfmt "))
                .putInt(16)
                .putShort((short) PLAIN)
                .putShort((short) 1)
                .putInt(rate)
                .putInt(rate * 2)
                .putShort((short) 2)
                .putShort((short) 16)
                .put(ascii("data"))
                .putInt(samples.length)
                .put(samples)
                .array();
    }

    /**
     * The bare samples of a file.
     *
     * @throws Unreadable if it is none, or of another kind
     */
    static byte[] samples(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 12 || !is(file, 0, "RIFF") || !is(file, 8, "WAVE")) {
            throw new Unreadable("", "the sound is no wave file");
        }
        int kind = 0;
        int bits = 0;
        int at = 12;
        while (at + 8 <= file.length) {
            // a file that was made as it was spoken may say it has no end
            long length = Integer.toUnsignedLong(in.getInt(at + 4));
            int end = (int) Math.min(file.length, at + 8 + length);
            if (is(file, at, "fmt ") && end - at >= 24) {
                kind = in.getShort(at + 8);
                bits = in.getShort(at + 22);
            } else if (is(file, at, "data")) {
                return samples(Arrays.copyOfRange(file, at + 8, end), kind, bits);
            }
            at = end + (int) (length & 1);
        }
        throw new Unreadable("", "the wave file has no samples");
    }

    private static byte[] samples(byte[] data, int kind, int bits) {
        if (bits == 16 && kind != FLOATS) {
            return data;
        }
        if (bits != 32 || kind != FLOATS) {
            throw new Unreadable("", "the wave file has samples of " + bits + " bits");
        }
        ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer out = ByteBuffer.allocate(data.length / 4 * 2).order(ByteOrder.LITTLE_ENDIAN);
        while (out.hasRemaining()) {
            out.putShort((short) Math.round(Math.clamp(in.getFloat(), -1f, 1f) * Short.MAX_VALUE));
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean is(byte[] file, int at, String mark) {
        return Arrays.equals(file, at, at + 4, ascii(mark), 0, 4);
    }
}
