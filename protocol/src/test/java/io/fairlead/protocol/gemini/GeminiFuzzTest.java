package io.fairlead.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.gemini.count.CountTokens;
import io.fairlead.protocol.model.ChatRequest;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * On no bytes do the readers throw anything but their one exception; what is read can be written.
 */
class GeminiFuzzTest {
    private static final long SEED = 20261122;
    private static final int ROUNDS = 2000;
    private static final AnswerContext CONTEXT =
            new AnswerContext(ChatRequest.of("m"), "abc", "m", 0);
    private static final String[] WORDS = {
        "null",
        "true",
        "1",
        "-1",
        "1e999",
        "\"\"",
        "\"x\"",
        "[]",
        "{}",
        "[null]",
        "[[1]]",
        "{\"a\":{}}",
        "9223372036854775807",
        "\"STOP\"",
        "[{}]",
        "{\"text\":1}",
        "\"\\ud800\""
    };

    @Test
    void readersOnlyThrowWhatTheyDeclare() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<byte[]> requests = new ArrayList<>();
        List<byte[]> answers = new ArrayList<>();
        for (Exchange exchange :
                Recordings.of(
                        "gemini/generate-content",
                        "vertex/generate-content",
                        "gemini/count-tokens",
                        "gemini/embed")) {
            exchange.request().ifPresent(json -> requests.add(small(json.toString())));
            exchange.answer().ifPresent(json -> answers.add(small(json.toString())));
            exchange.frames().forEach(frame -> answers.add(small(frame.text())));
        }
        requests.removeIf(bytes -> bytes.length == 0);
        answers.removeIf(bytes -> bytes.length == 0);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] request = mutated(requests.get(random.nextInt(requests.size())), random);
            byte[] answer = mutated(answers.get(random.nextInt(answers.size())), random);
            read += tried(round, request, () -> request(request)) ? 1 : 0;
            read += tried(round, answer, () -> answer(answer)) ? 1 : 0;
            tried(round, answer, () -> stream(answer));
            tried(round, request, () -> count(request));
        }
        assertThat(read).as("seed %d", SEED).isGreaterThan(ROUNDS / 4);
    }

    private static byte[] small(String json) {
        return json.length() > 8000 ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean tried(int round, byte[] bytes, Runnable attempt) {
        try {
            attempt.run();
            return true;
        } catch (Unreadable expected) {
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return fail("seed " + SEED + ", round " + round + ": " + text, e);
        }
    }

    private static void request(byte[] bytes) {
        var request = GeminiProtocol.AI_STUDIO.readRequest(WireRequest.of(Fields.parse(bytes)));
        GeminiProtocol.AI_STUDIO.writeRequest(request);
        GeminiProtocol.VERTEX.writeRequest(request);
    }

    private static void answer(byte[] bytes) {
        var answer = GeminiProtocol.VERTEX.readAnswer(Fields.parse(bytes));
        GeminiProtocol.VERTEX.writeAnswer(answer, CONTEXT);
        CountTokens.writeAnswer(CountTokens.readAnswer(Fields.parse(bytes)));
    }

    private static void stream(byte[] bytes) {
        StreamReader reader = GeminiProtocol.VERTEX.streamReader();
        StreamWriter writer = GeminiProtocol.VERTEX.streamWriter(CONTEXT);
        writer.write(reader.read(new Frame("", bytes)));
        writer.write(reader.read(new Frame("", bytes)));
        writer.write(reader.end());
    }

    private static void count(byte[] bytes) {
        var count = CountTokens.readRequest(WireRequest.of(Fields.parse(bytes)));
        CountTokens.writeRequest(count, GeminiProtocol.AI_STUDIO);
    }

    /** A value in place of another, or a byte. */
    private static byte[] mutated(byte[] original, RandomGenerator random) {
        if (random.nextInt(5) == 0) {
            byte[] bytes = original.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            return bytes;
        }
        String text = new String(original, StandardCharsets.UTF_8);
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            int colon = text.indexOf(':', random.nextInt(text.length()));
            int end = colon < 0 ? -1 : endOfValue(text, colon + 1);
            if (end > 0) {
                String word = WORDS[random.nextInt(WORDS.length)];
                text = text.substring(0, colon + 1) + word + text.substring(end);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int endOfValue(String text, int from) {
        int depth = 0;
        boolean string = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (string) {
                i += c == '\\' ? 1 : 0;
                string = c != '"';
            } else if (c == '"') {
                string = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']' || c == ',') {
                if (depth == 0) {
                    return i;
                }
                depth -= c == ',' ? 0 : 1;
            }
        }
        return -1;
    }
}
