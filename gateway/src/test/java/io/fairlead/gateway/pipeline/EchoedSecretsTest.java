package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.Split;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;

/** Errors within a stream that echo what the provider was sent in confidence. */
final class EchoedSecretsTest {
    private static final String ORDINARY =
            """
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"echo","choices":\
            [{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

            : a comment, and then an event with unusual white space

            event:message
            data:  {"id":"c","object":"chat.completion.chunk","created":1,"model":"echo","choices":\
            [{"index":0,"delta":{"content":"sk-operator-one is a word like others — é"},\
            "finish_reason":null}]}

            """;

    private static Harness.Options echoing(String error, UnaryOperator<SimBody> split) {
        Harness.Options options = new Harness.Options();
        options.provider =
                request -> {
                    String text = ORDINARY + error.replace("BASE", base(request));
                    return SimAnswer.eventStream(split.apply(SimBody.of(text)));
                };
        return options;
    }

    private static String base(SimRequest request) {
        return request.header("host").orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, false",
        "/v1/chat/completions, true",
        "/passthrough/one/v1/chat/completions, false",
        "/passthrough/one/v1/chat/completions, true"
    })
    void areTakenOutAndAllElseStaysAsItIs(String path, boolean byteByByte) throws Exception {
        String error =
                """
                id: sk-operator-one
                event: error
                : asked at http://BASE/v1 with sk-operator-one
                data: {"error":{"message":"key sk-operator-one, or sk\\u002doperator-\\u006Fne, at \
                http:\\/\\/BASE\\/v1 – no","type":"server_error","code":"sk-operator-one",\
                "param":null}}

                """;
        try (Harness gateway =
                new Harness(echoing(error, byteByByte ? Split::everyByte : body -> body))) {
            HttpResponse<String> answer = gateway.post(path, Harness.chat("one/echo", true));

            String[] parts = answer.body().split("(?=id: )", 2);
            assertThat(parts[0]).isEqualTo(ORDINARY);
            assertThat(parts[1])
                    .isEqualTo(
                            """
                            id: [redacted]
                            event: error
                            : asked at [redacted] with [redacted]
                            data: {"error":{"message":"key [redacted], or [redacted], at \
                            [redacted] – no","type":"server_error","code":"[redacted]",\
                            "param":null}}

                            """);
            RequestRecord entry = gateway.record();
            assertThat(entry.toString()).doesNotContain("sk-operator");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void areTakenOutOfALastEventWithoutItsEnd(boolean byteByByte) throws Exception {
        String error = "data: {\"error\":{\"message\":\"bad key sk-operator-one\"}}";
        try (Harness gateway =
                new Harness(echoing(error, byteByByte ? Split::everyByte : body -> body))) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/passthrough/one/v1/chat/completions", Harness.chat("one/echo", true));

            assertThat(answer.body())
                    .isEqualTo(ORDINARY + error.replace("sk-operator-one", "[redacted]"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3 << 20, 20 << 20})
    void anEventTooLargeToBeAnErrorPasses(int bytes) throws Exception {
        String event = "data: {\"b64\":\"" + "A".repeat(bytes) + "\"}\n\ndata: [DONE]\n\n";
        try (Harness gateway = new Harness(echoing(event, body -> body))) {
            HttpResponse<String> answer =
                    gateway.post(
                            "/passthrough/one/v1/chat/completions", Harness.chat("one/echo", true));

            assertThat(answer.body().equals(ORDINARY + event)).isTrue();
        }
    }
}
