package io.fairlead.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.RoundTrip;
import io.fairlead.protocol.codec.WireRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;

/** Every recorded exchange of the Responses API, read and written again. */
class RoundTripTest {
    private static final ChatProtocol PROTOCOL = new OpenAiResponsesProtocol();

    private final RoundTrip roundTrip =
            new RoundTrip(
                    PROTOCOL,
                    exchange -> WireRequest.of(exchange.request().orElseThrow()),
                    recorded -> recorded);

    static List<Exchange> all() {
        return Recordings.of(
                "openai/responses",
                "openai/responses-retrieve",
                "azure/responses",
                "bedrock-mantle/responses",
                "deepseek/responses",
                "xai/responses",
                "openrouter/responses",
                "lmstudio/responses");
    }

    static List<Exchange> requests() {
        return all().stream().filter(exchange -> exchange.request().isPresent()).toList();
    }

    static List<Exchange> answers() {
        return all().stream()
                .filter(exchange -> !exchange.failed() && exchange.answer().isPresent())
                .toList();
    }

    static List<Exchange> streams() {
        return all().stream().filter(exchange -> !exchange.frames().isEmpty()).toList();
    }

    @Test
    void noRecordingIsPassedOver() {
        long errors = all().stream().filter(Exchange::failed).count();

        assertThat(answers().size() + streams().size() + errors).isEqualTo(all().size());
        assertThat(requests()).hasSizeGreaterThanOrEqualTo(37);
        assertThat(streams()).hasSizeGreaterThanOrEqualTo(17);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestIsTheSame(Exchange exchange) {
        roundTrip.request(exchange);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answerIsTheSame(Exchange exchange) {
        roundTrip.answer(exchange);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamIsTheSame(Exchange exchange) {
        roundTrip.stream(exchange);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void streamIsTheSameByteByByte(Exchange exchange) {
        Framing framing = PROTOCOL.framing();
        Framing.FrameScanner scanner = framing.scanner(16 << 20);
        List<Frame> found = new ArrayList<>();
        for (Frame frame : exchange.frames()) {
            byte[] bytes = framing.encode(frame);
            for (int i = 0; i < bytes.length; i++) {
                found.addAll(scanner.feed(bytes, i, i + 1));
            }
        }
        found.addAll(scanner.end());
        Exchange fed =
                new Exchange(
                        exchange.id(),
                        exchange.provider(),
                        exchange.api(),
                        exchange.path(),
                        exchange.status(),
                        exchange.request(),
                        exchange.answer(),
                        found,
                        exchange.raw());

        assertThat(found).hasSameSizeAs(exchange.frames());
        roundTrip.stream(fed);
    }
}
