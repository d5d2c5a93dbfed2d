package io.fairlead.gateway.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;

/** Lines for people: time, level, source, text. Used by the writing thread only. */
final class TextLines implements LineFormat {
    private static final int LONGEST = 8_000;

    private final LineTime time = new LineTime();

    @Override
    public void append(StringBuilder line, ILoggingEvent event) {
        time.append(line, event.getTimeStamp());
        line.append(' ');
        String level = event.getLevel().toString();
        line.append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
        line.append(LineFormat.shortName(event.getLoggerName())).append(": ");
        RequestLine request = RequestLine.of(event);
        if (request != null) {
            line.append("request ");
            request.appendTo(line);
        } else {
            LogText.appendClean(line, event.getFormattedMessage(), LONGEST);
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            for (String part : ThrowableProxyUtil.asString(thrown).split("\\R", -1)) {
                line.append("\n    ");
                LogText.appendClean(line, part.strip(), 1_000);
            }
        }
    }

    @Override
    public void appendNotice(StringBuilder line, String text) {
        line.append(text);
    }
}
