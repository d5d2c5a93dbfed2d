package io.fairlead.gateway.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The counterpart of {@link RecordWriter}. Every length is checked against what is left, so bytes
 * of any kind lead to a value or to {@link UnreadableRecordException}. Confined to one thread.
 */
final class RecordReader {
    /** A decimal needs no more digits than this; a larger claim is damage. */
    private static final int MAX_DECIMAL_BYTES = 256;

    private static final int MAX_SCALE = 1024;

    private final byte[] bytes;
    private int at;

    RecordReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean atEnd() {
        return at == bytes.length;
    }

    boolean flag() throws UnreadableRecordException {
        return switch (next()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw unreadable("flag");
        };
    }

    long number() throws UnreadableRecordException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = next();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw unreadable("number");
    }

    long signed() throws UnreadableRecordException {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number of things that follow, each at least one byte long. */
    int count() throws UnreadableRecordException {
        long value = number();
        if (value < 0 || value > bytes.length - at) {
            throw unreadable("length");
        }
        return (int) value;
    }

    String text() throws UnreadableRecordException {
        int size = count();
        String value = new String(bytes, at, size, StandardCharsets.UTF_8);
        at += size;
        return value;
    }

    Optional<String> optional() throws UnreadableRecordException {
        return flag() ? Optional.of(text()) : Optional.empty();
    }

    BigDecimal decimal() throws UnreadableRecordException {
        long scale = signed();
        int size = count();
        if (size == 0 || size > MAX_DECIMAL_BYTES || Math.abs(scale) > MAX_SCALE) {
            throw unreadable("decimal");
        }
        BigInteger unscaled = new BigInteger(bytes, at, size);
        at += size;
        return new BigDecimal(unscaled, (int) scale);
    }

    Optional<BigDecimal> optionalDecimal() throws UnreadableRecordException {
        return flag() ? Optional.of(decimal()) : Optional.empty();
    }

    private byte next() throws UnreadableRecordException {
        if (at == bytes.length) {
            throw unreadable("end");
        }
        return bytes[at++];
    }

    UnreadableRecordException unreadable(String what) {
        return new UnreadableRecordException("byte " + at + ": " + what);
    }
}
