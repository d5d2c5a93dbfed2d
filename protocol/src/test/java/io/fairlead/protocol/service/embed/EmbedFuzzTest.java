package io.fairlead.protocol.service.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.service.Damage;
import io.fairlead.protocol.translate.Translation;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** On no bytes do the readers throw anything but what they declare. */
class EmbedFuzzTest {
    private static final long SEED = 20261122;
    private static final int ROUNDS = 3000;

    private static final List<Asked> REQUESTS =
            List.of(
                    Asked.openAi(
                            """
                            {"model":"x","input":["a",[1,2],{"text":"b"}],"dimensions":3,\
                            "encoding_format":"base64","input_type":"query","truncate":true}\
                            """),
                    Asked.openAi("{\"model\":\"x\",\"input\":[\"a\",\"b\"],\"task\":\"x\"}"),
                    new Asked(
                            Endpoint.EMBED_CONTENT,
                            """
                            {"content":{"parts":[{"text":"a"}],"role":"user"},\
                            "task_type":"CLUSTERING","output_dimensionality":2}\
                            """),
                    new Asked(
                            Endpoint.BATCH_EMBED_CONTENTS,
                            """
                            {"requests":[{"model":"models/x","content":{"parts":[{"text":"a"}]},\
                            "taskType":"CLUSTERING"},{"content":{"parts":[{"inlineData":{}}]}}]}\
                            """));

    private static final List<String> ANSWERS =
            List.of(
                    "{\"data\":[{\"index\":0,\"embedding\":[1.5,2]}],\"usage\":{\"prompt_tokens\":1}}",
                    "{\"data\":[{\"index\":0,\"embedding\":\"AACAPw==\"}],\"model\":\"m\"}",
                    "{\"embeddings\":{\"float\":[[1]]},\"meta\":{\"billed_units\":{\"input_tokens\":1}}}",
                    "{\"embeddings\":[[1]],\"prompt_eval_count\":2}",
                    "{\"embeddings\":[{\"values\":[1]}],\"usageMetadata\":{\"promptTokenCount\":1}}",
                    "{\"predictions\":[{\"embeddings\":{\"values\":[1],\"statistics\":{\"token_count\":2}}}]}",
                    "{\"embedding\":[1],\"inputTextTokenCount\":1}",
                    "{\"embeddings\":[{\"embeddingType\":\"TEXT\",\"embedding\":[1]}]}");

    private static final List<Dialect> PROVIDERS =
            List.of(
                    Dialect.OPENAI,
                    Dialect.MISTRAL,
                    Dialect.VOYAGE,
                    Dialect.JINA,
                    Dialect.COHERE,
                    Dialect.OLLAMA,
                    Dialect.GEMINI,
                    Dialect.VERTEX,
                    Dialect.BEDROCK);

    private static final List<String> MODELS =
            List.of("cohere.embed-v4", "amazon.titan-embed-text-v2", "amazon.nova-embed", "m");

    @Test
    void readersOnlyThrowWhatTheyDeclare() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String seed = "seed " + SEED + ", round " + round;
            Asked asked = REQUESTS.get(random.nextInt(REQUESTS.size()));
            Dialect provider = PROVIDERS.get(random.nextInt(PROVIDERS.size()));
            String model = MODELS.get(random.nextInt(MODELS.size()));
            byte[] request = Damage.of(asked.body().getBytes(StandardCharsets.UTF_8), random);
            read +=
                    Damage.survived(seed, request, () -> asked.with(request).at(provider, model))
                            ? 1
                            : 0;
            byte[] answer =
                    Damage.of(
                            ANSWERS.get(random.nextInt(ANSWERS.size()))
                                    .getBytes(StandardCharsets.UTF_8),
                            random);
            Translation translation =
                    REQUESTS.get(random.nextInt(2) == 0 ? 1 : 2)
                            .at(provider, provider == Dialect.BEDROCK ? "cohere.embed" : model);
            Damage.survived(
                    seed, answer, () -> translation.answer(Optional.empty(), answer).fault());
        }
        assertThat(read).as("seed %d", SEED).isGreaterThan(ROUNDS / 10);
    }
}
