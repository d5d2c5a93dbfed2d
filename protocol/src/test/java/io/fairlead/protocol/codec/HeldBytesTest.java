package io.fairlead.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.gemini.GeminiArrayFraming;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

class HeldBytesTest {
    private static final String DATA = "{\"a\":\"" + "x".repeat(1_000) + "\"}";

    static Stream<Framing> framings() {
        return Stream.of(
                SseFraming.INSTANCE,
                JsonLinesFraming.INSTANCE,
                AwsEventStreamFraming.INSTANCE,
                GeminiArrayFraming.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("framings")
    void whatIsKeptOfAMessageIsTold(Framing framing) {
        byte[] message = framing.encode(Frame.of("event", DATA));
        Framing.FrameScanner scanner = framing.scanner(1 << 20);
        assertThat(scanner.feed(message, 0, 600)).isEmpty();
        assertThat(scanner.held()).isBetween(500, 600);
        assertThat(scanner.feed(message, 600, message.length)).hasSize(1);
        assertThat(scanner.held()).isZero();
    }
}
