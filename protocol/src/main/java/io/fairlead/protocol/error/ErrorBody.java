package io.fairlead.protocol.error;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a provider's error body says, whatever its shape: OpenAI, Azure, Anthropic, Google, {@code
 * detail}, {@code message}, a bare string, HTML, plain text or nothing. Immutable.
 *
 * @param message the message as the provider wrote it; empty when there is none
 * @param type its kind of error ({@code invalid_request_error}, {@code RESOURCE_EXHAUSTED})
 * @param code its code, a number as text
 * @param param the request field it blames
 * @param status the HTTP status the body itself names
 */
public record ErrorBody(
        String message,
        Optional<String> type,
        Optional<String> code,
        Optional<String> param,
        OptionalInt status) {

    public static final ErrorBody NONE =
            new ErrorBody(
                    "", Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());

    /** Reads an error body. Never fails. */
    public static ErrorBody read(byte[] body, int from, int to) {
        return new ErrorBody(
                new String(body, from, to - from, StandardCharsets.UTF_8),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    public static ErrorBody read(byte[] body) {
        return read(body, 0, body.length);
    }
}
