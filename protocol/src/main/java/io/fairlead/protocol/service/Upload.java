package io.fairlead.protocol.service;

import io.fairlead.protocol.openai.FormData;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Sound or an image that a client brings, as a view of bytes. Immutable, as long as nobody changes
 * them.
 *
 * @param name of the file; empty if it has none
 * @param mediaType as the client gave it, or as its name or its first bytes say
 * @param in where the bytes stand
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of a client: never compared
public record Upload(String name, String mediaType, byte[] in, int from, int to) {
    /** A file of a form. */
    public static Upload of(FormData.File file) {
        return new Upload(
                file.name(),
                MediaTypes.of(file.mediaType(), file.name(), file.in(), file.from(), file.to()),
                file.in(),
                file.from(),
                file.to());
    }

    /** Bytes that came in another way. */
    public static Upload of(String mediaType, byte[] bytes) {
        return new Upload("", mediaType, bytes, 0, bytes.length);
    }

    public int length() {
        return to - from;
    }

    public byte[] bytes() {
        return from == 0 && to == in.length ? in : Arrays.copyOfRange(in, from, to);
    }

    public String base64() {
        ByteBuffer encoded = Base64.getEncoder().encode(ByteBuffer.wrap(in, from, length()));
        return StandardCharsets.ISO_8859_1.decode(encoded).toString();
    }
}
