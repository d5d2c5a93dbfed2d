package io.fairlead.protocol.error;

import io.fairlead.kernel.ProviderFault;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Tells what a provider's error answer means for the attempt. Stateless: any thread. */
public final class ProviderFaults {
    private ProviderFaults() {}

    /**
     * Classifies an answer whose status is not 2xx.
     *
     * @param headers gives a header's first value by its lower-case name, or null
     * @param body the beginning of the body, decompressed
     * @param now for {@code retry-after} dates
     */
    public static ProviderFault classify(
            int status, Function<String, @Nullable String> headers, byte[] body, Instant now) {
        ErrorBody error = ErrorBody.read(body);
        String message = describe(error, "HTTP " + status);
        if (status == 429 || (status < 500 && isRateLimit(error))) {
            return new ProviderFault.Throttled(status, RetryAfter.read(headers, now), message);
        }
        return switch (status) {
            case 401, 402, 403 -> new ProviderFault.CredentialRefused(status, message);
            case 503, 529 ->
                    new ProviderFault.Overloaded(status, RetryAfter.read(headers, now), message);
            case 404 -> new ProviderFault.NotThere(status, message);
            case 408 -> new ProviderFault.ServerError(status, message);
            default -> byRange(status, error, message);
        };
    }

    private static ProviderFault byRange(int status, ErrorBody error, String message) {
        if (status >= 500) {
            return new ProviderFault.ServerError(status, message);
        }
        if (status < 400) {
            return new ProviderFault.Malformed(
                    "the provider answered with status " + status + ", which is no answer");
        }
        if (isCredential(error)) {
            return new ProviderFault.CredentialRefused(status, message);
        }
        if (error.says("model_not_found") || error.says("DeploymentNotFound")) {
            return new ProviderFault.NotThere(status, message);
        }
        return new ProviderFault.Rejected(status, message);
    }

    /** Google says 400 for a wrong key, in the reason of a detail. */
    private static boolean isCredential(ErrorBody error) {
        return error.says("API_KEY_INVALID")
                || error.says("invalid_api_key")
                || error.says("authentication_error");
    }

    /** Groq answers 413 where one request is above the limit of tokens per minute. */
    private static boolean isRateLimit(ErrorBody error) {
        return error.says("rate_limit_exceeded")
                || error.says("rate_limit_error")
                || error.says("rate_limited")
                || error.says("RESOURCE_EXHAUSTED");
    }

    /** What an error inside a 200 answer means. */
    public static ProviderFault inStream(ErrorBody error) {
        return new ProviderFault.InStreamError(
                impliedStatus(error), error.code(), describe(error, "an error without a message"));
    }

    private static int impliedStatus(ErrorBody error) {
        if (error.status().isPresent()) {
            return error.status().getAsInt();
        }
        if (isRateLimit(error) || error.says("insufficient_quota") || error.says("tokens")) {
            return 429;
        }
        if (error.says("overloaded_error") || error.says("UNAVAILABLE")) {
            return 503;
        }
        if (isCredential(error)) {
            return 401;
        }
        if (error.says("invalid_request_error") || error.says("invalid_prompt")) {
            return 400;
        }
        return error.says("timeout") || error.says("timeout_error") ? 504 : 500;
    }

    private static String describe(ErrorBody error, String otherwise) {
        String message = Redaction.clean(error.message());
        return message.isEmpty() ? error.code().orElse(otherwise) : message;
    }

    /** Whether the provider says that the input does not fit the model's context. */
    public static boolean isContextTooLong(ErrorBody error) {
        if (error.says("context_length_exceeded")
                || error.says("too_many_prompt_tokens")
                || error.says("TOO_MANY_TOKENS")
                || error.says("string_above_max_length")) {
            return true;
        }
        String message = error.message().toLowerCase(Locale.ROOT);
        return message.contains("context length")
                || message.contains("context window")
                || message.contains("prompt is too long")
                || message.contains("prompt too long")
                || message.contains("too many tokens")
                || message.contains("maximum context");
    }

    /** Whether the provider refuses the content of the request. */
    public static boolean isContentPolicy(ErrorBody error) {
        return error.says("content_filter")
                || error.says("content_policy_violation")
                || error.says("moderation_blocked")
                || error.says("ResponsibleAIPolicyViolation")
                || error.says("data_inspection_failed");
    }

    /** When the provider says to come back, from any of the headers in use. */
    public static Optional<Duration> retryAfter(
            Function<String, @Nullable String> headers, Instant now) {
        return RetryAfter.read(headers, now);
    }
}
