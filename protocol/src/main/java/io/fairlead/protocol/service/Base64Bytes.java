package io.fairlead.protocol.service;

import io.fairlead.protocol.codec.Unreadable;

import java.util.Base64;

/** Bytes in JSON. Stateless: any thread. */
public final class Base64Bytes {
    private Base64Bytes() {}

    /**
     * Decodes them.
     *
     * @param path of the member
     * @throws Unreadable if it is no base64
     */
    public static byte[] of(String path, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw new Unreadable(path, "is no base64");
        }
    }
}
