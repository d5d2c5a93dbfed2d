package io.fairlead.protocol.service.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.bedrock.BedrockConverseProtocol;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.translate.Translation;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every recorded count is written as it was read. */
class CountRecordingsTest {
    private final Counting counting = new Counting();

    @Test
    void requestsOfClientsComeToTheirOwnProviderAsTheyWere() {
        compare("anthropic/count-tokens", 3, Endpoint.COUNT_TOKENS, Protocol.ANTHROPIC_MESSAGES);
        compare("gemini/count-tokens", 2, Endpoint.COUNT_CONTENT, Protocol.GEMINI);
        compare("vertex/count-tokens", 1, Endpoint.COUNT_CONTENT, Protocol.VERTEX_GEMINI);
        compare(
                "openai/responses-input-tokens",
                1,
                Endpoint.INPUT_TOKENS,
                Protocol.OPENAI_RESPONSES);
    }

    private void compare(String folder, int size, Endpoint client, Protocol provider) {
        List<Exchange> all = Recordings.of(folder);
        assertThat(all).hasSize(size);
        for (Exchange exchange : all) {
            Json asked = exchange.request().orElseThrow();
            Translation translation =
                    counting.read(request(client, asked, model(exchange)))
                            .at(Dialect.of(provider), target(model(exchange), provider));

            ProviderRequest written = written(client, provider, asked, model(exchange));

            assertThat(Json.parse(written.body())).as(exchange.id()).isEqualTo(asked);
            assertThat(exchange.path()).endsWith(written.path());
            if (!exchange.failed()) {
                answered(exchange, client, Dialect.of(provider), translation);
            }
        }
    }

    /** Without the rewritings that a client of another protocol may need. */
    private static ProviderRequest written(
            Endpoint client, Protocol provider, Json asked, String model) {
        AskedCount read = AskedCount.read(request(client, asked, model));
        return CountForm.of(Dialect.of(provider))
                .orElseThrow()
                .request(provider, read.conversation().withModel(model));
    }

    private void answered(
            Exchange exchange, Endpoint client, Dialect provider, Translation translation) {
        byte[] answer = exchange.answer().orElseThrow().toString().getBytes(StandardCharsets.UTF_8);
        Translation.Unary told = translation.answer(Optional.empty(), answer);
        Translation.Unary watched = counting.watched(client, provider, answer);
        assertThat(told.fault()).isEmpty();
        assertThat(watched.fault()).isEmpty();
        assertThat(watched.bytes()).isEqualTo(answer);
        Json count = Json.parse(told.bytes());
        for (Json.Member member : count.members()) {
            assertThat(exchange.answer().orElseThrow().get(member.name()))
                    .as(exchange.id())
                    .contains(member.value());
        }
    }

    @Test
    void conversationsAreWrappedForBedrockAsRecorded() {
        List<Exchange> all = Recordings.of("bedrock/count-tokens");
        assertThat(all).hasSize(3);
        int compared = 0;
        for (Exchange exchange : all) {
            Json input = exchange.request().flatMap(it -> it.get("input")).orElseThrow();
            Optional<Json> converse = input.get("converse");
            if (converse.isEmpty()) {
                // counts what InvokeModel would read, which we never ask for
                assertThat(input.get("invokeModel")).isPresent();
                continue;
            }
            String path = exchange.path();
            String model =
                    path.substring("/model/".length(), path.lastIndexOf('/')).replace("%3A", ":");
            ProviderRequest written =
                    new BedrockCount()
                            .request(
                                    Protocol.BEDROCK_CONVERSE,
                                    new BedrockConverseProtocol()
                                            .readRequest(
                                                    new WireRequest(
                                                            converse.get(),
                                                            Optional.of(model),
                                                            Optional.of(false),
                                                            Map.of())));
            assertThat(written.path()).isEqualTo(path);
            assertThat(Json.parse(written.body())).isEqualTo(exchange.request().orElseThrow());
            compared++;
        }
        assertThat(compared).isEqualTo(2);
    }

    private static String model(Exchange exchange) {
        String path = exchange.path();
        return path.contains(":countTokens")
                ? path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'))
                : exchange.request().flatMap(it -> it.get("model")).orElseThrow().text();
    }

    static ServiceRequest request(Endpoint client, Json body, String model) {
        return new ServiceRequest(
                client,
                body.toString().getBytes(StandardCharsets.UTF_8),
                Optional.of("application/json"),
                model,
                Map.of());
    }

    static ServiceTarget target(String model, Protocol protocol) {
        return new ServiceTarget(model, protocol, ModelFacts.unknown(model), "id", 0);
    }
}
