package io.fairlead.gateway.config;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A declared virtual key. Immutable.
 *
 * @param name unique name
 * @param secret hash of the secret; the secret itself is not kept
 * @param team the team it belongs to
 * @param models names and patterns ({@code openai/*}) it may use; empty: all
 * @param budget most money it may spend in a period
 * @param limits most requests and tokens
 * @param expires when it stops working
 * @param blocked whether it is refused
 * @param tags put on each of its records
 * @param metadata put on each of its records
 */
public record KeyConfig(
        String name,
        SecretHash secret,
        Optional<String> team,
        List<String> models,
        Optional<BudgetConfig> budget,
        LimitsConfig limits,
        Optional<Instant> expires,
        boolean blocked,
        List<String> tags,
        Map<String, String> metadata) {
    public KeyConfig {
        models = List.copyOf(models);
        tags = List.copyOf(tags);
        metadata = InOrder.copyOf(metadata);
    }
}
