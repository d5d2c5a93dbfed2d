package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.codec.Paths;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * What the path of a Gemini client says: {@code /{model}:generateContent}; the model's name may
 * have slashes, bare or as {@code %2F}. Immutable.
 *
 * @param method with its colon: {@code :generateContent}
 * @param array whether the stream shall be one JSON array, as it is without {@code alt=sse}
 */
record ContentTarget(String model, String method, boolean array) {
    private static final String STREAM = ":streamGenerateContent";

    /**
     * @param remainder what follows {@code /models} in the path, raw
     * @throws GatewayException if it names no model, or another method
     */
    static ContentTarget of(String remainder, String query) {
        String path =
                remainder.indexOf('%') < 0
                        ? remainder
                        : URLDecoder.decode(remainder.replace("+", "%2B"), StandardCharsets.UTF_8);
        int colon = path.lastIndexOf(':');
        String method = colon < 0 ? "" : path.substring(colon);
        if (colon < 2) {
            throw new GatewayException(
                    ErrorCode.NOT_FOUND,
                    "There is nothing at this path (expected: /models/{model}:{method}).");
        }
        boolean events = ("&" + query + "&").contains("&alt=sse&");
        return new ContentTarget(
                path.substring(1, colon), method, method.equals(STREAM) && !events);
    }

    /** Whether a stream is asked for. */
    boolean stream() {
        return method.equals(STREAM);
    }

    /** The path of a model below a Gemini base URL. */
    String pathOf(String providersModel) {
        return "/models/"
                + Paths.segments(providersModel)
                + (stream() ? STREAM + "?alt=sse" : method);
    }
}
