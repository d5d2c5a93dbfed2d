package io.fairlead.gateway.access;

import io.fairlead.gateway.config.KeyConfig;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A key without its secret. Who it stands for is made when it is first used: a start with many keys
 * would else compute an id for each of them. Thread-safe.
 */
final class VirtualKey {
    private static final int PUBLIC_ID_BYTES = 6;

    /** What was declared; nothing for the admin key. */
    private final Optional<KeyConfig> declared;

    private volatile @Nullable Principal principal;

    private VirtualKey(Optional<KeyConfig> declared) {
        this.declared = declared;
    }

    static VirtualKey of(KeyConfig key) {
        return new VirtualKey(Optional.of(key));
    }

    static VirtualKey admin() {
        return new VirtualKey(Optional.empty());
    }

    /** Who it stands for. */
    Principal principal() {
        Principal known = principal;
        if (known == null) {
            // two threads at once make the same
            known = declared.map(VirtualKey::holder).orElseGet(VirtualKey::operator);
            principal = known;
        }
        return known;
    }

    /** When it stops working. */
    Optional<Instant> expires() {
        return declared.flatMap(KeyConfig::expires);
    }

    /** Whether it is refused. */
    boolean blocked() {
        return declared.isPresent() && declared.get().blocked();
    }

    private static Principal holder(KeyConfig key) {
        return new Principal(
                Optional.of(publicId(key.name())),
                Optional.of(key.name()),
                key.team(),
                key.models(),
                key.tags(),
                key.metadata(),
                false);
    }

    private static Principal operator() {
        return new Principal(
                Optional.of("admin"),
                Optional.of("admin"),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                true);
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
