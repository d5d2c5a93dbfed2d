package io.fairlead.protocol.error;

import io.fairlead.protocol.json.JsonCursor;
import io.fairlead.protocol.json.MalformedJson;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a provider's error body says, whatever its shape: OpenAI, Azure, Anthropic, Google, {@code
 * detail}, {@code message}, a bare string, HTML, plain text or nothing. Immutable.
 *
 * @param message the message as the provider wrote it, at most 4,000 characters; empty when there
 *     is none
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

    static final int MAX_MESSAGE = 4000;

    public static final ErrorBody NONE =
            new ErrorBody(
                    "", Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());

    /** Reads an error body. Never fails. */
    public static ErrorBody read(byte[] body) {
        return read(body, 0, body.length);
    }

    /** Reads the error body in a range of bytes. Never fails. */
    public static ErrorBody read(byte[] body, int from, int to) {
        ErrorBodyScan scan = new ErrorBodyScan();
        try {
            scan.read(new JsonCursor(body, from, to));
        } catch (MalformedJson malformed) {
            if (!scan.hasMessage()) {
                return NONE.withMessage(text(body, from, to));
            }
        }
        return scan.result();
    }

    /** Text that is no JSON: a page's title, or the beginning of plain text. */
    private static String text(byte[] body, int from, int to) {
        int length = Math.min(to - from, MAX_MESSAGE * 4);
        String text = new String(body, from, length, StandardCharsets.UTF_8).strip();
        if (!text.startsWith("<")) {
            return text.substring(0, Math.min(text.length(), MAX_MESSAGE));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (String element : new String[] {"title", "h1"}) {
            int open = lower.indexOf("<" + element);
            int start = open < 0 ? -1 : lower.indexOf('>', open) + 1;
            int end = start <= 0 ? -1 : lower.indexOf("</" + element, start);
            if (end > start) {
                return text.substring(start, end).strip();
            }
        }
        return "an HTML page";
    }

    ErrorBody withMessage(String newMessage) {
        return new ErrorBody(newMessage, type, code, param, status);
    }

    /** Whether type or code is this word. */
    boolean says(String word) {
        return type.filter(word::equalsIgnoreCase).isPresent()
                || code.filter(word::equalsIgnoreCase).isPresent();
    }
}
