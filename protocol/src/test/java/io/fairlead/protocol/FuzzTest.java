package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.error.Redaction;
import io.fairlead.protocol.json.JsonCursor;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.openai.Answer;
import io.fairlead.protocol.openai.AnswerReader;
import io.fairlead.protocol.openai.AnswerStream;
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.openai.ErrorConformer;
import io.fairlead.protocol.openai.LargeAnswer;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.openai.RequestEdit;

import org.junit.jupiter.api.Test;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Throws damaged bytes at every scanner. A few seconds by default; {@code -Dfairlead.fuzz.seconds}
 * makes it longer, {@code -Dfairlead.fuzz.seed} repeats a run.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("fairlead.fuzz.seed", 20261122L);
    private static final long SECONDS = Long.getLong("fairlead.fuzz.seconds", 1L);

    private static final List<String> SEEDS =
            List.of(
                    "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"h\\u00e9\\\"\"}]}],\"stream\":true,\"stream_options\":{\"include_usage\":false},\"n\":1.5e3,\"metadata\":{\"a\":\"b\"},\"tools\":[]}",
                    "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"t\"}]}],\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{}}}],\"reasoning\":\"r\"},\"finish_reason\":\"eos\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":-2,\"total_tokens\":7,\"prompt_tokens_details\":null}}",
                    "{\"error\":{\"message\":\"no key"
                            + " sk-abc123def456\",\"code\":401,\"type\":null}}",
                    "{\"type\":\"response.completed\",\"sequence_number\":4,\"response\":{\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\"}]}],\"usage\":{\"input_tokens\":1}}}",
                    "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}\n\n"
                            + "event: error\r\n"
                            + "data: {\"error\":\"x\"}\r\n\r\n"
                            + ": c\r\r"
                            + "data: [DONE]\n\n",
                    String.join(
                            "\r\n",
                            "--b",
                            "Content-Disposition: form-data; name=\"model\"",
                            "",
                            "m",
                            "--b",
                            "Content-Disposition: form-data; name=\"file\"",
                            "",
                            "xxx",
                            "--b--",
                            ""));

    @Test
    void acceptsExactlyTheJsonThatJacksonAccepts() {
        ObjectMapper oracle = new ObjectMapper();
        run(bytes -> {
            // Bytes that are no UTF-8 pass here and not there: a decision, see JsonCursor.
            byte[] ascii = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                ascii[i] = (byte) (bytes[i] & 0x7f);
            }
            boolean ours = accepts(ascii);
            boolean theirs = acceptsOracle(oracle, ascii);
            assertThat(ours).isEqualTo(theirs);
        });
    }

    private static boolean accepts(byte[] bytes) {
        try {
            new JsonCursor(bytes, 0, bytes.length).finish();
            return true;
        } catch (MalformedJson malformed) {
            assertThat(malformed.position()).isBetween(0, bytes.length);
            return false;
        }
    }

    private static boolean acceptsOracle(ObjectMapper oracle, byte[] bytes) {
        try (var parser = oracle.createParser(bytes)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            // A scalar's text is only checked when it is asked for.
            parser.getString();
            return parser.nextToken() == null && deeply(oracle, bytes);
        } catch (JacksonException refused) {
            return false;
        }
    }

    private static boolean deeply(ObjectMapper oracle, byte[] bytes) {
        oracle.readTree(bytes);
        return true;
    }

    @Test
    void refusesDamagedRequestsOnlyAsInvalid() {
        RequestEdit edit =
                new RequestEdit("other", true, Map.of("n", "m"), Set.of("metadata", "tools"));
        run(bytes -> {
            for (Endpoint endpoint : Endpoint.values()) {
                for (String type :
                        new String[] {"application/json", "multipart/form-data; boundary=b"}) {
                    scanAndRewrite(endpoint, type, bytes, edit);
                }
            }
        });
    }

    private static void scanAndRewrite(
            Endpoint endpoint, String type, byte[] bytes, RequestEdit edit) {
        RequestBody body;
        try {
            body = RequestBody.scan(endpoint, Optional.of(type), bytes);
        } catch (GatewayException refused) {
            assertThat(refused.error().status()).isEqualTo(400);
            return;
        }
        byte[] rewritten = body.rewrite(edit).bytes();
        if (endpoint != Endpoint.PASSTHROUGH && !endpoint.modelInPath()) {
            assertThat(RequestBody.scan(endpoint, Optional.of(type), rewritten).facts().model())
                    .isEqualTo("other");
        }
    }

    @Test
    void takesDamagedAnswersAndErrors() {
        Conformance conformance = Conformance.on(Map.of("eos", "stop"), "m", 1);
        run(bytes -> {
            for (Endpoint endpoint : Endpoint.values()) {
                Answer answer = AnswerReader.read(endpoint, conformance, Optional.empty(), bytes);
                boolean json = accepts(bytes);
                if (json) {
                    assertThat(accepts(answer.bytes())).isTrue();
                }
            }
            assertThat(accepts(ErrorConformer.conform(bytes, 400))).isTrue();
            ProviderFaults.classify(400, name -> text(bytes), bytes, Instant.EPOCH);
            ErrorBody.read(bytes);
            assertThat(Redaction.clean(text(bytes))).hasSizeLessThanOrEqualTo(500);
            LargeAnswer large = new LargeAnswer();
            large.feed(bytes, 0, bytes.length);
            assertThat(large.length()).isEqualTo(bytes.length);
        });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void seesDamagedStreamsAlikeInEveryChunking() {
        RandomGenerator random = random(7);
        run(bytes -> {
            for (Endpoint endpoint :
                    new Endpoint[] {
                        Endpoint.CHAT_COMPLETIONS, Endpoint.RESPONSES, Endpoint.PASSTHROUGH
                    }) {
                boolean hide = random.nextBoolean();
                String whole = stream(endpoint, hide, bytes, bytes.length + 1);
                assertThat(stream(endpoint, hide, bytes, 1)).isEqualTo(whole);
                assertThat(stream(endpoint, hide, bytes, random.nextInt(2, 40))).isEqualTo(whole);
            }
        });
    }

    private static String stream(Endpoint endpoint, boolean hide, byte[] bytes, int step) {
        AnswerStream stream =
                new AnswerStream(endpoint, Conformance.on(Map.of(), "m", 1), hide, 4096);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder signals = new StringBuilder();
        for (int at = 0; at <= bytes.length; at += step) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step));
            stream.feed(piece, 0, piece.length);
            if (at + step > bytes.length) {
                while (stream.next()) {
                    take(stream, out, signals);
                }
                stream.end();
            }
            while (stream.next()) {
                take(stream, out, signals);
            }
        }
        return signals
                + out.toString(StandardCharsets.ISO_8859_1)
                + stream.fault()
                + stream.usage();
    }

    private static void take(
            AnswerStream stream, ByteArrayOutputStream out, StringBuilder signals) {
        signals.append(stream.signal()).append(' ');
        out.write(stream.bytes(), stream.from(), stream.to() - stream.from());
    }

    private static RandomGenerator random(long salt) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + salt);
    }

    private static void run(Consumer<byte[]> target) {
        RandomGenerator random = random(0);
        long until = System.nanoTime() + SECONDS * 1_000_000_000L;
        for (int i = 0; System.nanoTime() < until; i++) {
            byte[] bytes = damaged(random);
            try {
                target.accept(bytes);
            } catch (AssertionError | RuntimeException e) {
                fail(
                        "seed %d, input %d: %s (%s)"
                                .formatted(SEED, i, text(bytes), HexFormat.of().formatHex(bytes)),
                        e);
            }
        }
    }

    /** A seed with up to eight bytes changed, removed, doubled or taken from another seed. */
    private static byte[] damaged(RandomGenerator random) {
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        int changes = random.nextInt(9);
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(256));
                case 2 -> text.insert(at, "{}[]\",:\\\r\n 0-eun".charAt(random.nextInt(16)));
                case 3 -> text.setLength(at);
                case 4 -> {
                    String other = SEEDS.get(random.nextInt(SEEDS.size()));
                    int from = random.nextInt(other.length());
                    text.insert(at, other, from, Math.min(other.length(), from + 30));
                }
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void keepsItsMemoryBoundedWhateverComes() {
        AnswerStream stream =
                new AnswerStream(Endpoint.CHAT_COMPLETIONS, Conformance.OFF, false, 1 << 16);
        byte[] chunk = JsonText.utf8("data: " + "x".repeat(10_000));
        for (int i = 0; i < 10_000; i++) {
            stream.feed(chunk, 0, chunk.length);
            assertThat(stream.next()).isFalse();
        }
        assertThat(stream.fault()).isPresent();
        LargeAnswer large = new LargeAnswer();
        byte[] open = JsonText.utf8("{\"usage\":\"" + "x".repeat(10_000));
        for (int i = 0; i < 10_000; i++) {
            large.feed(open, i == 0 ? 0 : 20, open.length);
        }
        assertThat(large.usage()).isEmpty();
    }
}
