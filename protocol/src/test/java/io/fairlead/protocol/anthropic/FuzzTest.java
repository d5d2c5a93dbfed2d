package io.fairlead.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.MalformedJson;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Damaged messages: readers say so in one way, and what they read can be written. */
class FuzzTest {
    private static final long SEED = Long.getLong("fairlead.fuzz.seed", 20261122L);
    private static final int ROUNDS = 1500;
    private static final int LARGEST = 20_000;

    private static final List<String> VALUES =
            List.of("null", "true", "-1", "1e999", "\"\"", "\"x\"", "[]", "{}", "[{}]", "[1]");

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    @Test
    void damagedMessagesAreReadOrRefused() {
        List<byte[]> requests = new ArrayList<>();
        List<byte[]> answers = new ArrayList<>();
        List<byte[]> events = new ArrayList<>();
        for (Exchange exchange : Recordings.of("anthropic/messages")) {
            exchange.request().ifPresent(json -> keep(json.toString(), requests));
            exchange.answer().ifPresent(json -> keep(json.toString(), answers));
            exchange.frames().forEach(frame -> keep(frame.text(), events));
        }
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[0];
            try {
                switch (round % 3) {
                    case 0 -> {
                        bytes = damaged(requests);
                        request(bytes);
                    }
                    case 1 -> {
                        bytes = damaged(answers);
                        answer(bytes);
                    }
                    default -> stream(events);
                }
                read++;
            } catch (Unreadable | MalformedJson refused) {
                // As it should be.
            } catch (RuntimeException | StackOverflowError defect) {
                throw new AssertionError(
                        "seed "
                                + SEED
                                + ", round "
                                + round
                                + ": "
                                + new String(bytes, StandardCharsets.UTF_8),
                        defect);
            }
        }
        assertThat(read).as("seed %s: readable all the same", SEED).isGreaterThan(ROUNDS / 10);
    }

    private static void keep(String text, List<byte[]> all) {
        if (text.length() <= LARGEST) {
            all.add(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void request(byte[] bytes) {
        WireRequest wire = WireRequest.of(Json.parse(bytes));
        for (AnthropicProtocol protocol :
                List.of(AnthropicProtocol.MESSAGES, AnthropicProtocol.VERTEX)) {
            Json.parse(protocol.writeRequest(protocol.readRequest(wire)).body());
            protocol.writeCountRequest(protocol.readCountRequest(wire));
        }
    }

    private static void answer(byte[] bytes) {
        Wire.answer(Wire.PROTOCOL.readAnswer(Json.parse(bytes)));
    }

    private void stream(List<byte[]> events) {
        StreamReader reader = Wire.PROTOCOL.streamReader();
        StreamWriter writer = Wire.PROTOCOL.streamWriter(Wire.CONTEXT);
        for (int i = 0; i < 20; i++) {
            byte[] event = random.nextInt(3) == 0 ? damaged(events) : any(events);
            try {
                writer.write(reader.read(new Frame("message", event)))
                        .forEach(frame -> Json.parse(frame.data()));
            } catch (Unreadable refused) {
                // The next one may be readable.
            }
        }
    }

    private byte[] any(List<byte[]> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** A value in the place of another one, or bytes in the place of others. */
    private byte[] damaged(List<byte[]> all) {
        String text = new String(any(all), StandardCharsets.UTF_8);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int colon = text.indexOf(':', random.nextInt(text.length()));
            int end = colon < 0 ? -1 : endOfSimpleValue(text, colon + 1);
            if (end > 0 && random.nextInt(5) > 0) {
                String value = VALUES.get(random.nextInt(VALUES.size()));
                text = text.substring(0, colon + 1) + value + text.substring(end);
            } else {
                int at = random.nextInt(text.length());
                char c = (char) (32 + random.nextInt(95));
                text = text.substring(0, at) + c + text.substring(at + 1);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int endOfSimpleValue(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            int close = text.indexOf('"', at + 1);
            return close < 0 ? -1 : close + 1;
        }
        while (at < text.length() && ",}]".indexOf(text.charAt(at)) < 0) {
            if ("{[\"".indexOf(text.charAt(at)) >= 0) {
                return -1;
            }
            at++;
        }
        return at;
    }
}
