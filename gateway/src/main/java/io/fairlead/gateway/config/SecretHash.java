package io.fairlead.gateway.config;

import io.fairlead.kernel.Secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 of a secret, which is all that is kept of a virtual key or the admin key. Plain SHA-256
 * is enough because such secrets are long and random; a slow hash would cost every request.
 * Comparison takes the same time wherever the difference is. Immutable.
 */
public final class SecretHash {
    private static final MessageDigest SHA_256 = sha256();

    private final byte[] digest;

    private SecretHash(byte[] digest) {
        this.digest = digest;
    }

    public static SecretHash of(Secret secret) {
        return of(secret.reveal());
    }

    /** The hash of a secret as a client presented it. */
    public static SecretHash of(String presented) {
        return new SecretHash(fresh().digest(presented.getBytes(StandardCharsets.UTF_8)));
    }

    /** Asking the JDK for one by name takes longer than the hash of a key. */
    private static MessageDigest fresh() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException _) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash that && MessageDigest.isEqual(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return (digest[0] & 0xff) << 24
                | (digest[1] & 0xff) << 16
                | (digest[2] & 0xff) << 8
                | (digest[3] & 0xff);
    }

    @Override
    public String toString() {
        return "SecretHash[…]";
    }
}
