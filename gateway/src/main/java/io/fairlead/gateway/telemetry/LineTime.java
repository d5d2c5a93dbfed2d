package io.fairlead.gateway.telemetry;

import java.time.Instant;

/**
 * Writes points in time as ISO 8601 in UTC with milliseconds. Lines come in bursts, so the text of
 * a second is kept. Used by the writing thread only.
 */
final class LineTime {
    private long second = Long.MIN_VALUE;
    private String text = "";

    void append(StringBuilder line, long epochMillis) {
        long newSecond = Math.floorDiv(epochMillis, 1_000L);
        if (newSecond != second) {
            String whole = Instant.ofEpochSecond(newSecond).toString();
            text = whole.substring(0, whole.length() - 1) + '.';
            second = newSecond;
        }
        int millis = Math.floorMod(epochMillis, 1_000);
        line.append(text)
                .append((char) ('0' + millis / 100))
                .append((char) ('0' + millis / 10 % 10))
                .append((char) ('0' + millis % 10))
                .append('Z');
    }
}
