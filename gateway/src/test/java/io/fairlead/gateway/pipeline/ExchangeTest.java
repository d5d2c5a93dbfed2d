package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord.Outcome;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

final class ExchangeTest {
    @Test
    void answersWithWhatTheProviderSays() throws Exception {
        try (Harness gateway = new Harness()) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("hello there");
            assertThat(answer.headers().firstValue("x-fairlead-model")).contains("one/echo");
            assertThat(answer.headers().firstValue("x-fairlead-attempts")).contains("1");
            assertThat(answer.headers().firstValue("x-fairlead-cost")).isPresent();
            assertThat(gateway.record().outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(gateway.provider.traffic().newest().request().header("authorization"))
                    .contains("Bearer sk-operator-one");
        }
    }

    @Test
    void relaysStreams() throws Exception {
        try (Harness gateway = new Harness()) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", Harness.chat("one/echo", true));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("hell").endsWith("data: [DONE]\n\n");
            assertThat(gateway.record().outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(gateway.record().usage().outputTokens()).isPositive();
        }
    }
}
