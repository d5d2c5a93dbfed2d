package io.fairlead.protocol.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing.FrameScanner;
import io.fairlead.protocol.codec.RoundTrip;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.StreamEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RoundTripTest {
    private static final BedrockConverseProtocol PROTOCOL = new BedrockConverseProtocol();
    private static final RoundTrip ROUND_TRIP =
            new RoundTrip(PROTOCOL, RoundTripTest::request, json -> json);

    static WireRequest request(Exchange exchange) {
        String[] path = exchange.path().split("/", -1);
        return new WireRequest(
                exchange.request().orElseThrow(),
                Optional.of(URLDecoder.decode(path[2], StandardCharsets.UTF_8)),
                Optional.of(path[3].equals("converse-stream")),
                Map.of());
    }

    static List<Exchange> requests() {
        return Recordings.of("bedrock/converse");
    }

    static List<Exchange> answers() {
        return requests().stream()
                .filter(exchange -> exchange.frames().isEmpty() && !exchange.failed())
                .toList();
    }

    static List<Exchange> streams() {
        return requests().stream().filter(exchange -> !exchange.frames().isEmpty()).toList();
    }

    @Test
    void noRecordingIsLeftOut() {
        assertThat(requests()).hasSize(24);
        assertThat(requests()).allMatch(exchange -> exchange.request().isPresent());
        assertThat(requests().stream().filter(Exchange::failed)).hasSize(2);
        assertThat(answers()).hasSize(13);
        assertThat(streams()).hasSize(9);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestsAreWrittenAsTheyWereRead(Exchange exchange) {
        ROUND_TRIP.request(exchange);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestsGoWhereTheyCameFrom(Exchange exchange) {
        String path = PROTOCOL.writeRequest(PROTOCOL.readRequest(request(exchange))).path();
        assertThat(path).isEqualTo(exchange.path().replaceAll("v(\\d):0/", "v$1%3A0/"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answersAreWrittenAsTheyWereRead(Exchange exchange) {
        ROUND_TRIP.answer(exchange);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamsAreWrittenAsTheyWereRead(Exchange exchange) {
        ROUND_TRIP.stream(exchange);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamsAreTheSameByteByByte(Exchange exchange) {
        byte[] raw = exchange.raw().orElseThrow();
        FrameScanner scanner = PROTOCOL.framing().scanner(1 << 20);
        StreamReader reader = PROTOCOL.streamReader();
        StreamWriter writer =
                PROTOCOL.streamWriter(new AnswerContext(ChatRequest.of("m"), "1", "m", 1));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        List<Frame> frames = new ArrayList<>();
        boolean complete = false;
        for (int i = 0; i < raw.length; i++) {
            for (Frame frame : scanner.feed(raw, i, i + 1)) {
                var batch = reader.read(frame);
                complete |= batch.events().stream().anyMatch(StreamEvent.Ended.class::isInstance);
                for (Frame again : writer.write(batch)) {
                    written.writeBytes(PROTOCOL.framing().encode(again));
                }
            }
        }
        assertThat(complete).as("complete").isTrue();
        byte[] bytes = written.toByteArray();
        frames.addAll(PROTOCOL.framing().scanner(1 << 20).feed(bytes, 0, bytes.length));
        assertThat(frames).hasSameSizeAs(exchange.frames());
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).name()).isEqualTo(exchange.frames().get(i).name());
            assertThat(Json.parse(frames.get(i).data()))
                    .isEqualTo(Json.parse(exchange.frames().get(i).data()));
        }
    }
}
