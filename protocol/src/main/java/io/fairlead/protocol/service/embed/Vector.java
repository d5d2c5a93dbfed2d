package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A vector in either of its two forms. Immutable. */
public sealed interface Vector {
    /** As an array of numbers. */
    Json numbers();

    /** As a string: 32-bit floats, little-endian, in base64. */
    Json packed();

    /**
     * Either form.
     *
     * @throws Unreadable if it is neither
     */
    static Vector of(Json value) {
        return switch (value.kind()) {
            case ARRAY -> new Numbers(value);
            case STRING -> new Packed(value);
            case OBJECT, NUMBER, BOOLEAN, NULL ->
                    throw new Unreadable("", "a vector is " + value.kind().words());
        };
    }

    /** An array of numbers. */
    record Numbers(Json numbers) implements Vector {
        @Override
        public Json packed() {
            List<Json> all = numbers.elements();
            ByteBuffer bytes =
                    ByteBuffer.allocate(all.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (Json number : all) {
                if (number.kind() != Json.Kind.NUMBER) {
                    throw new Unreadable("", "a vector holds " + number.kind().words());
                }
                bytes.putFloat(Float.parseFloat(number.toString()));
            }
            return Json.of(Base64.getEncoder().encodeToString(bytes.array()));
        }
    }

    /** A string in base64. */
    record Packed(Json packed) implements Vector {
        @Override
        public Json numbers() {
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(packed.text());
            } catch (IllegalArgumentException _) {
                throw new Unreadable("", "a vector is no base64");
            }
            if (bytes.length % Float.BYTES != 0) {
                throw new Unreadable("", "a vector in base64 is no list of 32-bit floats");
            }
            ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            StringBuilder list = new StringBuilder(bytes.length * 3).append('[');
            while (floats.hasRemaining()) {
                float number = floats.getFloat();
                if (!Float.isFinite(number)) {
                    throw new Unreadable("", "a vector holds " + number);
                }
                list.append(list.length() == 1 ? "" : ",").append(number);
            }
            return Json.parse(list.append(']').toString().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
