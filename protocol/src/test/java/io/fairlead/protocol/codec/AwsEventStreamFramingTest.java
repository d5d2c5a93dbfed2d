package io.fairlead.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.Framing.FrameScanner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class AwsEventStreamFramingTest {
    private static final Framing FRAMING = AwsEventStreamFraming.INSTANCE;

    private static List<Exchange> streams() {
        return Recordings.of("bedrock/converse", "bedrock/invoke").stream()
                .filter(exchange -> exchange.raw().isPresent())
                .toList();
    }

    @Test
    void recordingsHoldStreams() {
        assertThat(streams()).hasSize(14);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void decodesRecordedBytesAndEncodesThemAgain(Exchange exchange) {
        byte[] raw = exchange.raw().orElseThrow();
        List<Frame> frames = FRAMING.scanner(1 << 20).feed(raw, 0, raw.length);
        same(frames, exchange.frames());
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        frames.forEach(frame -> again.writeBytes(FRAMING.encode(frame)));
        assertThat(again.toByteArray()).isEqualTo(raw);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void decodesByteByByte(Exchange exchange) {
        byte[] raw = exchange.raw().orElseThrow();
        FrameScanner scanner = FRAMING.scanner(1 << 20);
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < raw.length; i++) {
            frames.addAll(scanner.feed(raw, i, i + 1));
        }
        assertThat(scanner.end()).isEmpty();
        same(frames, exchange.frames());
    }

    private static void same(List<Frame> found, List<Frame> recorded) {
        assertThat(found).hasSameSizeAs(recorded);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).name()).isEqualTo(recorded.get(i).name());
            assertThat(found.get(i).text()).isEqualTo(recorded.get(i).text());
        }
    }

    @Test
    void exceptionsKeepTheirTypeAsName() {
        byte[] bytes = FRAMING.encode(Frame.of("throttlingException", "{\"message\":\"slow\"}"));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains(":exception-type")
                .contains(":message-type\u0007\u0000\u0009exception");
        Frame frame = FRAMING.scanner(1000).feed(bytes, 0, bytes.length).getFirst();
        assertThat(frame.name()).isEqualTo("throttlingException");
        assertThat(AwsEventStreamFraming.isException(frame)).isTrue();
    }

    @Test
    void bareErrorsBecomeExceptionsWithTheirMessage() {
        byte[] headers =
                join(
                        header(":message-type", 7, sized("error")),
                        header(":error-code", 7, sized("InternalFailure")),
                        header(":error-message", 7, sized("it broke")));
        byte[] message = message(headers, new byte[0]);
        Frame frame = FRAMING.scanner(1000).feed(message, 0, message.length).getFirst();
        assertThat(frame.name()).isEqualTo("InternalFailureException");
        assertThat(frame.text()).isEqualTo("{\"message\":\"it broke\"}");
    }

    @Test
    void walksOverHeadersOfEveryType() {
        byte[] headers =
                join(
                        header("true", 0, new byte[0]),
                        header("false", 1, new byte[0]),
                        header("byte", 2, new byte[1]),
                        header("short", 3, new byte[2]),
                        header("int", 4, new byte[4]),
                        header("long", 5, new byte[8]),
                        header("bytes", 6, sized("abc")),
                        header("time", 8, new byte[8]),
                        header("uuid", 9, new byte[16]),
                        header(":event-type", 7, sized("chunk")));
        byte[] message = message(headers, "{}".getBytes(StandardCharsets.UTF_8));
        Frame frame = FRAMING.scanner(1000).feed(message, 0, message.length).getFirst();
        assertThat(frame.name()).isEqualTo("chunk");
        assertThat(frame.text()).isEqualTo("{}");
    }

    @Test
    void refusesWrongChecksums() {
        byte[] good = FRAMING.encode(Frame.of("chunk", "{}"));
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            FrameScanner scanner = FRAMING.scanner(1000);
            assertThatThrownBy(() -> scanner.feed(bad, 0, bad.length))
                    .as("byte %d", i)
                    .isInstanceOf(Unreadable.class)
                    .hasMessageStartingWith("no event stream: ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 15, 17, 1 << 24, Integer.MAX_VALUE})
    void refusesHostileLengths(int length) {
        for (int headers : new int[] {0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            if (length == 17 && (headers == 0 || headers == 1)) {
                continue;
            }
            byte[] prelude = ByteBuffer.allocate(12).putInt(length).putInt(headers).array();
            int checksum = AwsEventStreamFraming.checksum(prelude, 0, 8);
            ByteBuffer.wrap(prelude).putInt(8, checksum);
            FrameScanner scanner = FRAMING.scanner(1 << 20);
            assertThatThrownBy(() -> scanner.feed(prelude, 0, prelude.length))
                    .isInstanceOf(Unreadable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\5ab", "\1a\7\0\5ab", "\1a\7\0", "\1a\12", "\1a\5abc", "\1a"})
    void refusesBrokenHeaders(String headers) {
        byte[] message = message(headers.getBytes(StandardCharsets.ISO_8859_1), new byte[0]);
        FrameScanner scanner = FRAMING.scanner(1000);
        assertThatThrownBy(() -> scanner.feed(message, 0, message.length))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void aMessageCutOffIsNone() {
        byte[] bytes = FRAMING.encode(Frame.of("chunk", "{}"));
        FrameScanner scanner = FRAMING.scanner(1000);
        assertThat(scanner.feed(bytes, 0, bytes.length - 1)).isEmpty();
        assertThat(scanner.end()).isEmpty();
    }

    @Test
    void throwsNothingElseOnAnyBytes() {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        byte[] raw = streams().getFirst().raw().orElseThrow();
        for (int round = 0; round < 3000; round++) {
            byte[] bytes;
            if (random.nextInt(3) == 0) {
                bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
            } else {
                bytes = hostile(random);
            }
            byte[] all = random.nextBoolean() ? bytes : join(Arrays.copyOf(raw, 400), bytes);
            FrameScanner scanner = FRAMING.scanner(4096);
            int at = 0;
            try {
                while (at < all.length) {
                    int to = Math.min(all.length, at + 1 + random.nextInt(50));
                    scanner.feed(all, at, to);
                    at = to;
                }
                scanner.end();
            } catch (Unreadable expected) {
                // The one exception of readers.
            } catch (RuntimeException other) {
                throw new AssertionError("seed " + seed + ", round " + round, other);
            }
        }
    }

    /** A message with right checksums around random headers. */
    private static byte[] hostile(SplittableRandom random) {
        byte[] headers = new byte[random.nextInt(40)];
        random.nextBytes(headers);
        for (int i = 0; i < headers.length; i++) {
            headers[i] = (byte) (headers[i] & 15);
        }
        return message(headers, new byte[random.nextInt(10)]);
    }

    private static byte[] message(byte[] headers, byte[] payload) {
        int length = 16 + headers.length + payload.length;
        ByteBuffer out = ByteBuffer.allocate(length).putInt(length).putInt(headers.length);
        out.putInt(AwsEventStreamFraming.checksum(out.array(), 0, 8)).put(headers).put(payload);
        out.putInt(AwsEventStreamFraming.checksum(out.array(), 0, length - 4));
        return out.array();
    }

    private static byte[] header(String name, int type, byte[] value) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return join(new byte[] {(byte) bytes.length}, bytes, new byte[] {(byte) type}, value);
    }

    private static byte[] sized(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return join(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, bytes);
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
