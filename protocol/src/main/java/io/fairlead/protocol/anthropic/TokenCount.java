package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;

/** The answer of {@code count_tokens}. Stateless: any thread. */
final class TokenCount {
    private TokenCount() {}

    static long read(Json body) {
        return Fields.ofAnswer(body)
                .count("input_tokens")
                .orElseThrow(
                        () -> new Unreadable("input_tokens", "is missing (expected: a number)"));
    }

    static byte[] write(long inputTokens) {
        return new JsonObject().put("input_tokens", inputTokens).toBytes();
    }
}
