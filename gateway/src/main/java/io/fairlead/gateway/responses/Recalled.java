package io.fairlead.gateway.responses;

/** What is known of a response that a client names. Immutable, as long as nobody changes bytes. */
public sealed interface Recalled {
    /** Nothing: it may be a provider's, made before or elsewhere. */
    record Unknown() implements Recalled {}

    /** A provider made it, and keeps it. */
    record KeptBy(String provider) implements Recalled {}

    /**
     * The gateway keeps it.
     *
     * @param whole the request that goes on from it, with all that was said before; empty: none was
     *     given
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way to a provider: never compared
    record Here(byte[] whole) implements Recalled {}
}
