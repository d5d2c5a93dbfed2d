package io.fairlead.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.RoundTrip;
import io.fairlead.protocol.codec.SseFraming;
import io.fairlead.protocol.codec.WireRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every recording of Google's, read and written again, is the same JSON. */
class GeminiRoundTripTest {
    static List<Exchange> exchanges() {
        return Recordings.of("gemini/generate-content", "vertex/generate-content");
    }

    private static RoundTrip roundTrip(Exchange exchange) {
        GeminiProtocol protocol =
                exchange.provider().equals("vertex")
                        ? GeminiProtocol.VERTEX
                        : GeminiProtocol.AI_STUDIO;
        return new RoundTrip(protocol, GeminiRoundTripTest::wire, json -> json);
    }

    static WireRequest wire(Exchange exchange) {
        String path = exchange.path();
        int from = path.lastIndexOf('/') + 1;
        int to = path.lastIndexOf(':');
        return new WireRequest(
                exchange.request().orElseThrow(),
                Optional.of(path.substring(from, to)),
                Optional.of(path.endsWith(":streamGenerateContent")),
                Map.of());
    }

    @Test
    void noneIsLeftOut() {
        List<Exchange> all = exchanges();
        assertThat(all).hasSize(38);
        assertThat(all.stream().filter(e -> e.request().isPresent())).hasSize(36);
        assertThat(all.stream().filter(e -> !e.failed() && e.answer().isPresent())).hasSize(24);
        assertThat(all.stream().filter(e -> !e.frames().isEmpty())).hasSize(8);
        assertThat(all.stream().filter(Exchange::failed)).hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void requestsAreTheSame(Exchange exchange) {
        if (exchange.request().isPresent()) {
            roundTrip(exchange).request(exchange);
            String path = RequestWriterPath.of(exchange);
            assertThat(exchange.path()).endsWith(path);
        }
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void answersAreTheSame(Exchange exchange) {
        if (!exchange.failed() && exchange.answer().isPresent()) {
            roundTrip(exchange).answer(exchange);
        }
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void streamsAreTheSame(Exchange exchange) {
        if (!exchange.frames().isEmpty()) {
            roundTrip(exchange).stream(exchange);
        }
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void streamsAreTheSameByteByByte(Exchange exchange) {
        List<Frame> whole = exchange.frames();
        var scanner = SseFraming.INSTANCE.scanner(1 << 20);
        List<Frame> cut = new ArrayList<>();
        for (Frame frame : whole) {
            byte[] bytes = SseFraming.INSTANCE.encode(frame);
            for (int i = 0; i < bytes.length; i++) {
                cut.addAll(scanner.feed(bytes, i, i + 1));
            }
        }
        cut.addAll(scanner.end());
        assertThat(cut).hasSameSizeAs(whole);
        for (int i = 0; i < cut.size(); i++) {
            assertThat(cut.get(i).text()).isEqualTo(whole.get(i).text());
        }
    }

    /** The path of the request that is written, without its query. */
    private static final class RequestWriterPath {
        static String of(Exchange exchange) {
            GeminiProtocol protocol =
                    exchange.provider().equals("vertex")
                            ? GeminiProtocol.VERTEX
                            : GeminiProtocol.AI_STUDIO;
            String path = protocol.writeRequest(protocol.readRequest(wire(exchange))).path();
            int query = path.indexOf('?');
            return query < 0 ? path : path.substring(0, query);
        }
    }
}
