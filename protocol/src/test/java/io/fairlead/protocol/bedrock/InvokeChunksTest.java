package io.fairlead.protocol.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.AwsEventStreamFraming;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing.FrameScanner;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

class InvokeChunksTest {
    private static final InvokeChunks CHUNKS = InvokeChunks.INSTANCE;

    static List<Exchange> streams() {
        return Recordings.of("bedrock/invoke").stream()
                .filter(exchange -> exchange.raw().isPresent())
                .toList();
    }

    @Test
    void recordingsHoldStreams() {
        assertThat(streams()).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void unwrapsRecordedEventsAndWrapsThemAgain(Exchange exchange) {
        byte[] raw = exchange.raw().orElseThrow();
        FrameScanner scanner = CHUNKS.scanner(1 << 20);
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < raw.length; i++) {
            frames.addAll(scanner.feed(raw, i, i + 1));
        }
        frames.addAll(scanner.end());
        assertThat(frames).hasSameSizeAs(exchange.frames());
        for (int i = 0; i < frames.size(); i++) {
            Json chunk = Json.parse(exchange.frames().get(i).data());
            byte[] inner = Base64.getDecoder().decode(chunk.get("bytes").orElseThrow().text());
            assertThat(frames.get(i).data()).isEqualTo(inner);
            assertThat(frames.get(i).name())
                    .isEqualTo(Json.parse(inner).get("type").map(Json::text).orElse(""));
            byte[] again = CHUNKS.encode(frames.get(i));
            Frame outer =
                    AwsEventStreamFraming.INSTANCE
                            .scanner(1 << 20)
                            .feed(again, 0, again.length)
                            .getFirst();
            assertThat(outer.name()).isEqualTo("chunk");
            assertThat(Json.parse(outer.data()).get("bytes")).isEqualTo(chunk.get("bytes"));
        }
        assertThat(frames.getLast().text()).contains("amazon-bedrock-invocationMetrics");
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException, rate_limit_error",
        "serviceUnavailableException, overloaded_error",
        "validationException, invalid_request_error",
        "modelTimeoutException, timeout_error",
        "internalServerException, api_error"
    })
    void exceptionsAreErrorsAsAnthropicSaysThem(String exception, String type) {
        byte[] bytes =
                AwsEventStreamFraming.INSTANCE.encode(
                        Frame.of(exception, "{\"message\":\"not now\"}"));
        Frame error = CHUNKS.scanner(1000).feed(bytes, 0, bytes.length).getFirst();
        assertThat(error.name()).isEqualTo("error");
        assertThat(error.text())
                .isEqualTo(
                        "{\"type\":\"error\",\"error\":{\"type\":\""
                                + type
                                + "\",\"message\":\"not now\"}}");
        assertThat(CHUNKS.encode(error)).isEqualTo(bytes);
    }

    @Test
    void refusesWhatIsNoBase64OrNoJson() {
        for (String payload :
                List.of("{\"bytes\":\"%\"}", "{\"bytes\":\"AAAA\"}", "{}", "[]", "")) {
            byte[] bytes = AwsEventStreamFraming.INSTANCE.encode(Frame.of("chunk", payload));
            FrameScanner scanner = CHUNKS.scanner(1000);
            assertThatThrownBy(() -> scanner.feed(bytes, 0, bytes.length))
                    .isInstanceOf(Unreadable.class);
        }
    }
}
