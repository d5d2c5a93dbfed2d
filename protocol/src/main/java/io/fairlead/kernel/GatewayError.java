package io.fairlead.kernel;

import java.time.Duration;
import java.util.Optional;

/**
 * The only thing that is ever rendered to a client as an error, in the shape of the client's
 * protocol. The message is written for the client: it holds no secret, no host name of ours and no
 * other client's data. Immutable.
 *
 * @param code what happened
 * @param status HTTP status; usually {@code code.status()}, but a provider's 4xx keeps its own
 * @param message one or two sentences: what was wrong, where, what to do
 * @param param the request field that is to blame, as a path ({@code messages[2].role})
 * @param retryAfter when a later attempt may succeed
 */
public record GatewayError(
        ErrorCode code,
        int status,
        String message,
        Optional<String> param,
        Optional<Duration> retryAfter) {

    public GatewayError {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 400-599)");
        }
    }

    public static GatewayError of(ErrorCode code, String message) {
        return new GatewayError(code, code.status(), message, Optional.empty(), Optional.empty());
    }

    public GatewayError withParam(String newParam) {
        return new GatewayError(code, status, message, Optional.of(newParam), retryAfter);
    }

    public GatewayError withRetryAfter(Duration newRetryAfter) {
        return new GatewayError(code, status, message, param, Optional.of(newRetryAfter));
    }

    public GatewayError withStatus(int newStatus) {
        return new GatewayError(code, newStatus, message, param, retryAfter);
    }
}
