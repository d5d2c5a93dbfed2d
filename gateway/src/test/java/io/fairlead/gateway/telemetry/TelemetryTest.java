package io.fairlead.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

class TelemetryTest {
    private static final TelemetrySettings QUIET =
            new TelemetrySettings(TelemetrySettings.RequestLog.OFF, Duration.ofMinutes(10), true);

    private final Telemetry telemetry = new Telemetry(QUIET);

    @Test
    void countsWhatARequestUsedAndCost() {
        telemetry.started();
        telemetry.completed(Entries.completed("openai/gpt-5"), Passport.open());

        assertThat(scrape())
                .contains(
                        "fairlead_requests_total{endpoint=\"chat_completions\",model=\"gpt-5\","
                                + "outcome=\"completed\",provider=\"openai\",status=\"2xx\"} 1.0")
                .contains(
                        "fairlead_tokens_total{kind=\"input\",model=\"gpt-5\",provider=\"openai\"}"
                                + " 100.0")
                .contains("kind=\"cached_input\",model=\"gpt-5\",provider=\"openai\"} 40.0")
                .contains("kind=\"reasoning\",model=\"gpt-5\",provider=\"openai\"} 5.0")
                .contains("fairlead_spend_usd_total{model=\"gpt-5\",provider=\"openai\"} 1.4E-4")
                .contains(
                        "fairlead_upstream_attempts_total{model=\"gpt-5\",provider=\"openai\","
                                + "result=\"ok\"} 1.0")
                .contains("fairlead_overhead_seconds_bucket{le=\"2.0E-4\"} 1")
                .contains(
                        "fairlead_first_token_seconds_bucket{model=\"gpt-5\",provider=\"openai\","
                                + "le=\"0.25\"} 1")
                .contains(
                        "fairlead_request_duration_seconds_sum{model=\"gpt-5\",provider=\"openai\"}"
                                + " 1.5")
                .contains("fairlead_key_requests_total{key=\"key_7f3a9c0d51e2\"} 1.0")
                .contains("fairlead_in_flight_requests 0.0");
    }

    @Test
    void modelIdsThatClientsMakeUpGetNoSeriesOfTheirOwn() {
        for (int i = 0; i < 1_000; i++) {
            telemetry.completed(Entries.failed("openai/made-up-" + i), Passport.open());
        }

        assertThat(scrape())
                .doesNotContain("made-up")
                .contains(
                        "model=\"other\",outcome=\"failed\",provider=\"openai\",status=\"4xx\"}"
                                + " 1000.0");
    }

    @Test
    void theNumberOfSeriesIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            telemetry.completed(Entries.completed("p" + i + "/m" + i), Passport.open());
        }
        long series = scrape().lines().filter(line -> line.startsWith("fairlead_requests")).count();

        assertThat(series).isBetween(200L, 402L);
    }

    @Test
    void showsValuesThatOtherRoomsOwn() {
        telemetry.gauges().gauge("fairlead_journal_bytes", "Bytes.", () -> 42);
        telemetry.gauges().total("fairlead_lost", "Lost.", () -> 3);
        telemetry.gauges().gauges("fairlead_pool", "Pool.", "provider", () -> Map.of("openai", 2));

        assertThat(scrape())
                .contains("fairlead_journal_bytes 42.0")
                .contains("fairlead_lost_total 3.0")
                .contains("fairlead_pool{provider=\"openai\"} 2.0");
    }

    @Test
    void showsTheProcess() {
        assertThat(scrape())
                .contains("fairlead_jvm_heap_used_bytes ")
                .contains("fairlead_jvm_threads ")
                .contains("fairlead_jvm_gc_seconds_total ");
    }

    private String scrape() {
        return new String(telemetry.scrape(), StandardCharsets.UTF_8);
    }
}
