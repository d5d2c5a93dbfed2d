package io.fairlead.protocol.service.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.translate.Translation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

/** Every recorded exchange about embeddings: read and written again it is the same. */
class EmbedRecordingsTest {
    /** What was asked in the provider's own form, as an OpenAI client would have said it. */
    private static final String COHERES_AS_OPENAIS =
            """
            {"model":"embed-v4.0","input":["Ruby","Python","JavaScript"],"dimensions":1024,\
            "input_type":"search_document"}\
            """;

    private static String model(Exchange exchange) {
        String path = exchange.path();
        return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'));
    }

    @ParameterizedTest
    @CsvSource({
        "openai/embeddings, OPENAI",
        "azure/embeddings, OPENAI",
        "openrouter/embeddings, OPENAI",
        "perplexity/embeddings, OPENAI",
        "mistral/embeddings, MISTRAL",
        "voyage/embeddings, VOYAGE"
    })
    void thoseInOpenAisForm(String folder, Dialect provider) {
        for (Exchange exchange : Recordings.of(folder)) {
            Json request = exchange.request().orElseThrow();
            String model = request.get("model").orElseThrow().text();
            Asked asked = Asked.openAi(request.toString());

            assertThat(asked.sent(provider, model)).as(exchange.id()).isEqualTo(request);
            if (exchange.failed()) {
                continue;
            }
            Json answer = exchange.answer().orElseThrow();
            // numbers or base64 as the provider gave them, cut as the recording is
            boolean base64 = asBase64(answer);
            Translation translation = base64(asked, base64).at(provider, model);
            assertThat(Asked.told(translation, answer.toString()))
                    .as(exchange.id())
                    .isEqualTo(provider == Dialect.VOYAGE ? withPromptTokens(answer) : answer);
        }
    }

    private static boolean asBase64(Json answer) {
        return answer.get("data")
                .orElseThrow()
                .elements()
                .getFirst()
                .get("embedding")
                .orElseThrow()
                .isString();
    }

    private static Asked base64(Asked asked, boolean base64) {
        JsonObject body = new JsonObject().put("encoding_format", base64 ? "base64" : "float");
        for (Json.Member member : Json.parse(asked.body()).members()) {
            if (!member.name().equals("encoding_format")) {
                body.put(member.name(), member.value());
            }
        }
        return Asked.openAi(body.toString());
    }

    /** Voyage has the total only, OpenAI's clients need both. */
    private static Json withPromptTokens(Json answer) {
        JsonObject body = new JsonObject();
        for (Json.Member member : answer.members()) {
            body.put(member.name(), member.value());
        }
        Json total = answer.get("usage").orElseThrow().get("total_tokens").orElseThrow();
        body.put("usage", new JsonObject().put("prompt_tokens", total).put("total_tokens", total));
        return body.toJson();
    }

    @Test
    void thoseInGooglesForm() {
        List<Exchange> all = Recordings.of("gemini/embed", "vertex/embed");
        assertThat(all).hasSize(4);
        for (Exchange exchange : all) {
            boolean batch = exchange.path().endsWith(":batchEmbedContents");
            Asked asked =
                    new Asked(
                            batch ? Endpoint.BATCH_EMBED_CONTENTS : Endpoint.EMBED_CONTENT,
                            exchange.request().orElseThrow().toString());
            Dialect provider =
                    exchange.provider().equals("vertex") ? Dialect.VERTEX : Dialect.GEMINI;
            Translation translation = asked.at(provider, model(exchange));

            assertThat(Json.parse(translation.request().body()))
                    .as(exchange.id())
                    .isEqualTo(exchange.request().orElseThrow());
            assertThat(exchange.path()).endsWith(translation.request().path());
            Json answer = exchange.answer().orElseThrow();
            assertThat(Asked.told(translation, answer.toString()))
                    .as(exchange.id())
                    .isEqualTo(answer);
        }
    }

    @Test
    void vertexPredictions() {
        for (Exchange exchange : Recordings.of("vertex/embed-predict")) {
            String text =
                    exchange.request()
                            .flatMap(it -> it.get("instances"))
                            .map(it -> it.elements().getFirst())
                            .flatMap(it -> it.get("content"))
                            .orElseThrow()
                            .toString();
            Asked asked =
                    Asked.openAi(
                            "{\"model\":\"x\",\"input\":"
                                    + text
                                    + ",\"task_type\":\"RETRIEVAL_DOCUMENT\"}");

            assertThat(asked.sent(Dialect.VERTEX, model(exchange)))
                    .isEqualTo(exchange.request().orElseThrow());
            assertThat(exchange.failed()).isTrue();
        }
    }

    @Test
    void coheresOwn() {
        List<Exchange> all = Recordings.of("cohere/v2-embed");
        assertThat(all).hasSize(2);
        Exchange exchange = all.stream().filter(it -> !it.failed()).findFirst().orElseThrow();
        Asked asked = Asked.openAi(COHERES_AS_OPENAIS);

        assertThat(asked.sent(Dialect.COHERE, "embed-v4.0"))
                .isEqualTo(exchange.request().orElseThrow());
        Json told =
                Asked.told(
                        asked.at(Dialect.COHERE, "embed-v4.0"),
                        exchange.answer().orElseThrow().toString());
        Json floats =
                exchange.answer()
                        .flatMap(it -> it.get("embeddings"))
                        .flatMap(it -> it.get("float"))
                        .orElseThrow();
        assertThat(told.get("data").orElseThrow().elements())
                .extracting(it -> it.get("embedding").orElseThrow())
                .containsExactlyElementsOf(floats.elements());
        assertThat(told.get("usage"))
                .hasValue(Json.parse("{\"prompt_tokens\":3,\"total_tokens\":3}"));
    }

    @Test
    void ollamasOlderAnswer() {
        for (Exchange exchange : Recordings.of("ollama/native-embeddings")) {
            Json answer = exchange.answer().orElseThrow();
            Json told =
                    Asked.told(
                            Asked.openAi("{\"model\":\"llama3\",\"input\":\"all-minilm\"}")
                                    .at(Dialect.OLLAMA, "llama3"),
                            answer.toString());

            assertThat(told.get("data").orElseThrow().elements().getFirst().get("embedding"))
                    .isEqualTo(answer.get("embedding"))
                    .isNotEqualTo(Optional.empty());
        }
    }
}
