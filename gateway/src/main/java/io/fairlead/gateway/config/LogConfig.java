package io.fairlead.gateway.config;

import java.time.Duration;

/**
 * What is logged. Immutable.
 *
 * @param level least severe level
 * @param format form of a line
 * @param slow requests that take longer are logged with their timeline
 */
public record LogConfig(Level level, Format format, Duration slow) {

    /** Severity. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /** Form of a line. */
    public enum Format {
        TEXT,
        JSON
    }

    public static final LogConfig DEFAULT =
            new LogConfig(Level.INFO, Format.TEXT, Duration.ofSeconds(30));
}
