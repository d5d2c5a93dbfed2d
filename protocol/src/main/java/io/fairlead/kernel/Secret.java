package io.fairlead.kernel;

/**
 * A value that must not be seen: it can't be printed, compared in a way that leaks, or serialised
 * by accident. Ask for the text with {@link #reveal()} only where it goes on the wire. Immutable.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("secret: empty (expected: at least one character)");
        }
        return new Secret(value);
    }

    /** The secret itself. Every call of this is a place to look at in a review. */
    public String reveal() {
        return value;
    }

    /**
     * A form for people that tells secrets apart without giving them away: {@code sk-…x9Qz}, or
     * {@code …} when short.
     */
    public String hint() {
        return value.length() < 16
                ? "…"
                : value.substring(0, 3) + "…" + value.substring(value.length() - 4);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && java.security.MessageDigest.isEqual(
                        value.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        that.value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
