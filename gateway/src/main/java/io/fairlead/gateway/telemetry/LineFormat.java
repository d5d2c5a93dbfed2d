package io.fairlead.gateway.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** Makes a line of an event, without the line break. Used by the writing thread only. */
sealed interface LineFormat permits TextLines, JsonLines {
    void append(StringBuilder line, ILoggingEvent event);

    /** A line of the log about itself. */
    void appendNotice(StringBuilder line, String text);

    /** The last part of a logger's name. */
    static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
