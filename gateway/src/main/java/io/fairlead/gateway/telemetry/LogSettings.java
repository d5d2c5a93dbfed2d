package io.fairlead.gateway.telemetry;

/**
 * How the log looks. Immutable.
 *
 * @param level least severe level of our own lines; libraries start at {@link Level#WARN}
 * @param form form of a line
 */
public record LogSettings(Level level, Form form) {
    public static final LogSettings DEFAULT = new LogSettings(Level.INFO, Form.TEXT);

    /** Severity. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /** Form of a line. */
    public enum Form {
        /** For people. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }
}
