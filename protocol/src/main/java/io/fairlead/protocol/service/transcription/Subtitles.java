package io.fairlead.protocol.service.transcription;

import io.fairlead.protocol.service.transcription.Transcript.Segment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Segments as subtitles, in SubRip and WebVTT. Stateless: any thread. */
final class Subtitles {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(359_999);

    private Subtitles() {}

    static String srt(List<Segment> segments) {
        StringBuilder out = new StringBuilder();
        int number = 1;
        for (Segment segment : segments) {
            out.append(number++)
                    .append('\n')
                    .append(time(segment.start(), ','))
                    .append(" --> ")
                    .append(time(segment.end(), ','))
                    .append('\n')
                    .append(line(segment.text()))
                    .append("\n\n");
        }
        return out.toString();
    }

    static String vtt(List<Segment> segments) {
        StringBuilder out = new StringBuilder("WEBVTT\n\n");
        for (Segment segment : segments) {
            out.append(time(segment.start(), '.'))
                    .append(" --> ")
                    .append(time(segment.end(), '.'))
                    .append('\n')
                    .append(line(segment.text()))
                    .append("\n\n");
        }
        return out.toString();
    }

    /** An empty line would end the subtitle, and an arrow would begin one. */
    private static String line(String text) {
        return text.strip().replace("-->", "->").replace("\r", "").replaceAll("\n+", "\n");
    }

    private static String time(BigDecimal seconds, char point) {
        long millis =
                seconds.max(BigDecimal.ZERO)
                        .min(LONGEST)
                        .movePointRight(3)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                point,
                millis % 1000);
    }
}
