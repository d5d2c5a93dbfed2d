package io.fairlead.gateway.telemetry;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;

/**
 * Where requests are counted and logged. Calls on the way of a request touch resolved counters and
 * put a line in a bounded queue; formatting and writing happen on another thread. Thread-safe.
 */
public final class Telemetry {
    private static final int MOST_DEPLOYMENTS = 200;
    private static final int MOST_PROVIDERS = 200;
    private static final int MOST_CODES = 64;
    private static final int MOST_KEYS = 500;
    private static final String NONE = "none";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Meters meters = new Meters(registry);
    private final Gauges gauges = new Gauges(registry);
    private final DistributionDataPoint overhead = meters.overhead.labelValues();
    private final LongAdder inFlight = new LongAdder();
    private final LongAdder openStreams = new LongAdder();
    private final DeploymentMeters undecided = new DeploymentMeters(meters, NONE, NONE);
    private final LabelLimit<DeploymentMeters> deployments =
            new LabelLimit<>(MOST_DEPLOYMENTS, id -> DeploymentMeters.of(meters, id));
    private final LabelLimit<DeploymentMeters> providers =
            new LabelLimit<>(
                    MOST_PROVIDERS, id -> new DeploymentMeters(meters, id, LabelLimit.OTHER));
    private final LabelLimit<CounterDataPoint> errors =
            new LabelLimit<>(MOST_CODES, code -> meters.errors.labelValues(code));
    private final LabelLimit<KeyMeters> keys =
            new LabelLimit<>(MOST_KEYS, id -> new KeyMeters(meters, id));
    private final RequestLog log = new RequestLog();
    private volatile TelemetrySettings settings;

    public Telemetry(TelemetrySettings settings) {
        this.settings = settings;
        gauges.gauge("fairlead_in_flight_requests", "Requests in work.", inFlight::sum);
        gauges.gauge("fairlead_open_streams", "Streams open to clients.", openStreams::sum);
        ProcessMeters.showIn(gauges);
    }

    /** Takes other settings from now on. */
    public void apply(TelemetrySettings newSettings) {
        settings = newSettings;
    }

    /** Where other rooms hang values that are read at each scrape. */
    public Gauges gauges() {
        return gauges;
    }

    /** A request came in; each call is followed by one of {@link #completed}. */
    public void started() {
        inFlight.increment();
    }

    /** An answer became a stream; each call is followed by one of {@link #streamClosed}. */
    public void streamOpened() {
        openStreams.increment();
    }

    public void streamClosed() {
        openStreams.decrement();
    }

    /** Where an event loop tells how late, in seconds, it came to what was due. */
    public DoubleConsumer loopLag(int loop) {
        return meters.loopLag.labelValues(Integer.toString(loop))::observe;
    }

    /** A request ended and is in the ledger. Called on its event loop. */
    public void completed(RequestRecord entry, Passport passport) {
        inFlight.decrement();
        TelemetrySettings now = settings;
        count(entry, now);
        log.write(entry, passport, now);
    }

    /** Counts an answer that the edge gave itself. */
    public void answered(String route, int status) {
        meters.answers.labelValues(route, Integer.toString(status)).inc();
    }

    /** Every metric in Prometheus' text format. Takes milliseconds: not for an event loop. */
    public byte[] scrape() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void count(RequestRecord entry, TelemetrySettings now) {
        DeploymentMeters deployment = undecided;
        if (entry.deployment().isPresent()) {
            // a failing model id may be one a client made up: only its provider is counted
            boolean worthy = entry.status() < 400 || entry.price().isPresent();
            deployment = metersOf(entry.deployment().get(), worthy);
        }
        deployment.count(entry);
        List<AttemptRecord> attempts = entry.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            AttemptRecord attempt = attempts.get(i);
            metersOf(attempt.deployment(), false).count(attempt);
        }
        overhead.observe(entry.overheadMicros() / 1e6);
        if (entry.errorCode().isPresent()) {
            errors.of(entry.errorCode().get()).inc();
        }
        if (now.keyMetrics() && entry.keyId().isPresent()) {
            keys.of(entry.keyId().get()).count(entry);
        }
    }

    private DeploymentMeters metersOf(String deployment, boolean worthy) {
        DeploymentMeters found = deployments.find(deployment, worthy);
        if (found != null) {
            return found;
        }
        int slash = deployment.indexOf('/');
        return providers.of(slash < 0 ? deployment : deployment.substring(0, slash));
    }
}
