package io.fairlead.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

final class ProcessAgeTest {
    private static final String STAT =
            "4711 (a (strange) name) S 1 4711 4711 0 -1 4194304 100 0 0 0 5 3 0 0 20 0 18 0 359801"
                    + " 8840696 2815 18446744073709551615 1 1 0";

    @Test
    void isTheUptimeOfTheSystemWithoutTheTimeBeforeTheProcess() {
        assertThat(ProcessAge.of(STAT, "3598.17 7000.00\n")).contains(Duration.ofMillis(160));
    }

    @Test
    void isAbsentWhereTheProcessSeemsOlderThanTheSystem() {
        assertThat(ProcessAge.of(STAT, "12.34 20.00\n")).isEmpty();
    }

    @Test
    void ofThisProcessGrows() {
        Duration first = ProcessAge.now();
        assertThat(first).isGreaterThan(Duration.ZERO).isLessThan(Duration.ofHours(6));
        assertThat(ProcessAge.now()).isGreaterThanOrEqualTo(first);
    }

    @Test
    void isShownInSecondsWithTwoDigits() {
        URI url = URI.create("http://127.0.0.1:4000");
        assertThat(Serving.ready(url, Duration.ofMillis(154)))
                .isEqualTo("fairlead: ready on http://127.0.0.1:4000 in 0.15 s");
        assertThat(Serving.ready(url, Duration.ofMillis(4))).endsWith(" in 0.00 s");
        assertThat(Serving.ready(url, Duration.ofMillis(12_346))).endsWith(" in 12.35 s");
    }
}
