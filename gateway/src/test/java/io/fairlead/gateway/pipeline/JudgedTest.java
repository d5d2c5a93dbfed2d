package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

/** Texts of OpenAI's clients, judged by Mistral, over sockets. */
final class JudgedTest {
    @Test
    void mistralJudgesForAnOpenAiClient() throws Exception {
        Harness.Options options = new Harness.Options();
        options.one = one -> TranscribedTest.ofType("mistral", one);
        options.provider =
                _ ->
                        SimAnswer.json(
                                200,
                                """
                                {"id":"1","model":"echo","results":[{"categories":{\
                                "selfharm":true},"category_scores":{"selfharm":0.8}}],\
                                "usage":{"prompt_tokens":100,"total_tokens":100,\
                                "completion_tokens":0}}\
                                """);
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> judged =
                    gateway.post("/v1/moderations", "{\"model\":\"one/echo\",\"input\":\"x\"}");

            assertThat(judged.statusCode()).as(judged.body()).isEqualTo(200);
            Json result =
                    Json.parse(judged.body()).get("results").orElseThrow().elements().getFirst();
            assertThat(result.get("categories").orElseThrow().get("self-harm")).hasValue(Json.TRUE);
            assertThat(judged.headers().firstValue("x-fairlead-cost")).hasValue("0.0001");
            HttpResponse<String> image =
                    gateway.post(
                            "/v1/moderations",
                            "{\"model\":\"one/echo\",\"input\":[{\"type\":\"image_url\","
                                    + "\"image_url\":{\"url\":\"https://a.example\"}}]}");
            assertThat(image.statusCode()).isEqualTo(400);
            assertThat(image.body()).contains("unsupported_parameter", "\"param\":\"input\"");
        }
    }
}
