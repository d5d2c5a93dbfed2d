package io.fairlead.protocol.responses;

import static org.assertj.core.api.Assertions.fail;

import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Broken and random bytes: readers throw their one exception, and what is read can be written. */
class ResponsesFuzzTest {
    private static final long SEED = 20261122;
    private static final long LIMIT_NANOS = 3_000_000_000L;

    private final OpenAiResponsesProtocol protocol = new OpenAiResponsesProtocol();
    private final Random random = new Random(SEED);

    private interface Attempt {
        void on(byte[] bytes);
    }

    private void attempt(byte[] bytes, Attempt attempt) {
        try {
            attempt.on(bytes);
        } catch (Unreadable expected) {
            // The one exception.
        } catch (RuntimeException | StackOverflowError defect) {
            fail("seed " + SEED + ": " + new String(bytes, StandardCharsets.UTF_8), defect);
        }
    }

    private byte[] mutated(byte[] bytes) {
        byte[] changed = bytes.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && changed.length > 4; i++) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(5)) {
                case 0 -> changed[at] = (byte) random.nextInt(128);
                case 1 -> changed[at] = (byte) "{}[]\",:0n".charAt(random.nextInt(9));
                case 2 -> changed = Arrays.copyOf(changed, at);
                case 3 -> changed = swapped(changed, at);
                default -> changed = without(changed, at);
            }
        }
        return changed;
    }

    /** A value of another kind in the place of a string: keeps the JSON whole more often. */
    private byte[] swapped(byte[] bytes, int from) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int colon = text.indexOf(":\"", Math.min(from, text.length() - 1));
        int end = colon < 0 ? -1 : text.indexOf('"', colon + 2);
        if (end < 0) {
            return bytes;
        }
        String other = List.of("null", "7", "[]", "{}", "true", "\"x\"").get(random.nextInt(6));
        return (text.substring(0, colon + 1) + other + text.substring(end + 1))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] less = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, less, 0, at);
        System.arraycopy(bytes, at + 1, less, at, less.length - at);
        return less;
    }

    private void request(byte[] bytes) {
        protocol.writeRequest(protocol.readRequest(WireRequest.of(Fields.parse(bytes))));
    }

    private void answer(byte[] bytes) {
        protocol.writeAnswer(protocol.readAnswer(Fields.parse(bytes)), Said.CONTEXT);
    }

    private void stream(List<Frame> frames) {
        StreamReader reader = protocol.streamReader();
        StreamWriter same = protocol.streamWriter(Said.CONTEXT);
        StreamWriter other = protocol.streamWriter(Said.CONTEXT);
        for (Frame frame : frames) {
            byte[] bytes = random.nextInt(4) == 0 ? mutated(frame.data()) : frame.data();
            attempt(
                    bytes,
                    data -> {
                        Batch batch = reader.read(new Frame(frame.name(), data));
                        same.write(batch);
                        batch.events().forEach(event -> other.write(Batch.of(event)));
                    });
        }
    }

    @Test
    void brokenRecordingsAreReadOrRefused() {
        List<Exchange> all = RoundTripTest.all();
        long end = System.nanoTime() + LIMIT_NANOS;
        while (System.nanoTime() < end) {
            Exchange exchange = all.get(random.nextInt(all.size()));
            exchange.request()
                    .map(Json::toString)
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .filter(bytes -> bytes.length < 40_000)
                    .ifPresent(bytes -> attempt(mutated(bytes), this::request));
            exchange.answer()
                    .map(Json::toString)
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .filter(bytes -> bytes.length < 40_000)
                    .ifPresent(bytes -> attempt(mutated(bytes), this::answer));
            stream(exchange.frames());
        }
    }

    @Test
    void randomBytesAreRefused() {
        StreamReader reader = protocol.streamReader();
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) "{}[]\",:0truefalsn\\x ".charAt(random.nextInt(20));
            }
            attempt(bytes, this::request);
            attempt(bytes, this::answer);
            attempt(bytes, data -> reader.read(new Frame("", data)));
        }
    }
}
