package io.fairlead.gateway.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names of request headers that an operator may add. Immutable. */
final class HeaderName {
    /** Headers that belong to the connection, or that the gateway itself must write. */
    private static final Set<String> OURS =
            Set.of(
                    "host",
                    "connection",
                    "content-length",
                    "transfer-encoding",
                    "upgrade",
                    "te",
                    "trailer",
                    "expect",
                    "keep-alive");

    private static final String PATTERN = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}";

    static final ScalarKind<String> KIND =
            new ScalarKind<>(
                    "header name",
                    "the name of a header, other than those of the connection",
                    Map.of("type", "string", "pattern", "^" + PATTERN + "$"),
                    text ->
                            text.matches(PATTERN) && !OURS.contains(text.toLowerCase(Locale.ROOT))
                                    ? Optional.of(text.toLowerCase(Locale.ROOT))
                                    : Optional.empty(),
                    value -> value,
                    false);

    private HeaderName() {}
}
