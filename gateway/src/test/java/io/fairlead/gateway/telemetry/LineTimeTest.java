package io.fairlead.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTimeTest {
    private final LineTime time = new LineTime();

    @Test
    void writesMillisecondsInThreeDigitsWithinAndAcrossSeconds() {
        assertThat(written(1_764_772_200_000L)).isEqualTo("2025-12-03T14:30:00.000Z");
        assertThat(written(1_764_772_200_042L)).isEqualTo("2025-12-03T14:30:00.042Z");
        assertThat(written(1_764_772_201_999L)).isEqualTo("2025-12-03T14:30:01.999Z");
        assertThat(written(-1)).isEqualTo("1969-12-31T23:59:59.999Z");
    }

    private String written(long epochMillis) {
        StringBuilder line = new StringBuilder();
        time.append(line, epochMillis);
        return line.toString();
    }
}
