package io.fairlead.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.RoundTrip;
import io.fairlead.protocol.codec.SseFraming;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every recording of Anthropic's, and those of Claude at Bedrock's InvokeModel. */
class RoundTripTest {
    private static final RoundTrip MESSAGES =
            new RoundTrip(
                    AnthropicProtocol.MESSAGES,
                    exchange -> WireRequest.of(exchange.request().orElseThrow()),
                    recorded -> recorded);

    private static final RoundTrip VERTEX =
            new RoundTrip(
                    AnthropicProtocol.VERTEX,
                    exchange -> WireRequest.of(exchange.request().orElseThrow()),
                    recorded -> recorded);

    private static final RoundTrip BEDROCK =
            new RoundTrip(
                    AnthropicProtocol.bedrock(SseFraming.INSTANCE),
                    RoundTripTest::atBedrock,
                    recorded -> recorded);

    private static WireRequest atBedrock(Exchange exchange) {
        String[] path = exchange.path().split("/", -1);
        return new WireRequest(
                exchange.request().orElseThrow(),
                Optional.of(URLDecoder.decode(path[2], StandardCharsets.UTF_8)),
                Optional.of(path[3].endsWith("stream")),
                Map.of());
    }

    static List<Exchange> messages() {
        return Recordings.of("anthropic/messages");
    }

    static List<Exchange> claudeAtBedrock() {
        return Recordings.of("bedrock/invoke").stream()
                .filter(e -> e.path().contains("anthropic.claude") && !e.failed())
                .toList();
    }

    @Test
    void looksAtEveryRecording() {
        List<Exchange> all = messages();
        assertThat(all).hasSize(29);
        assertThat(all.stream().filter(e -> e.request().isPresent())).hasSize(27);
        assertThat(all.stream().filter(Exchange::failed)).hasSize(4);
        assertThat(all.stream().filter(e -> e.answer().isPresent() && !e.failed())).hasSize(16);
        assertThat(all.stream().filter(e -> !e.frames().isEmpty())).hasSize(9);
        assertThat(all.stream().mapToInt(e -> answers(e).size()).sum()).isEqualTo(11);
        assertThat(claudeAtBedrock()).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void writesMessagesAsTheyWereRead(Exchange exchange) {
        if (exchange.request().isPresent()) {
            MESSAGES.request(exchange);
        }
        if (!exchange.failed() && exchange.answer().isPresent()) {
            MESSAGES.answer(exchange);
        }
        if (!exchange.frames().isEmpty()) {
            for (Exchange answer : answers(exchange)) {
                MESSAGES.stream(answer);
                VERTEX.stream(answer);
            }
        }
    }

    /** One recording holds the streams of several answers, one after the other. */
    private static List<Exchange> answers(Exchange exchange) {
        List<List<Frame>> answers = new ArrayList<>();
        for (Frame frame : exchange.frames()) {
            if (frame.name().equals("message_start")) {
                answers.add(new ArrayList<>());
            }
            answers.getLast().add(frame);
        }
        return answers.stream().map(frames -> with(exchange, frames)).toList();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void readsFramesFedByteByByte(Exchange exchange) {
        Framing framing = AnthropicProtocol.MESSAGES.framing();
        Framing.FrameScanner scanner = framing.scanner(1 << 22);
        List<Frame> found = new ArrayList<>();
        for (Frame frame : exchange.frames()) {
            byte[] bytes = framing.encode(frame);
            for (int i = 0; i < bytes.length; i++) {
                found.addAll(scanner.feed(bytes, i, i + 1));
            }
        }
        found.addAll(scanner.end());
        assertThat(found.stream().map(Frame::text))
                .containsExactlyElementsOf(exchange.frames().stream().map(Frame::text).toList());
    }

    @ParameterizedTest
    @MethodSource("claudeAtBedrock")
    void writesMessagesOfBedrockAsTheyWereRead(Exchange exchange) {
        BEDROCK.request(exchange);
        if (exchange.answer().isPresent()) {
            BEDROCK.answer(exchange);
        }
        if (!exchange.frames().isEmpty()) {
            BEDROCK.stream(chunks(exchange));
        }
    }

    /** The events inside the chunks. */
    private static Exchange chunks(Exchange exchange) {
        List<Frame> inner = new ArrayList<>();
        for (Frame frame : exchange.frames()) {
            String base64 = Json.parse(frame.data()).get("bytes").orElseThrow().text();
            byte[] event = Base64.getDecoder().decode(base64);
            inner.add(new Frame(Json.parse(event).get("type").orElseThrow().text(), event));
        }
        return with(exchange, inner);
    }

    private static Exchange with(Exchange exchange, List<Frame> frames) {
        return new Exchange(
                exchange.id(),
                exchange.provider(),
                exchange.api(),
                exchange.path(),
                exchange.status(),
                exchange.request(),
                exchange.answer(),
                frames,
                Optional.empty());
    }

    static List<Exchange> countTokens() {
        return Recordings.of("anthropic/count-tokens");
    }

    @ParameterizedTest
    @MethodSource("countTokens")
    void writesCountsAsTheyWereRead(Exchange exchange) {
        AnthropicProtocol protocol = AnthropicProtocol.MESSAGES;
        Json request = exchange.request().orElseThrow();
        var read = protocol.readCountRequest(WireRequest.of(request));
        var written = protocol.writeCountRequest(read);
        assertThat(written.path()).isEqualTo("/messages/count_tokens");
        assertThat(Json.parse(written.body())).isEqualTo(request);
        Json answer = exchange.answer().orElseThrow();
        assertThat(Json.parse(protocol.writeCount(protocol.readCount(answer)))).isEqualTo(answer);
        assertThat(countTokens()).hasSize(3);
    }
}
