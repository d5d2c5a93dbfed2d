package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Texts of OpenAI's clients, spoken by providers of other forms, over sockets. */
final class SpokenTest {
    private static final byte[] SOUND = {'I', 'D', '3', 0, -1, 13, 10};

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();

    private Harness gateway(String type, SimAnswer answer) {
        Harness.Options options = new Harness.Options();
        options.one = one -> TranscribedTest.ofType(type, one);
        options.provider =
                request -> {
                    seen.add(request);
                    return answer;
                };
        return new Harness(options);
    }

    private static HttpResponse<byte[]> speak(Harness gateway, String members) throws Exception {
        return gateway.client()
                .send(
                        HttpRequest.newBuilder(gateway.uri("/v1/audio/speech"))
                                .timeout(Duration.ofSeconds(60))
                                .header("content-type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"model\":\"one/echo\",\"input\":\"Hello\","
                                                        + "\"voice\":\"thalia\""
                                                        + members
                                                        + "}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void elevenLabsSoundPassesAsItComes() throws Exception {
        try (Harness gateway =
                gateway("elevenlabs", SimAnswer.bytes(200, "application/octet-stream", SOUND))) {
            HttpResponse<byte[]> sound = speak(gateway, ",\"instructions\":\"Softly\"");

            assertThat(sound.statusCode()).isEqualTo(200);
            assertThat(sound.body()).isEqualTo(SOUND);
            assertThat(sound.headers().firstValue("content-type")).hasValue("audio/mpeg");
            assertThat(sound.headers().firstValue("x-fairlead-dropped")).hasValue("instructions");
            assertThat(seen.getLast().path()).isEqualTo("/v1/text-to-speech/thalia");
            assertThat(seen.getLast().query()).isEqualTo("output_format=mp3_44100_128");
            assertThat(seen.getLast().header("xi-api-key")).hasValue("sk-operator-one");
            assertThat(gateway.record().deployment()).hasValue("one/echo");
        }
    }

    @Test
    void deepgramSpeaksInTheFormatAskedFor() throws Exception {
        try (Harness gateway = gateway("deepgram", SimAnswer.bytes(200, "audio/flac", SOUND))) {
            HttpResponse<byte[]> sound = speak(gateway, ",\"response_format\":\"flac\"");

            assertThat(sound.body()).isEqualTo(SOUND);
            assertThat(seen.getLast().path()).isEqualTo("/v1/speak");
            assertThat(seen.getLast().query()).isEqualTo("model=echo-thalia-en&encoding=flac");
            assertThat(seen.getLast().header("authorization")).hasValue("Token sk-operator-one");
        }
    }

    @Test
    void geminisSamplesAreChargedAndBecomeAWaveFile() throws Exception {
        String body =
                """
                {"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":\
                "audio/L16;codec=pcm;rate=24000","data":"AQACAA=="}}]},"finishReason":"STOP"}],\
                "usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":45,\
                "totalTokenCount":55}}\
                """;
        try (Harness gateway = gateway("google", SimAnswer.json(200, body))) {
            HttpResponse<byte[]> sound = speak(gateway, "");

            assertThat(sound.headers().firstValue("content-type")).hasValue("audio/wav");
            assertThat(new String(sound.body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
            assertThat(sound.body()).hasSize(48);
            assertThat(sound.headers().firstValue("x-fairlead-cost")).hasValue("0.0001");
            assertThat(gateway.record().usage().outputTokens()).isEqualTo(45);
        }
    }

    @Test
    void mistralsSoundIsTakenOutOfItsJson() throws Exception {
        String body = "{\"audio_data\":\"" + Base64.getEncoder().encodeToString(SOUND) + "\"}";
        try (Harness gateway = gateway("mistral", SimAnswer.json(200, body))) {
            HttpResponse<byte[]> sound = speak(gateway, "");

            assertThat(sound.body()).isEqualTo(SOUND);
            assertThat(sound.headers().firstValue("content-type")).hasValue("audio/mpeg");
            assertThat(Json.parse(seen.getLast().body()))
                    .isEqualTo(
                            Json.parse(
                                    """
                                    {"model":"echo","input":"Hello","voice":"thalia"}\
                                    """));
        }
    }

    @Test
    void whatIsNoSoundIsAFault() throws Exception {
        try (Harness gateway = gateway("elevenlabs", SimAnswer.json(200, "{\"detail\":\"x\"}"))) {
            assertThat(speak(gateway, "").statusCode()).isEqualTo(502);
        }
        try (Harness gateway =
                gateway(
                        "elevenlabs",
                        SimAnswer.json(
                                400,
                                "{\"detail\":{\"status\":\"voice_not_found\",\"message\":"
                                        + "\"A voice was not found.\"}}"))) {
            HttpResponse<byte[]> refused = speak(gateway, "");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                    .contains("A voice was not found.");
        }
    }
}
