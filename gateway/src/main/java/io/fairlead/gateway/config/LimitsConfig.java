package io.fairlead.gateway.config;

import java.util.Optional;

/**
 * Most requests and tokens. Immutable.
 *
 * @param rpm requests a minute
 * @param tpm tokens a minute
 * @param parallel requests at the same time
 */
public record LimitsConfig(Optional<Long> rpm, Optional<Long> tpm, Optional<Integer> parallel) {
    public static final LimitsConfig NONE =
            new LimitsConfig(Optional.empty(), Optional.empty(), Optional.empty());
}
