package io.fairlead.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.gemini.count.CountTokens;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.service.Damage;

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
            byte[] request = Damage.of(requests.get(random.nextInt(requests.size())), random);
            byte[] answer = Damage.of(answers.get(random.nextInt(answers.size())), random);
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
        return Damage.survived("seed " + SEED + ", round " + round, bytes, attempt);
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
}
