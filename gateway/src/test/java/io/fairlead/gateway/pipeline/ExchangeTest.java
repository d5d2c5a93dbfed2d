package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.simulator.SimAnswer;

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
            assertThat(answer.headers().firstValue("x-fairlead-cache")).contains("miss");
            assertThat(answer.headers().firstValue("x-fairlead-overhead-us")).isPresent();
            assertThat(answer.headers().firstValue("x-fairlead-request-id")).isPresent();
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

    private static HttpResponse<String> refused(String body) throws Exception {
        Harness.Options options = new Harness.Options();
        options.provider = _ -> SimAnswer.json(422, body);
        try (Harness gateway = new Harness(options)) {
            return gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));
        }
    }

    @Test
    void keepsAllThatAProviderSaysOfABadRequest() throws Exception {
        HttpResponse<String> answer =
                refused("{\"error\":{\"message\":\"no\",\"code\":7,\"failed_generation\":\"x\"}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "\"message\":\"no\"",
                        "\"code\":\"7\"",
                        "\"failed_generation\":\"x\"",
                        "type");
    }

    @Test
    void hidesAKeyThatAProviderEchoes() throws Exception {
        HttpResponse<String> answer =
                refused("{\"error\":{\"message\":\"key sk-operator-one is odd\",\"code\":null}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("key [redacted] is odd");
    }
}
