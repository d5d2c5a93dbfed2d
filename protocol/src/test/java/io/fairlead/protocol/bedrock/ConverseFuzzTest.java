package io.fairlead.protocol.bedrock;

import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing.FrameScanner;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Changed recordings go through all readers: only {@link Unreadable} comes out. */
class ConverseFuzzTest {
    private static final BedrockConverseProtocol PROTOCOL = new BedrockConverseProtocol();
    private static final AnswerContext CONTEXT =
            new AnswerContext(ChatRequest.of("m"), "id", "m", 1);
    private static final int ROUNDS = 1500;
    private static final int LARGEST = 4000;
    private static final long SEED = 20261122;

    private static final String[] WORDS = {
        "null",
        "1",
        "-1e999",
        "[]",
        "{}",
        "\"\"",
        "true",
        "[{}]",
        "{\"text\":1}",
        "[null]",
        "\"x\"",
        "99999999999999999999",
    };

    /** Puts another value where some value is, or changes some byte. */
    private static byte[] changed(byte[] json, SplittableRandom random) {
        String text = new String(json, StandardCharsets.UTF_8);
        for (int changes = 1 + random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
            int at = text.indexOf(':', random.nextInt(text.length()));
            if (at > 0 && random.nextInt(4) > 0) {
                int end = at + 1;
                int depth = 0;
                while (end < text.length()) {
                    char c = text.charAt(end);
                    if (c == '{' || c == '[') {
                        depth++;
                    } else if (c == '}' || c == ']') {
                        depth--;
                    }
                    if (depth < 0 || (depth == 0 && c == ',')) {
                        break;
                    }
                    end++;
                }
                String word = WORDS[random.nextInt(WORDS.length)];
                text = text.substring(0, at + 1) + word + text.substring(end);
            } else {
                int place = random.nextInt(text.length());
                char c = (char) (32 + random.nextInt(95));
                text = text.substring(0, place) + c + text.substring(place + 1);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void each(List<byte[]> samples, Consumer<byte[]> reader) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = changed(samples.get(random.nextInt(samples.size())), random);
            try {
                reader.accept(bytes);
            } catch (Unreadable expected) {
                // The one exception of readers.
            } catch (RuntimeException | StackOverflowError other) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                throw new AssertionError("seed " + SEED + ", round " + round + ": " + text, other);
            }
        }
    }

    private static void add(List<byte[]> samples, Optional<Json> json) {
        json.map(value -> value.toString().getBytes(StandardCharsets.UTF_8))
                .filter(bytes -> bytes.length < LARGEST)
                .ifPresent(samples::add);
    }

    @Test
    void requests() {
        List<byte[]> samples = new ArrayList<>();
        RoundTripTest.requests().forEach(exchange -> add(samples, exchange.request()));
        each(
                samples,
                bytes -> {
                    WireRequest wire =
                            new WireRequest(
                                    Fields.parse(bytes),
                                    Optional.of("m"),
                                    Optional.empty(),
                                    Map.of());
                    ChatRequest request = PROTOCOL.readRequest(wire);
                    Json.parse(PROTOCOL.writeRequest(request).body());
                });
    }

    @Test
    void answers() {
        List<byte[]> samples = new ArrayList<>();
        RoundTripTest.answers().forEach(exchange -> add(samples, exchange.answer()));
        each(
                samples,
                bytes ->
                        Json.parse(
                                PROTOCOL.writeAnswer(
                                        PROTOCOL.readAnswer(Fields.parse(bytes)), CONTEXT)));
    }

    @Test
    void streams() {
        List<Exchange> streams = RoundTripTest.streams();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS / 20; round++) {
            StreamReader reader = PROTOCOL.streamReader();
            StreamWriter writer = PROTOCOL.streamWriter(CONTEXT);
            List<Frame> frames = streams.get(random.nextInt(streams.size())).frames();
            for (int i = 0; i < 40; i++) {
                Frame frame = frames.get(random.nextInt(frames.size()));
                String name =
                        random.nextInt(9) == 0
                                ? frames.get(random.nextInt(frames.size())).name()
                                : frame.name();
                byte[] data = random.nextInt(3) == 0 ? changed(frame.data(), random) : frame.data();
                try {
                    writer.write(reader.read(new Frame(name, data)));
                } catch (Unreadable expected) {
                    // The one exception of readers.
                } catch (RuntimeException other) {
                    throw new AssertionError("seed " + SEED + ", round " + round, other);
                }
            }
            writer.write(reader.end());
        }
    }

    @Test
    void chunks() {
        List<Exchange> streams = InvokeChunksTest.streams();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS / 20; round++) {
            FrameScanner scanner = InvokeChunks.INSTANCE.scanner(1 << 16);
            List<Frame> frames = streams.get(random.nextInt(streams.size())).frames();
            try {
                for (int i = 0; i < 20; i++) {
                    Frame frame = frames.get(random.nextInt(frames.size()));
                    byte[] data = changed(frame.data(), random);
                    byte[] bytes = PROTOCOL.framing().encode(new Frame(frame.name(), data));
                    scanner.feed(bytes, 0, bytes.length);
                }
            } catch (Unreadable expected) {
                // The one exception of readers.
            } catch (RuntimeException other) {
                throw new AssertionError("seed " + SEED + ", round " + round, other);
            }
        }
    }
}
