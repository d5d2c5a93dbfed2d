package io.fairlead.gateway.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;

import io.fairlead.gateway.ledger.RequestRecord;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * One finished request as members of a log line. Holds the record and renders late. The passport is
 * no longer written to when this is made. Immutable.
 *
 * @param withTimeline whether the passport is printed
 */
record RequestLine(RequestRecord entry, Passport passport, boolean withTimeline) {

    /** Takes the members of the line one by one. */
    interface Members {
        void text(String name, String value);

        void number(String name, long value);
    }

    /** The request that {@code event} is about, or null. */
    static @Nullable RequestLine of(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        return arguments != null
                        && arguments.length == 1
                        && arguments[0] instanceof RequestLine line
                ? line
                : null;
    }

    void writeTo(Members out) {
        out.text("id", entry.id());
        out.text("endpoint", entry.endpoint().wireName());
        out.number("status", entry.status());
        out.text("outcome", Meters.word(entry.outcome()));
        text(out, "error", entry.errorCode());
        text(out, "message", entry.errorMessage());
        text(out, "key_id", entry.keyId());
        text(out, "team", entry.team());
        if (!entry.modelRequested().isEmpty()) {
            out.text("model", entry.modelRequested());
        }
        text(out, "deployment", entry.deployment());
        if (entry.streamed()) {
            out.text("stream", "true");
        }
        out.number("attempts", entry.attempts().size());
        out.number("input_tokens", entry.usage().inputTokens());
        out.number("output_tokens", entry.usage().outputTokens());
        entry.spend().ifPresent(spend -> out.text("spend_usd", spend.toDecimal()));
        text(out, "finish", entry.finishReason());
        out.number("duration_ms", entry.durationMicros() / 1_000);
        if (entry.firstTokenMicros() >= 0) {
            out.number("first_token_ms", entry.firstTokenMicros() / 1_000);
        }
        out.number("overhead_us", entry.overheadMicros());
        out.number("request_bytes", entry.requestBytes());
        out.number("response_bytes", entry.responseBytes());
        text(out, "trace", entry.traceId());
        text(out, "client", entry.clientAddress());
        text(out, "user_agent", entry.userAgent());
        if (withTimeline) {
            out.text("timeline", passport.timeline());
        }
    }

    private static void text(Members out, String name, Optional<String> value) {
        value.ifPresent(present -> out.text(name, present));
    }

    /** The members as {@code name=value} pairs, values that are not one plain word in quotes. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(320);
        appendTo(out);
        return out.toString();
    }

    /** Appends what {@link #toString} says. */
    void appendTo(StringBuilder out) {
        int from = out.length();
        writeTo(
                new Members() {
                    @Override
                    public void text(String name, String value) {
                        name(name);
                        if (LogText.isWord(value)) {
                            out.append(value);
                            return;
                        }
                        out.append('"');
                        LogText.appendClean(out, value.replace('"', '\''), 2_000);
                        out.append('"');
                    }

                    @Override
                    public void number(String name, long value) {
                        name(name).append(value);
                    }

                    private StringBuilder name(String name) {
                        if (out.length() > from) {
                            out.append(' ');
                        }
                        return out.append(name).append('=');
                    }
                });
    }
}
