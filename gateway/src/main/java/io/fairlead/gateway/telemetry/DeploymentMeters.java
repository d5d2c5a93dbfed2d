package io.fairlead.gateway.telemetry;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Usage;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The meters of one deployment with their label values resolved, so that counting a request looks
 * nothing up by strings. Thread-safe.
 */
final class DeploymentMeters {
    private static final int OUTCOMES = Outcome.values().length;
    private static final int STATUS_CLASSES = 6;

    private final Meters meters;
    private final String provider;
    private final String model;
    private final AtomicReferenceArray<CounterDataPoint> requests =
            new AtomicReferenceArray<>(Endpoint.values().length * OUTCOMES * STATUS_CLASSES);
    private final CounterDataPoint[] tokens = new CounterDataPoint[TokenKind.values().length];
    private final CounterDataPoint spend;
    private final CounterDataPoint unpriced;
    private final DistributionDataPoint duration;
    private final DistributionDataPoint firstToken;
    private final LabelLimit<CounterDataPoint> attempts;

    /** A kind of token, as the label {@code kind} names it. */
    private enum TokenKind {
        INPUT("input"),
        CACHED_INPUT("cached_input"),
        CACHE_WRITE("cache_write"),
        OUTPUT("output"),
        REASONING("reasoning");

        private final String label;

        TokenKind(String label) {
            this.label = label;
        }

        private long of(Usage usage) {
            return switch (this) {
                case INPUT -> usage.inputTokens();
                case CACHED_INPUT -> usage.cachedInputTokens();
                case CACHE_WRITE -> usage.cacheWriteTokens();
                case OUTPUT -> usage.outputTokens();
                case REASONING -> usage.reasoningTokens();
            };
        }
    }

    private static final TokenKind[] KINDS = TokenKind.values();

    /** The meters of the deployment {@code provider/model}. */
    static DeploymentMeters of(Meters meters, String deployment) {
        int slash = deployment.indexOf('/');
        return slash < 0
                ? new DeploymentMeters(meters, deployment, LabelLimit.OTHER)
                : new DeploymentMeters(
                        meters,
                        deployment.substring(0, slash),
                        LogText.clean(deployment.substring(slash + 1), 120));
    }

    DeploymentMeters(Meters meters, String provider, String model) {
        this.meters = meters;
        this.provider = provider;
        this.model = model;
        for (TokenKind kind : KINDS) {
            tokens[kind.ordinal()] = meters.tokens.labelValues(provider, model, kind.label);
        }
        spend = meters.spend.labelValues(provider, model);
        unpriced = meters.unpriced.labelValues(provider, model);
        duration = meters.duration.labelValues(provider, model);
        firstToken = meters.firstToken.labelValues(provider, model);
        attempts =
                new LabelLimit<>(
                        24, result -> meters.attempts.labelValues(provider, model, result));
    }

    void count(RequestRecord entry) {
        requests(entry).inc();
        duration.observe(entry.durationMicros() / 1e6);
        if (entry.firstTokenMicros() >= 0) {
            firstToken.observe(entry.firstTokenMicros() / 1e6);
        }
        Usage usage = entry.usage();
        if (usage.totalTokens() > 0) {
            for (TokenKind kind : KINDS) {
                long count = kind.of(usage);
                if (count > 0) {
                    tokens[kind.ordinal()].inc(count);
                }
            }
            if (entry.spend().isEmpty()) {
                unpriced.inc();
            }
        }
        if (entry.spend().isPresent()) {
            double usd = entry.spend().get().usd().doubleValue();
            if (usd > 0) {
                spend.inc(usd);
            }
        }
    }

    void count(AttemptRecord attempt) {
        attempts.of(attempt.fault().orElse("ok")).inc();
    }

    private CounterDataPoint requests(RequestRecord entry) {
        int statusClass = Math.clamp(entry.status() / 100, 0, STATUS_CLASSES - 1);
        int at =
                (entry.endpoint().ordinal() * OUTCOMES + entry.outcome().ordinal()) * STATUS_CLASSES
                        + statusClass;
        CounterDataPoint counter = requests.getAcquire(at);
        if (counter == null) {
            counter =
                    meters.requests.labelValues(
                            entry.endpoint().wireName(),
                            provider,
                            model,
                            Meters.word(entry.outcome()),
                            statusClass + "xx");
            requests.setRelease(at, counter);
        }
        return counter;
    }
}
