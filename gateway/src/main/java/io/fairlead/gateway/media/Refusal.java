package io.fairlead.gateway.media;

/**
 * A medium can't be had; the message is for the client, and holds neither an address nor anything
 * that only our network knows. Immutable.
 */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
