package io.fairlead.gateway.telemetry;

import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Every metric that requests feed, by name and labels; {@code docs/reference/metrics.md} is the
 * reader's list of them. Thread-safe.
 */
final class Meters {
    private static final double[] SECONDS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600
    };
    private static final double[] OVERHEAD_SECONDS = {
        0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1
    };

    private static final double[] LAG_SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5
    };

    final Counter requests;
    final Counter tokens;
    final Counter spend;
    final Counter unpriced;
    final Counter attempts;
    final Counter errors;
    final Counter answers;
    final Counter keyRequests;
    final Counter keyTokens;
    final Counter keySpend;
    final Histogram duration;
    final Histogram firstToken;
    final Histogram overhead;
    final Histogram loopLag;

    Meters(PrometheusRegistry registry) {
        requests =
                counter("fairlead_requests", "Finished requests.")
                        .labelNames("endpoint", "provider", "model", "outcome", "status")
                        .register(registry);
        tokens =
                counter(
                                "fairlead_tokens",
                                "Tokens used; cached_input and cache_write are parts of input,"
                                        + " reasoning is a part of output.")
                        .labelNames("provider", "model", "kind")
                        .register(registry);
        spend =
                counter("fairlead_spend_usd", "Spend in USD; the ledger has it exactly.")
                        .labelNames("provider", "model")
                        .register(registry);
        unpriced =
                counter(
                                "fairlead_unpriced_requests",
                                "Requests with usage but without a known price.")
                        .labelNames("provider", "model")
                        .register(registry);
        attempts =
                counter(
                                "fairlead_upstream_attempts",
                                "Attempts at deployments; result is ok or the fault.")
                        .labelNames("provider", "model", "result")
                        .register(registry);
        errors =
                counter("fairlead_errors", "Requests that ended in an error, by code.")
                        .labelNames("code")
                        .register(registry);
        answers =
                counter(
                                "fairlead_http_responses",
                                "Answers given by the edge itself: no route, refused, operators'"
                                        + " paths.")
                        .labelNames("route", "status")
                        .register(registry);
        keyRequests =
                counter("fairlead_key_requests", "Finished requests by virtual key.")
                        .labelNames("key")
                        .register(registry);
        keyTokens =
                counter("fairlead_key_tokens", "Input and output tokens by virtual key.")
                        .labelNames("key")
                        .register(registry);
        keySpend =
                counter("fairlead_key_spend_usd", "Spend in USD by virtual key.")
                        .labelNames("key")
                        .register(registry);
        duration =
                histogram(
                                "fairlead_request_duration_seconds",
                                "From the request's head to the end of the answer.",
                                SECONDS)
                        .labelNames("provider", "model")
                        .register(registry);
        firstToken =
                histogram(
                                "fairlead_first_token_seconds",
                                "From the request's head to the first output token.",
                                SECONDS)
                        .labelNames("provider", "model")
                        .register(registry);
        overhead =
                histogram(
                                "fairlead_overhead_seconds",
                                "Time in the gateway outside upstream calls.",
                                OVERHEAD_SECONDS)
                        .register(registry);
        loopLag =
                histogram(
                                "fairlead_event_loop_lag_seconds",
                                "How late an event loop came to what was due.",
                                LAG_SECONDS)
                        .labelNames("loop")
                        .register(registry);
    }

    static String word(Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> "completed";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
        };
    }

    private static Counter.Builder counter(String name, String description) {
        Counter.Builder builder = Counter.builder().name(name).help(description);
        builder.withoutExemplars();
        return builder;
    }

    private static Histogram.Builder histogram(String name, String description, double[] bounds) {
        Histogram.Builder builder =
                Histogram.builder()
                        .name(name)
                        .help(description)
                        .classicOnly()
                        .classicUpperBounds(bounds);
        builder.withoutExemplars();
        return builder;
    }
}
