package io.fairlead.protocol.codec;

import io.fairlead.protocol.json.JsonObject;

import java.util.Map;

/**
 * A request as a provider takes it. Immutable, as long as nobody changes the body.
 *
 * @param path below the provider's base URL with its version segment, with query: {@code
 *     /chat/completions}, {@code /models/gemini-2.5-pro:streamGenerateContent?alt=sse}
 * @param headers that change the meaning, besides credentials and content type
 * @param body its JSON
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
public record ProviderRequest(String path, Map<String, String> headers, byte[] body) {
    public static ProviderRequest of(String path, JsonObject body) {
        return new ProviderRequest(path, Map.of(), body.toBytes());
    }
}
