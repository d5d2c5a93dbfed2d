package io.fairlead.kernel;

import java.time.Duration;
import java.util.Optional;

/**
 * What a provider did to one attempt, before anyone decides what to do about it. A value, not an
 * exception: routing decides on it with a pure, table-tested function. {@code message} is the
 * provider's own, cleaned of secrets and hosts. Immutable.
 */
public sealed interface ProviderFault {

    /** For the attempts list and the log: says what happened in a few words, no secrets. */
    String message();

    /**
     * Nothing was sent (no route, refused, TLS, no free connection in time): always safe to retry.
     */
    record Unreachable(String message) implements ProviderFault {}

    /** The connection broke after the request went out and before the answer was complete. */
    record Broken(String message) implements ProviderFault {}

    /** A deadline of ours passed. The provider may bill what it did. */
    record TimedOut(Deadline which, Duration waited) implements ProviderFault {
        @Override
        public String message() {
            return "no " + which.awaited() + " within " + waited.toMillis() + " ms";
        }
    }

    /** 429, or a rate limit under another status. */
    record Throttled(int status, Optional<Duration> retryAfter, String message)
            implements ProviderFault {}

    /** 401, 402, 403: the operator's credential is wrong, unpaid or not permitted. */
    record CredentialRefused(int status, String message) implements ProviderFault {}

    /** 503 or 529: the provider says it is overloaded. */
    record Overloaded(int status, Optional<Duration> retryAfter, String message)
            implements ProviderFault {}

    /** Other 5xx, and 408 or 504 of the provider. */
    record ServerError(int status, String message) implements ProviderFault {}

    /** A 4xx that is the request's own fault: status and body go to the client as they are. */
    record Rejected(int status, String message) implements ProviderFault {}

    /** 404 for the model or path: another candidate may know it; otherwise it keeps its status. */
    record NotThere(int status, String message) implements ProviderFault {}

    /**
     * The request asks for what can't be said in the provider's protocol, so nothing was sent;
     * another candidate may be able to. {@code parameter} is the one at fault.
     */
    record Unsuitable(String parameter, String message) implements ProviderFault {}

    /** A 200 whose body is no valid answer: HTML, malformed JSON, wrong content type. */
    record Malformed(String message) implements ProviderFault {}

    /** A 200 that is larger than this gateway takes; the provider is not to blame. */
    record TooLarge(String message) implements ProviderFault {}

    /** A 200 that ended without any output and without a finish reason. */
    record Empty(String message) implements ProviderFault {}

    /**
     * An error object inside a 200 answer or stream, before the commit point. {@code status} is
     * what it says or implies.
     */
    record InStreamError(int status, Optional<String> code, String message)
            implements ProviderFault {}

    /** Which deadline of an attempt passed. */
    enum Deadline {
        CONNECT("connection"),
        FIRST_TOKEN("first token"),
        IDLE("further data"),
        TOTAL("complete answer");

        private final String awaited;

        Deadline(String awaited) {
            this.awaited = awaited;
        }

        public String awaited() {
            return awaited;
        }
    }
}
