package io.fairlead.protocol.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.service.images.ImageForms;
import io.fairlead.protocol.service.moderation.Moderations;
import io.fairlead.protocol.service.speech.SpeechForms;
import io.fairlead.protocol.service.transcription.TranscriptionForms;
import io.fairlead.protocol.translate.Translation;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** On no bytes do readers of sound and images throw anything but what they declare. */
class SoundAndImageFuzzTest {
    private static final long SEED = 20261122;
    private static final int ROUNDS = 4000;

    /** A family with a request of it. */
    private record Family(ServiceForms forms, ServiceRequest request) {}

    private static final List<Family> FAMILIES =
            List.of(
                    new Family(
                            new SpeechForms(),
                            Calls.json(
                                    Endpoint.SPEECH,
                                    "{\"model\":\"m\",\"input\":\"a\",\"voice\":{\"id\":\"v\"},"
                                        + "\"response_format\":\"pcm\",\"speed\":1.0,"
                                        + "\"instructions\":\"i\",\"stream_format\":\"audio\"}")),
                    new Family(
                            new ImageForms(),
                            Calls.json(
                                    Endpoint.IMAGE_EDITS,
                                    "{\"model\":\"m\",\"prompt\":\"p\",\"n\":1,\"size\":\"2x3\","
                                        + "\"quality\":\"high\",\"output_format\":\"png\","
                                        + "\"images\":[{\"image_url\":"
                                        + "\"data:image/png;base64,AAAA\"},{\"type\":\"image_url\","
                                        + "\"url\":\"data:image/png;base64,AAAA\"}]}")),
                    new Family(
                            new ImageForms(),
                            Calls.json(
                                    Endpoint.IMAGE_GENERATIONS,
                                    "{\"model\":\"m\",\"prompt\":\"p\",\"n\":1,\"size\":\"2x3\","
                                            + "\"aspect_ratio\":\"2:3\",\"style\":\"vivid\","
                                            + "\"background\":\"auto\",\"output_compression\":8}")),
                    new Family(
                            new Moderations(),
                            Calls.json(
                                    Endpoint.MODERATIONS,
                                    "{\"model\":\"m\",\"input\":[\"a\",{\"type\":\"text\","
                                            + "\"text\":\"b\"}]}")),
                    new Family(
                            new TranscriptionForms(),
                            Calls.form(
                                    Endpoint.TRANSCRIPTIONS,
                                    "file",
                                    Calls.sound(),
                                    "model",
                                    "m",
                                    "response_format",
                                    "verbose_json",
                                    "timestamp_granularities[]",
                                    "segment",
                                    "temperature",
                                    "0.5")));

    private static final List<String> ANSWERS =
            List.of(
                    "{\"text\":\"a\",\"segments\":[{\"start\":0.5,\"end\":1,\"text\":\"a\"}],"
                        + "\"usage\":{\"prompt_tokens\":1,\"total_tokens\":9,"
                        + "\"completion_tokens\":2,\"prompt_tokens_details\":{"
                        + "\"audio_tokens\":3}},\"words\":[{\"text\":\"a.\",\"start\":0,\"end\":1,\"type\":\"word\"},{\"text\":\""
                        + " \",\"type\":\"spacing\"}]}",
                    "{\"metadata\":{\"duration\":1},\"results\":{\"channels\":[{\"alternatives\":[{"
                            + "\"transcript\":\"a\",\"words\":[{\"word\":\"a\",\"start\":0,"
                            + "\"end\":1}]}]}],\"utterances\":[{\"start\":0,\"end\":1,"
                            + "\"transcript\":\"a\"}]}}",
                    "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"},{\"inlineData\":{"
                            + "\"mimeType\":\"audio/L16;rate=24000\",\"data\":\"AAAA\"}}]},"
                            + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{"
                            + "\"promptTokenCount\":3,\"candidatesTokenCount\":4}}",
                    "{\"predictions\":[{\"mimeType\":\"image/png\",\"bytesBase64Encoded\":\"AA\"}]}",
                    "{\"images\":[\"AAAA\"],\"finish_reasons\":[null],\"error\":\"x\"}",
                    "{\"image\":\"AAAA\",\"finish_reason\":\"SUCCESS\"}",
                    "{\"data\":[{\"url\":\"u\"}],\"usage\":{\"cost_in_usd_ticks\":7}}",
                    "{\"audio_data\":\"UklGRiQAAABXQVZFZm10IBAAAAABAAEAwF0AAIC7AAACABAAZGF0YQAAAAA=\"}",
                    "{\"id\":\"i\",\"results\":[{\"categories\":{\"pii\":true,\"sexual\":false},"
                            + "\"category_scores\":{\"pii\":1,\"sexual\":0}}]}");

    private static final List<Dialect> PROVIDERS =
            List.of(
                    Dialect.OPENAI,
                    Dialect.MISTRAL,
                    Dialect.GEMINI,
                    Dialect.VERTEX,
                    Dialect.BEDROCK,
                    Dialect.STABILITY,
                    Dialect.XAI,
                    Dialect.ELEVENLABS,
                    Dialect.DEEPGRAM);

    private static final List<String> MODELS =
            List.of("m", "imagen-4", "stability.ultra", "amazon.nova-canvas-v1:0", "sd3.5");

    @Test
    void readersOnlyThrowWhatTheyDeclare() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        int told = 0;
        int answered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String seed = "seed " + SEED + ", round " + round;
            Family family = any(FAMILIES, random);
            Dialect provider = any(PROVIDERS, random);
            String model = any(MODELS, random);
            byte[] request = Damage.of(family.request().body(), random);
            told +=
                    Damage.survived(
                                    seed,
                                    request,
                                    () ->
                                            Calls.at(
                                                    family.forms(),
                                                    provider,
                                                    model,
                                                    with(family, request)))
                            ? 1
                            : 0;
            byte[] answer =
                    Damage.of(any(ANSWERS, random).getBytes(StandardCharsets.UTF_8), random);
            Optional<Translation> whole = whole(family, provider, model);
            if (whole.isPresent()) {
                Damage.survived(seed, answer, () -> whole.get().answer(Optional.empty(), answer));
                answered++;
            }
        }
        assertThat(told).as("seed %d", SEED).isGreaterThan(ROUNDS / 10);
        assertThat(answered).as("seed %d", SEED).isGreaterThan(ROUNDS / 10);
    }

    private static Optional<Translation> whole(Family family, Dialect provider, String model) {
        Translation[] made = new Translation[1];
        boolean told =
                Damage.survived(
                        model,
                        new byte[0],
                        () ->
                                made[0] =
                                        Calls.at(
                                                family.forms(), provider, model, family.request()));
        return told ? Optional.of(made[0]) : Optional.empty();
    }

    private static ServiceRequest with(Family family, byte[] body) {
        return new ServiceRequest(
                family.request().endpoint(), body, family.request().contentType(), "m", Map.of());
    }

    private static <T> T any(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }
}
