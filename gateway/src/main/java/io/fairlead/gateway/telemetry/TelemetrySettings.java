package io.fairlead.gateway.telemetry;

import java.time.Duration;

/**
 * What telemetry keeps and prints. Immutable.
 *
 * @param requestLog which finished requests get a line in the log
 * @param slow a request that takes longer is logged with its passport, whatever {@code requestLog}
 *     says
 * @param keyMetrics whether metrics by public key id are kept
 */
public record TelemetrySettings(RequestLog requestLog, Duration slow, boolean keyMetrics) {
    public static final TelemetrySettings DEFAULT =
            new TelemetrySettings(RequestLog.ALL, Duration.ofSeconds(30), false);

    /** Which finished requests get a line in the log. */
    public enum RequestLog {
        ALL,
        ERRORS,
        OFF
    }
}
