package io.fairlead.protocol.service.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.translate.InHouse;
import io.fairlead.protocol.translate.Translation;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** On no bytes do readers throw anything but their one exception; what is read is counted. */
class CountFuzzTest {
    private static final long SEED = 20261122;
    private static final int ROUNDS = 3_000;
    private static final List<Endpoint> CLIENTS =
            List.of(Endpoint.COUNT_TOKENS, Endpoint.COUNT_CONTENT, Endpoint.INPUT_TOKENS);
    private static final List<String> SEEDS =
            List.of(
                    """
                    {"model":"m","system":"s","messages":[{"role":"user","content":[{"type":"image",\
                    "source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},\
                    {"type":"tool_result","tool_use_id":"a_fls1_AAAA","content":"x"}]}],\
                    "tools":[{"name":"f","input_schema":{}}],"thinking":{"type":"adaptive"}}\
                    """,
                    """
                    {"generateContentRequest":{"model":"models/m","contents":[{"parts":[{"inlineData":\
                    {"mimeType":"audio/mp3","data":"AAAA"}},{"functionCall":{"name":"f","args":{}}}]}]}}\
                    """,
                    """
                    {"model":"m","input":[{"type":"function_call","call_id":"c","name":"f",\
                    "arguments":"{}"},{"role":"user","content":[{"type":"input_image",\
                    "image_url":"data:image/gif;base64,R0lGODlh"}]}],"text":{"format":\
                    {"type":"json_schema","name":"n","schema":{"type":"object"}}}}\
                    """);
    private static final String[] WORDS = {
        "null",
        "1",
        "-1",
        "1e99",
        "\"\"",
        "\"x\"",
        "[]",
        "{}",
        "[null]",
        "[[1]]",
        "{\"a\":{}}",
        "true"
    };

    @Test
    void readersOnlyThrowWhatTheyDeclare() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        Counting counting = new Counting();
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
            Endpoint client = CLIENTS.get(random.nextInt(CLIENTS.size()));
            try {
                for (Protocol provider :
                        List.of(
                                Protocol.ANTHROPIC_MESSAGES,
                                Protocol.GEMINI,
                                Protocol.BEDROCK_CONVERSE,
                                Protocol.OPENAI_RESPONSES,
                                Protocol.OPENAI_CHAT)) {
                    read += counted(counting, client, provider, bytes) ? 1 : 0;
                }
                for (Dialect provider : Dialect.values()) {
                    counting.watched(client, provider, bytes);
                }
            } catch (RuntimeException | StackOverflowError e) {
                fail(
                        "seed "
                                + SEED
                                + ", round "
                                + round
                                + ": "
                                + new String(bytes, StandardCharsets.UTF_8),
                        e);
            }
        }
        assertThat(read).as("seed %d", SEED).isGreaterThan(ROUNDS / 3);
    }

    private static boolean counted(
            Counting counting, Endpoint client, Protocol provider, byte[] bytes) {
        try {
            Translation translation =
                    counting.read(
                                    new ServiceRequest(
                                            client, bytes, Optional.empty(), "m", Map.of()))
                            .at(
                                    counting.usual(provider),
                                    CountRecordingsTest.target("anthropic.claude-x", provider));
            if (translation instanceof InHouse own) {
                own.made(() -> false);
            } else {
                translation.request();
                translation.answer(Optional.empty(), bytes);
            }
            return true;
        } catch (Unreadable | Unsupported expected) {
            return false;
        }
    }

    /** A value in place of another, or a byte. */
    private static byte[] mutated(String seed, RandomGenerator random) {
        if (random.nextInt(4) == 0) {
            byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            return bytes;
        }
        int colon = seed.indexOf(':', random.nextInt(seed.length()));
        if (colon < 0) {
            return seed.getBytes(StandardCharsets.UTF_8);
        }
        int end = colon + 1;
        while (end < seed.length() && ",}]".indexOf(seed.charAt(end)) < 0) {
            end++;
        }
        String word = WORDS[random.nextInt(WORDS.length)];
        return (seed.substring(0, colon + 1) + word + seed.substring(end))
                .getBytes(StandardCharsets.UTF_8);
    }
}
