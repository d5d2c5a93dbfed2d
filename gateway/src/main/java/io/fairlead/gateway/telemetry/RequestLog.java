package io.fairlead.gateway.telemetry;

import io.fairlead.gateway.ledger.RequestRecord;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line that each finished request leaves in the log, with its passport when it was slow or
 * failed. The event loop only queues the record; the line is made by the thread that writes it.
 * Thread-safe.
 */
final class RequestLog {
    /** The name under which the lines appear. */
    static final String NAME = "fairlead.requests";

    private final Logger log = LoggerFactory.getLogger(NAME);

    void write(RequestRecord entry, Passport passport, TelemetrySettings settings) {
        boolean failed = entry.outcome() == RequestRecord.Outcome.FAILED;
        boolean slow = entry.durationMicros() > settings.slow().toNanos() / 1_000;
        boolean wanted =
                switch (settings.requestLog()) {
                    case ALL -> true;
                    case ERRORS -> failed;
                    case OFF -> false;
                };
        if (slow) {
            log.warn("request {}", new RequestLine(entry, passport, true));
        } else if (wanted) {
            log.info("request {}", new RequestLine(entry, passport, failed));
        }
    }
}
