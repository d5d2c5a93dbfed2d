package io.fairlead.protocol.gemini.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.gemini.GeminiProtocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class CountTokensTest {
    @Test
    void recordingsAreWrittenAsTheyWereRead() {
        List<Exchange> all = Recordings.of("gemini/count-tokens", "vertex/count-tokens");
        assertThat(all).hasSize(3);
        for (Exchange exchange : all) {
            GeminiProtocol protocol =
                    exchange.provider().equals("vertex")
                            ? GeminiProtocol.VERTEX
                            : GeminiProtocol.AI_STUDIO;
            String path = exchange.path();
            String model = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'));
            var request =
                    CountTokens.readRequest(
                            new WireRequest(
                                    exchange.request().orElseThrow(),
                                    Optional.of(model),
                                    Optional.empty(),
                                    Map.of()));
            var written = CountTokens.writeRequest(request, protocol);
            assertThat(Json.parse(written.body())).isEqualTo(exchange.request().orElseThrow());
            assertThat(path).endsWith(written.path());
            if (!exchange.failed()) {
                TokenCount count = CountTokens.readAnswer(exchange.answer().orElseThrow());
                assertThat(count.tokens()).isPositive();
                assertThat(Json.parse(CountTokens.writeAnswer(count)))
                        .isEqualTo(exchange.answer().orElseThrow());
            }
        }
    }

    @Test
    void aWholeRequestIsWrappedForAiStudioAndBareForVertex() {
        ChatRequest chat =
                ChatRequest.of(
                        "g", Turn.of(Role.SYSTEM, Text.of("s")), Turn.of(Role.USER, Text.of("u")));
        CountRequest count = new CountRequest(chat, false, Beside.NONE);
        Json wrapped = Json.parse(CountTokens.writeRequest(count, GeminiProtocol.AI_STUDIO).body());
        Json bare = Json.parse(CountTokens.writeRequest(count, GeminiProtocol.VERTEX).body());
        assertThat(wrapped.get("generateContentRequest").flatMap(r -> r.get("model")))
                .contains(Json.of("models/g"));
        assertThat(bare.get("systemInstruction")).isPresent();
    }
}
