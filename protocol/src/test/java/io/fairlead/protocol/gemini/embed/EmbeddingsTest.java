package io.fairlead.protocol.gemini.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class EmbeddingsTest {
    @Test
    void recordingsAreWrittenAsTheyWereRead() {
        List<Exchange> all = Recordings.of("gemini/embed", "vertex/embed");
        assertThat(all).hasSize(4);
        for (Exchange exchange : all) {
            String path = exchange.path();
            String model = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':'));
            EmbedRequest request =
                    Embeddings.readRequest(
                            new WireRequest(
                                    exchange.request().orElseThrow(),
                                    Optional.of(model),
                                    Optional.empty(),
                                    Map.of()));
            assertThat(request.inputs()).allMatch(input -> !input.text().isEmpty());
            var written = Embeddings.writeRequest(request);
            assertThat(Json.parse(written.body())).isEqualTo(exchange.request().orElseThrow());
            assertThat(path).endsWith(written.path());
            EmbedAnswer answer = Embeddings.readAnswer(exchange.answer().orElseThrow());
            assertThat(answer.vectors()).hasSameSizeAs(request.inputs());
            assertThat(Json.parse(Embeddings.writeAnswer(answer)))
                    .isEqualTo(exchange.answer().orElseThrow());
        }
    }
}
