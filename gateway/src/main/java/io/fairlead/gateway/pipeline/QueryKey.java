package io.fairlead.gateway.pipeline;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The {@code key} parameter of a query, as clients of Gemini send it. Stateless. */
final class QueryKey {
    private static final String NAME = "key=";

    private QueryKey() {}

    /** The decoded key; absent when there is none, or none that can be decoded. */
    static @Nullable String of(String query) {
        int at = query.startsWith(NAME) ? 0 : query.indexOf("&" + NAME) + 1;
        if (at == 0 && !query.startsWith(NAME)) {
            return null;
        }
        int end = query.indexOf('&', at);
        String raw = query.substring(at + NAME.length(), end < 0 ? query.length() : end);
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
