package io.fairlead.simulator.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.Header;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

class OtherApisTest {

    private static Asked form(String path, String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append("--B\r\nContent-Disposition: form-data; name=\"")
                    .append(fields[i])
                    .append('"');
            if (fields[i].equals("file")) {
                body.append("; filename=\"a.wav\"\r\nContent-Type: audio/wav");
            }
            body.append("\r\n\r\n").append(fields[i + 1]).append("\r\n");
        }
        body.append("--B--\r\n");
        SimRequest request =
                new SimRequest(
                        "POST",
                        path,
                        "",
                        List.of(new Header("Content-Type", "multipart/form-data; boundary=B")),
                        body.toString().getBytes(StandardCharsets.UTF_8));
        return new Asked((SimAnswer.Reply) Asked.simulator().answer(request));
    }

    private static Asked get(OpenAiSimulator simulator, String method, String path) {
        SimRequest request = new SimRequest(method, path, "", List.of(), new byte[0]);
        return new Asked((SimAnswer.Reply) simulator.answer(request));
    }

    private static void valid(String schema, Asked asked) {
        assertThat(asked.reply().status()).isEqualTo(200);
        assertThat(OpenAiSchemas.problems(schema, asked.text())).as(asked.text()).isEmpty();
    }

    @Test
    void completesTexts() {
        Asked whole =
                Asked.post(
                        "/v1/completions", "{\"model\": \"echo\", \"prompt\": \"abc\", \"n\": 2}");
        valid("CreateCompletionResponse", whole);
        assertThat(whole.json().at("/choices/1/text").asString()).isEqualTo("abc");
        Asked stream =
                Asked.post(
                        "/v1/completions",
                        "{\"model\": \"lorem-5\", \"prompt\": [\"abc\"], \"stream\": true,"
                                + " \"stream_options\": {\"include_usage\": true}}");
        for (JsonNode event : stream.events()) {
            assertThat(OpenAiSchemas.problems("CreateCompletionResponse", event.toString()))
                    .isEmpty();
        }
        assertThat(stream.events().getLast().at("/usage/completion_tokens").asInt()).isEqualTo(5);
        assertThat(stream.data().getLast()).isEqualTo("[DONE]");
    }

    @Test
    void embedsTheSameTextTheSameWay() {
        Asked floats =
                Asked.post(
                        "/v1/embeddings",
                        "{\"model\": \"echo\", \"input\": [\"a\", \"b\", \"a\"], \"dimensions\":"
                                + " 8}");
        valid("CreateEmbeddingResponse", floats);
        assertThat(floats.json().at("/data/0/embedding"))
                .isEqualTo(floats.json().at("/data/2/embedding"));
        assertThat(floats.json().at("/data/0/embedding"))
                .isNotEqualTo(floats.json().at("/data/1/embedding"));
        Asked base64 =
                Asked.post(
                        "/v1/embeddings",
                        "{\"model\": \"echo\", \"input\": \"a\", \"dimensions\": 8,"
                                + " \"encoding_format\": \"base64\"}");
        valid("CreateEmbeddingResponse", base64);
        ByteBuffer bytes =
                ByteBuffer.wrap(
                                Base64.getDecoder()
                                        .decode(base64.json().at("/data/0/embedding").asString()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getFloat())
                .isEqualTo(floats.json().at("/data/0/embedding/0").floatValue());
        Asked tokens = Asked.post("/v1/embeddings", "{\"model\": \"echo\", \"input\": [1, 2, 3]}");
        assertThat(tokens.json().at("/usage/prompt_tokens").asInt()).isEqualTo(3);
        assertThat(tokens.json().at("/data/0/embedding").size()).isEqualTo(1_536);
    }

    @Test
    void ranksByTheWordsOfTheQuery() {
        Asked ranks =
                Asked.post(
                        "/v1/rerank",
                        "{\"model\": \"echo\", \"query\": \"what is ruby\", \"documents\":"
                                + " [\"Paris is a city\", {\"text\": \"Ruby is what?\"}, \"No\"],"
                                + " \"top_n\": 2, \"return_documents\": true}");

        assertThat(ranks.json().at("/results").size()).isEqualTo(2);
        assertThat(ranks.json().at("/results/0/index").asInt()).isEqualTo(1);
        assertThat(ranks.json().at("/results/0/relevance_score").asDouble()).isEqualTo(1);
        assertThat(ranks.json().at("/results/0/document/text").asString())
                .isEqualTo("Ruby is what?");
        assertThat(ranks.json().at("/results/1/index").asInt()).isZero();
        assertThat(ranks.json().at("/usage/total_tokens").asInt()).isPositive();
    }

    @Test
    void paintsAPixel() {
        valid(
                "ImagesResponse",
                Asked.post(
                        "/v1/images/generations",
                        "{\"model\": \"echo\", \"prompt\": \"x\", \"n\": 2}"));
        valid(
                "ImagesResponse",
                Asked.post(
                        "/v1/images/generations",
                        "{\"model\": \"echo\", \"prompt\": \"x\", \"response_format\": \"url\"}"));
        valid("ImagesResponse", form("/v1/images/edits", "model", "echo", "prompt", "x"));
        Asked stream =
                Asked.post(
                        "/v1/images/generations",
                        "{\"model\": \"echo\", \"prompt\": \"x\", \"stream\": true,"
                                + " \"partial_images\": 1}");
        assertThat(stream.events()).hasSize(2);
        for (JsonNode event : stream.events()) {
            assertThat(OpenAiSchemas.problems("ImageGenStreamEvent", event.toString())).isEmpty();
        }
    }

    @Test
    void speaksInBlocks() {
        Asked asked =
                Asked.post(
                        "/v1/audio/speech",
                        "{\"model\": \"echo\", \"input\": \"one two three four\","
                                + " \"response_format\": \"wav\"}");
        assertThat(asked.reply().headers().getFirst().value()).isEqualTo("audio/wav");
        assertThat(asked.reply().body().allBytes())
                .hasSize(SimTokens.count("one two three four") * 1_600);
        assertThat(asked.steps().size()).isGreaterThan(1);
    }

    @Test
    void transcribesInEveryForm() {
        valid(
                "CreateTranscriptionResponseJson",
                form(
                        "/v1/audio/transcriptions",
                        "model",
                        "echo",
                        "file",
                        "RIFF",
                        "prompt",
                        "héllo"));
        valid(
                "CreateTranscriptionResponseVerboseJson",
                form(
                        "/v1/audio/transcriptions",
                        "file",
                        "RIFF",
                        "model",
                        "echo",
                        "response_format",
                        "verbose_json"));
        valid(
                "CreateTranslationResponseJson",
                form("/v1/audio/translations", "model", "echo", "file", "R"));
        valid(
                "CreateTranslationResponseVerboseJson",
                form("/v1/audio/translations", "model", "echo", "response_format", "verbose_json"));
        assertThat(
                        form(
                                        "/v1/audio/transcriptions",
                                        "model",
                                        "echo",
                                        "prompt",
                                        "héllo",
                                        "response_format",
                                        "text")
                                .text())
                .isEqualTo("héllo\n");
        assertThat(
                        form("/v1/audio/transcriptions", "model", "echo", "response_format", "vtt")
                                .text())
                .startsWith("WEBVTT");
        Asked stream =
                form("/v1/audio/transcriptions", "model", "echo", "stream", "true", "file", "RIFF");
        for (JsonNode event : stream.events()) {
            assertThat(
                            OpenAiSchemas.problems(
                                    "CreateTranscriptionResponseStreamEvent", event.toString()))
                    .isEmpty();
        }
    }

    @Test
    void moderates() {
        Asked asked =
                Asked.post(
                        "/v1/moderations",
                        "{\"model\": \"echo\", \"input\": [\"peace\", \"Violence!\"]}");
        valid("CreateModerationResponse", asked);
        assertThat(asked.json().at("/results/0/flagged").asBoolean()).isFalse();
        assertThat(asked.json().at("/results/1/flagged").asBoolean()).isTrue();
    }

    @Test
    void listsItsModels() {
        OpenAiSimulator simulator = Asked.simulator();
        Asked list = get(simulator, "GET", "/v1/models");
        valid("ListModelsResponse", list);
        assertThat(list.json().get("data").valueStream().map(m -> m.get("id").asString()))
                .containsExactly("echo", "lorem", "tools", "slow", "flaky");
        valid("Model", get(simulator, "GET", "/v1/models/echo"));
        assertThat(get(simulator, "GET", "/v1/models/none").reply().status()).isEqualTo(404);
    }

    @Test
    void givesAStoredResponseBackUntilItIsDeleted() {
        OpenAiSimulator simulator = Asked.simulator();
        Asked made =
                Asked.post(simulator, "/v1/responses", "{\"model\": \"echo\", \"input\": \"hi\"}");
        String path = "/v1/responses/" + made.json().get("id").asString();
        assertThat(get(simulator, "GET", path).json()).isEqualTo(made.json());
        assertThat(get(simulator, "DELETE", path).reply().status()).isEqualTo(200);
        assertThat(get(simulator, "GET", path).reply().status()).isEqualTo(404);
    }
}
