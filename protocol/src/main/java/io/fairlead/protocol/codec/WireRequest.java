package io.fairlead.protocol.codec;

import io.fairlead.protocol.json.Json;

import java.util.Map;
import java.util.Optional;

/**
 * A request as a client of some protocol sends it. Immutable.
 *
 * @param body its JSON
 * @param model from the path, where the protocol has it there
 * @param stream from the path, where the protocol has it there
 * @param headers that change the meaning ({@code anthropic-beta}), names in lower case
 */
public record WireRequest(
        Json body, Optional<String> model, Optional<Boolean> stream, Map<String, String> headers) {
    public static WireRequest of(Json body) {
        return new WireRequest(body, Optional.empty(), Optional.empty(), Map.of());
    }
}
