package io.fairlead.kernel;

/**
 * Every error a client can be told of, with its HTTP status and its stable name on the wire.
 * Closed: a new constant is an API change. Immutable.
 */
public enum ErrorCode {
    INVALID_REQUEST(400, "invalid_request"),
    UNSUPPORTED_PARAMETER(400, "unsupported_parameter"),
    /** The response that a request goes on from is not there, or another key's. */
    PREVIOUS_RESPONSE_NOT_FOUND(400, "previous_response_not_found"),
    UNAUTHENTICATED(401, "unauthenticated"),
    KEY_EXPIRED(401, "key_expired"),
    KEY_BLOCKED(401, "key_blocked"),
    BUDGET_EXCEEDED(402, "budget_exceeded"),
    MODEL_NOT_ALLOWED(403, "model_not_allowed"),
    FORBIDDEN(403, "forbidden"),
    MODEL_NOT_FOUND(404, "model_not_found"),
    NOT_FOUND(404, "not_found"),
    METHOD_NOT_ALLOWED(405, "method_not_allowed"),
    REQUEST_TIMEOUT(408, "request_timeout"),
    REQUEST_TOO_LARGE(413, "request_too_large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type"),
    GUARDRAIL_BLOCKED(422, "guardrail_blocked"),
    RATE_LIMITED(429, "rate_limited"),
    INTERNAL(500, "internal"),
    UPSTREAM_ERROR(502, "upstream_error"),
    NO_DEPLOYMENT_AVAILABLE(503, "no_deployment_available"),
    /** The gateway itself can't take more: buffers full, shutting down. */
    OVERLOADED(503, "overloaded"),
    /**
     * The ledger can't record (disk full, journal full), so nothing is served that could not be
     * accounted for.
     */
    LEDGER_UNAVAILABLE(503, "ledger_unavailable"),
    UPSTREAM_TIMEOUT(504, "upstream_timeout");

    private final int status;
    private final String wireName;

    ErrorCode(int status, String wireName) {
        this.status = status;
        this.wireName = wireName;
    }

    /** The HTTP status that goes with this code, unless a {@link GatewayError} says otherwise. */
    public int status() {
        return status;
    }

    /** The name clients see, for example {@code rate_limited}. */
    public String wireName() {
        return wireName;
    }
}
