package io.fairlead.gateway.telemetry;

import io.fairlead.gateway.ledger.RequestRecord;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;

/** The meters of one virtual key, named by its public id. Thread-safe. */
final class KeyMeters {
    private final CounterDataPoint requests;
    private final CounterDataPoint tokens;
    private final CounterDataPoint spend;

    KeyMeters(Meters meters, String publicId) {
        requests = meters.keyRequests.labelValues(publicId);
        tokens = meters.keyTokens.labelValues(publicId);
        spend = meters.keySpend.labelValues(publicId);
    }

    void count(RequestRecord entry) {
        requests.inc();
        tokens.inc(entry.usage().totalTokens());
        if (entry.spend().isPresent()) {
            spend.inc(Math.max(0, entry.spend().get().usd().doubleValue()));
        }
    }
}
