package io.fairlead.protocol.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing.FrameScanner;
import io.fairlead.protocol.codec.RoundTrip;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ChatRoundTripTest {
    private static final OpenAiChatProtocol PROTOCOL = new OpenAiChatProtocol();
    private static final RoundTrip ROUND_TRIP =
            new RoundTrip(PROTOCOL, ChatRoundTripTest::request, ChatRoundTripTest::expected);

    /** Azure has the model in the path. */
    static WireRequest request(Exchange exchange) {
        return new WireRequest(
                exchange.request().orElseThrow(),
                Optional.of("deployment"),
                Optional.empty(),
                Map.of());
    }

    /** The one difference: the usage of a stream is always asked for, since it is charged by it. */
    static Json expected(Json recorded) {
        if (recorded.get("messages").isEmpty()
                || !recorded.get("stream").equals(Optional.of(Json.TRUE))) {
            return recorded;
        }
        JsonObject asked = new JsonObject();
        asked.object("stream_options").put("include_usage", true);
        for (Json.Member member : recorded.members()) {
            asked.merge(Map.of(member.name(), member.value()));
        }
        return asked.toJson();
    }

    static List<Exchange> all() {
        return Recordings.ofOpenAiChat();
    }

    static List<Exchange> requests() {
        return all().stream().filter(exchange -> exchange.request().isPresent()).toList();
    }

    static List<Exchange> answers() {
        return all().stream()
                .filter(exchange -> exchange.answer().isPresent() && !exchange.failed())
                .toList();
    }

    static List<Exchange> streams() {
        return all().stream().filter(exchange -> !exchange.frames().isEmpty()).toList();
    }

    @Test
    void noRecordingIsLeftOut() {
        assertThat(all()).hasSize(96);
        assertThat(requests()).hasSize(89);
        assertThat(answers()).hasSize(43);
        assertThat(streams()).hasSize(34);
        assertThat(all().stream().filter(Exchange::failed)).hasSize(19);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestsAreWrittenAsTheyWereRead(Exchange exchange) {
        ROUND_TRIP.request(exchange);
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
    void messagesAreFoundByteByByte(Exchange exchange) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Frame frame : exchange.frames()) {
            body.writeBytes(PROTOCOL.framing().encode(frame));
        }
        byte[] bytes = body.toByteArray();
        FrameScanner scanner = PROTOCOL.framing().scanner(1 << 20);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            scanner.feed(bytes, i, i + 1).forEach(frame -> found.add(frame.text()));
        }
        scanner.end().forEach(frame -> found.add(frame.text()));
        assertThat(found).isEqualTo(exchange.frames().stream().map(Frame::text).toList());
    }
}
