package io.fairlead.protocol.model;

import java.util.Optional;

/**
 * Opaque state that a provider gave along with a part and wants back with it, unchanged: a thinking
 * signature, a thought signature, redacted or encrypted reasoning. Nobody but its owner can read
 * it, and owners refuse what another made. Immutable.
 *
 * @param kind what it does
 * @param owner whose it is: {@code anthropic}, {@code google}, {@code openai}, {@code xai} …; the
 *     protocols of one owner share it
 * @param data as it was given, usually base64
 * @param id under which the owner knows the item ({@code rs_…}), where it has one
 */
public record Seal(Kind kind, String owner, String data, Optional<String> id) {
    /** What the state does. */
    public enum Kind {
        /** Vouches for the part it hangs on. */
        SIGNATURE,
        /** Stands for reasoning that is not shown: the part it hangs on has no text. */
        REDACTED,
        /** Holds the whole reasoning, encrypted; text of the part is only a summary of it. */
        ENCRYPTED
    }

    public static final String ANTHROPIC = "anthropic";
    public static final String GOOGLE = "google";
    public static final String OPENAI = "openai";

    public static Seal signature(String owner, String data) {
        return new Seal(Kind.SIGNATURE, owner, data, Optional.empty());
    }
}
