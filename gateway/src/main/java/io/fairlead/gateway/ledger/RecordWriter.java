package io.fairlead.gateway.ledger;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Growing buffer with the primitive forms of the record encoding: variable-length integers,
 * length-prefixed UTF-8, decimals as unscaled value and scale. Confined to one thread.
 */
final class RecordWriter {
    private byte[] bytes = new byte[768];
    private int length;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void flag(boolean value) {
        room(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    /** A number that is mostly small and not negative; a negative one takes ten bytes. */
    void number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** A number of either sign. */
    void signed(long value) {
        number((value << 1) ^ (value >> 63));
    }

    /** Text, cut at {@code maxBytes} between two characters. */
    void text(String value, int maxBytes) {
        int chars = value.length();
        if (chars > maxBytes || !ascii(value, chars)) {
            utf8(value, maxBytes);
        }
    }

    /** Absent, or text. */
    void optional(Optional<String> value, int maxBytes) {
        if (value.isPresent()) {
            flag(true);
            text(value.get(), maxBytes);
        } else {
            flag(false);
        }
    }

    void decimal(BigDecimal value) {
        signed(value.scale());
        byte[] unscaled = value.unscaledValue().toByteArray();
        number(unscaled.length);
        raw(unscaled, unscaled.length);
    }

    void optionalDecimal(Optional<BigDecimal> value) {
        flag(value.isPresent());
        if (value.isPresent()) {
            decimal(value.get());
        }
    }

    /** Writes {@code value} if it is plain ASCII, which nearly every name and id is. */
    private boolean ascii(String value, int chars) {
        room(chars + 10);
        int before = length;
        number(chars);
        byte[] target = bytes;
        int at = length;
        for (int i = 0; i < chars; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                length = before;
                return false;
            }
            target[at + i] = (byte) c;
        }
        length = at + chars;
        return true;
    }

    private void utf8(String value, int maxBytes) {
        // One char is at least one byte, so the rest of a long text need not be encoded at all.
        int chars = Math.min(value.length(), maxBytes);
        if (chars < value.length() && Character.isHighSurrogate(value.charAt(chars - 1))) {
            chars--;
        }
        String head = value.substring(0, chars);
        byte[] encoded = head.getBytes(StandardCharsets.UTF_8);
        int size = encoded.length;
        if (size > maxBytes) {
            size = maxBytes;
            while (size > 0 && (encoded[size] & 0xC0) == 0x80) {
                size--;
            }
        }
        number(size);
        raw(encoded, size);
    }

    private void raw(byte[] source, int size) {
        room(size);
        System.arraycopy(source, 0, bytes, length, size);
        length += size;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
