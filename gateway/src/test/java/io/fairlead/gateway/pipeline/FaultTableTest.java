package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Each fault of a provider, before and after the commit point, and what the client gets. */
final class FaultTableTest {
    /** Only a provider that stalls meets it: a slow machine must not look like another fault. */
    private static final Duration SOON = Duration.ofMillis(300);

    private static Harness patient;
    private static Harness strict;
    private static Harness strictLater;

    @BeforeAll
    static void start() {
        patient = new Harness();
        strict = new Harness(deadlines(SOON));
        strictLater = new Harness(deadlines(new Harness.Options().firstToken));
    }

    private static Harness.Options deadlines(Duration firstToken) {
        Harness.Options options = new Harness.Options();
        options.firstToken = firstToken;
        options.idle = SOON;
        return options;
    }

    @AfterAll
    static void stop() {
        patient.close();
        strict.close();
        strictLater.close();
    }

    @BeforeEach
    void forget() {
        patient.records.clear();
        strict.records.clear();
        strictLater.records.clear();
    }

    private static boolean stalls(String fault) {
        return fault.startsWith("stall");
    }

    private static Harness gateway(String fault) {
        return stalls(fault) ? strict : patient;
    }

    @ParameterizedTest
    @CsvSource({
        "reset-before-headers, 502, upstream_error",
        "cut-before-headers, 502, upstream_error",
        "stall-before-headers, 504, upstream_timeout",
        "reset-after-headers, 502, upstream_error",
        "cut-after-headers, 502, upstream_error",
        "stall-after-headers, 504, upstream_timeout",
        "cut-after-bytes-100, 502, upstream_error",
        "reset-after-bytes-100, 502, upstream_error",
        "stall-after-bytes-100, 504, upstream_timeout",
        "429, 429, rate_limited",
        "429-retry-after-7, 429, rate_limited",
        "400, 400, invalid_request",
        "401, 502, upstream_error",
        "402, 502, upstream_error",
        "403, 502, upstream_error",
        "404, 404, not_found",
        "408, 504, upstream_timeout",
        "413, 413, request_too_large",
        "422, 422, invalid_request",
        "500, 502, upstream_error",
        "502, 502, upstream_error",
        "503, 503, upstream_error",
        "504, 504, upstream_timeout",
        "529, 503, upstream_error",
        "html-200, 502, upstream_error",
        "html-502, 502, upstream_error",
        "malformed-json, 502, upstream_error",
        "empty, 502, upstream_error",
    })
    void turnsAUnaryFaultIntoATrueStatus(String fault, int status, String code) throws Exception {
        check(fault, false, status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "reset-before-headers, 502, upstream_error",
        "cut-before-headers, 502, upstream_error",
        "stall-before-headers, 504, upstream_timeout",
        "reset-after-headers, 502, upstream_error",
        "cut-after-headers, 502, upstream_error",
        "stall-after-headers, 504, upstream_timeout",
        "cut-after-events-1, 502, upstream_error",
        "stall-after-events-1, 504, upstream_timeout",
        "429-retry-after-7, 429, rate_limited",
        "400, 400, invalid_request",
        "401, 502, upstream_error",
        "404, 404, not_found",
        "500, 502, upstream_error",
        "503, 503, upstream_error",
        "html-200, 502, upstream_error",
        "error-chunk-1, 502, upstream_error",
        "error-event-1, 502, upstream_error",
        "empty, 502, upstream_error",
        "done-only, 502, upstream_error",
    })
    void turnsAStreamsFaultBeforeTheCommitPointIntoATrueStatus(
            String fault, int status, String code) throws Exception {
        check(fault, true, status, code);
    }

    private static void check(String fault, boolean stream, int status, String code)
            throws Exception {
        Harness gateway = gateway(fault);
        HttpResponse<String> answer =
                gateway.post(
                        "/v1/chat/completions", Harness.chat("one/echo-fault-" + fault, stream));
        RequestRecord entry = gateway.record();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse("")).contains("json");
        assertThat(answer.body()).contains("\"error\"").doesNotContain("sk-operator");
        assertThat(answer.headers().firstValue("x-fairlead-attempts")).contains("1");
        if (status == 429 || status == 503) {
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
        }
        assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(entry.status()).isEqualTo(status);
        assertThat(entry.errorCode()).contains(code);
        assertThat(entry.attempts()).hasSize(1);
        assertThat(entry.attempts().getFirst().fault()).isPresent();
    }

    @Test
    void handsTheProvidersRetryAfterOn() throws Exception {
        HttpResponse<String> answer =
                patient.post(
                        "/v1/chat/completions",
                        Harness.chat("one/echo-fault-429-retry-after-7", false));
        assertThat(answer.headers().firstValue("retry-after")).contains("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reset-after-events-3",
                "cut-after-events-3",
                "stall-after-events-3",
                "error-chunk-3",
                "error-event-3",
            })
    void tellsOfAFaultAfterTheCommitPointInTheStream(String fault) throws Exception {
        Harness gateway = stalls(fault) ? strictLater : patient;
        HttpResponse<String> answer =
                gateway.post("/v1/chat/completions", Harness.chat("one/echo-fault-" + fault, true));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"delta\"").doesNotContain("[DONE]");
        String last = answer.body().strip();
        last = last.substring(last.lastIndexOf("\n\n") + 1);
        assertThat(last).contains("data: ").contains("\"error\"");
        RequestRecord entry = gateway.record();
        assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(entry.status()).isEqualTo(200);
        assertThat(entry.errorCode()).isPresent();
        assertThat(entry.usage().outputTokens()).isPositive();
        assertThat(entry.usageEstimated()).isTrue();
    }

    @Test
    void passesOnlyOneEnd() throws Exception {
        HttpResponse<String> answer =
                patient.post(
                        "/v1/chat/completions", Harness.chat("one/echo-fault-duplicate-end", true));
        assertThat(answer.body()).endsWith("data: [DONE]\n\n").containsOnlyOnce("[DONE]");
        assertThat(answer.body().split("\"finish_reason\":\"stop\"", -1)).hasSize(2);
        assertThat(patient.record().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void addsTheLastWordToAStreamThatEndedWell() throws Exception {
        HttpResponse<String> answer =
                patient.post("/v1/chat/completions", Harness.chat("one/echo-fault-no-end", true));
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        assertThat(patient.record().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reset-before-headers",
                "stall-before-headers",
                "cut-after-headers",
                "cut-after-events-1",
                "stall-after-events-1",
                "429",
                "401",
                "404",
                "500",
                "html-200",
                "error-chunk-1",
                "empty",
            })
    void fallsBackWithoutTheClientNoticing(String fault) throws Exception {
        Harness.Options options = stalls(fault) ? deadlines(SOON) : new Harness.Options();
        options.targets = List.of("one/echo-fault-" + fault, "two/echo");
        try (Harness two = new Harness(options)) {
            HttpResponse<String> answer =
                    two.post("/v1/chat/completions", Harness.chat("both", true));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).endsWith("data: [DONE]\n\n").doesNotContain("error");
            assertThat(answer.headers().firstValue("x-fairlead-attempts")).contains("2");
            assertThat(answer.headers().firstValue("x-fairlead-model")).contains("two/echo");
            RequestRecord entry = two.record();
            assertThat(entry.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(entry.attempts()).hasSize(2);
            assertThat(entry.attempts().getLast().fault()).isEmpty();
        }
    }
}
