package io.fairlead.gateway.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;

import java.util.Locale;

/** One JSON object a line, for log collectors. Used by the writing thread only. */
final class JsonLines implements LineFormat {
    private static final int LONGEST = 16_000;

    private final LineTime time = new LineTime();

    @Override
    public void append(StringBuilder line, ILoggingEvent event) {
        line.append("{\"time\":\"");
        time.append(line, event.getTimeStamp());
        line.append('"');
        text(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        text(line, "logger", event.getLoggerName());
        RequestLine request = RequestLine.of(event);
        if (request != null) {
            text(line, "text", "request");
            request.writeTo(members(line));
        } else {
            text(line, "text", event.getFormattedMessage());
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            text(line, "trace", ThrowableProxyUtil.asString(thrown));
        }
        line.append('}');
    }

    @Override
    public void appendNotice(StringBuilder line, String text) {
        line.append("{\"level\":\"warn\"");
        text(line, "text", text);
        line.append('}');
    }

    private static RequestLine.Members members(StringBuilder line) {
        return new RequestLine.Members() {
            @Override
            public void text(String name, String value) {
                JsonLines.text(line, name, value);
            }

            @Override
            public void number(String name, long value) {
                line.append(",\"").append(name).append("\":").append(value);
            }
        };
    }

    private static void text(StringBuilder line, String name, String value) {
        line.append(",\"").append(name).append("\":\"");
        if (LogText.isWord(value)) {
            line.append(value).append('"');
            return;
        }
        int end = Math.min(value.length(), LONGEST);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (LogText.harmless(c) && !Character.isSurrogate(c)) {
                line.append(c);
            } else if (c == '\n') {
                line.append("\\n");
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < end
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                line.append(c).append(value.charAt(++i));
            } else {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        line.append('"');
    }
}
