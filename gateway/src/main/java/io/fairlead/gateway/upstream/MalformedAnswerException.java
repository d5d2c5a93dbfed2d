package io.fairlead.gateway.upstream;

/** A provider's answer is no HTTP. Immutable. */
final class MalformedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String what) {
        super(what, null, false, false);
    }
}
