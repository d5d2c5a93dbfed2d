package io.fairlead.gateway.access;

import io.fairlead.gateway.config.KeyConfig;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A key without its secret. Immutable.
 *
 * @param principal who it stands for
 * @param expires when it stops working
 * @param blocked whether it is refused
 */
record VirtualKey(Principal principal, Optional<Instant> expires, boolean blocked) {
    private static final int PUBLIC_ID_BYTES = 6;

    static VirtualKey of(KeyConfig key) {
        Principal principal =
                new Principal(
                        Optional.of(publicId(key.name())),
                        Optional.of(key.name()),
                        key.team(),
                        key.models(),
                        key.tags(),
                        key.metadata(),
                        false);
        return new VirtualKey(principal, key.expires(), key.blocked());
    }

    static VirtualKey admin() {
        Principal principal =
                new Principal(
                        Optional.of("admin"),
                        Optional.of("admin"),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        true);
        return new VirtualKey(principal, Optional.empty(), false);
    }

    /**
     * What logs and records call the key of this name. It is made from the name, not from the
     * secret, so it stays when the secret is replaced and tells nothing about it.
     */
    static String publicId(String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(("virtual key " + name).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, PUBLIC_ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
