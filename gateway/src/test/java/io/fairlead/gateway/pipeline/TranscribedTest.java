package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Recordings of OpenAI's clients, written down by providers of other forms, over sockets. */
final class TranscribedTest {
    private static final byte[] SOUND = {'R', 'I', 'F', 'F', 0, 1, 2, 3, 'W', 'A', 'V', 'E', -1};

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();

    private Harness gateway(String type, SimAnswer answer) {
        Harness.Options options = new Harness.Options();
        options.one = one -> ofType(type, one);
        options.provider =
                request -> {
                    seen.add(request);
                    return answer;
                };
        return new Harness(options);
    }

    /** A provider of the catalogue, at another address. */
    static ProviderConfig ofType(String type, ProviderConfig one) {
        return new ProviderConfig(
                one.id(),
                one.origin(),
                Optional.of(type),
                Optional.empty(),
                one.baseUrl(),
                Optional.empty(),
                one.keys(),
                one.region(),
                one.headers(),
                one.models(),
                one.resilience(),
                one.conform(),
                one.aws(),
                one.vertex(),
                one.azure(),
                one.sim());
    }

    private static HttpResponse<String> transcribe(Harness gateway, String path, String... fields)
            throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            out.writeBytes(
                    utf8(
                            "--b\r\nContent-Disposition: form-data; name=\""
                                    + fields[i]
                                    + "\"\r\n\r\n"
                                    + fields[i + 1]
                                    + "\r\n"));
        }
        out.writeBytes(
                utf8(
                        "--b\r\nContent-Disposition: form-data; name=\"file\";"
                                + " filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n"));
        out.writeBytes(SOUND);
        out.writeBytes(utf8("\r\n--b--\r\n"));
        return gateway.send(
                HttpRequest.newBuilder(gateway.uri(path))
                        .header("content-type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(out.toByteArray())));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void deepgramHearsTheRecordingWithItsOwnCredential() throws Exception {
        SimAnswer answer =
                SimAnswer.json(
                        200,
                        """
                        {"metadata":{"duration":2.1},"results":{"channels":[{"alternatives":[\
                        {"transcript":"Hello.","words":[]}]}],"utterances":[\
                        {"start":0.0,"end":2.0,"transcript":"Hello."}]}}\
                        """);
        try (Harness gateway = gateway("deepgram", answer)) {
            HttpResponse<String> text =
                    transcribe(
                            gateway,
                            "/v1/audio/transcriptions",
                            "model",
                            "one/nova-3",
                            "prompt",
                            "x",
                            "response_format",
                            "srt");

            assertThat(text.statusCode()).as(text.body()).isEqualTo(200);
            assertThat(text.body()).isEqualTo("1\n00:00:00,000 --> 00:00:02,000\nHello.\n\n");
            assertThat(text.headers().firstValue("content-type"))
                    .hasValue("text/plain; charset=utf-8");
            assertThat(text.headers().firstValue("x-fairlead-dropped")).hasValue("prompt");
            SimRequest sent = seen.getLast();
            assertThat(sent.path()).isEqualTo("/v1/listen");
            assertThat(sent.query()).contains("model=nova-3", "utterances=true");
            assertThat(sent.header("authorization")).hasValue("Token sk-operator-one");
            assertThat(sent.header("content-type")).hasValue("audio/wav");
            assertThat(sent.body()).isEqualTo(SOUND);
            RequestRecord record = gateway.record();
            assertThat(record.deployment()).hasValue("one/nova-3");
            assertThat(record.spend()).isEmpty();
        }
    }

    @Test
    void elevenLabsIsAskedWithItsOwnHeader() throws Exception {
        SimAnswer answer = SimAnswer.json(200, "{\"text\":\"Hello.\",\"words\":[]}");
        try (Harness gateway = gateway("elevenlabs", answer)) {
            HttpResponse<String> json =
                    transcribe(gateway, "/v1/audio/transcriptions", "model", "one/scribe_v1");

            assertThat(json.body()).isEqualTo("{\"text\":\"Hello.\"}");
            SimRequest sent = seen.getLast();
            assertThat(sent.path()).isEqualTo("/v1/speech-to-text");
            assertThat(sent.header("xi-api-key")).hasValue("sk-operator-one");
            assertThat(sent.header("authorization")).isEmpty();
            assertThat(sent.header("content-type").orElseThrow())
                    .startsWith("multipart/form-data; boundary=fairlead-");
        }
    }

    @Test
    void geminisTokensAreCharged() throws Exception {
        SimAnswer answer =
                SimAnswer.json(
                        200,
                        """
                        {"candidates":[{"content":{"parts":[{"text":"Hello."}]},\
                        "finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":90,\
                        "candidatesTokenCount":5,"totalTokenCount":95,"promptTokensDetails":[\
                        {"modality":"AUDIO","tokenCount":80}]}}\
                        """);
        try (Harness gateway = gateway("google", answer)) {
            HttpResponse<String> json =
                    transcribe(gateway, "/v1/audio/translations", "model", "one/echo");

            assertThat(Json.parse(json.body()).get("text").orElseThrow().text())
                    .isEqualTo("Hello.");
            assertThat(seen.getLast().path()).isEqualTo("/v1/models/echo:generateContent");
            assertThat(seen.getLast().header("x-goog-api-key")).hasValue("sk-operator-one");
            assertThat(json.headers().firstValue("x-fairlead-cost")).hasValue("0.0001");
            RequestRecord record = gateway.record();
            assertThat(record.usage().inputTokens()).isEqualTo(90);
            assertThat(record.usage().audioInputTokens()).isEqualTo(80);
        }
    }

    @Test
    void mistralsStreamIsMadeOfItsAnswer() throws Exception {
        SimAnswer answer = SimAnswer.json(200, "{\"text\":\"Hello.\",\"model\":\"v\"}");
        try (Harness gateway = gateway("mistral", answer)) {
            HttpResponse<String> stream =
                    transcribe(
                            gateway,
                            "/v1/audio/transcriptions",
                            "model",
                            "one/voxtral",
                            "stream",
                            "true");
            assertThat(stream.headers().firstValue("content-type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(stream.body())
                    .contains("\"type\":\"transcript.text.delta\",\"delta\":\"Hello.\"")
                    .endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void refusalsNameTheField() throws Exception {
        try (Harness gateway = gateway("google", SimAnswer.json(500, "{}"))) {
            HttpResponse<String> unsupported =
                    transcribe(
                            gateway,
                            "/v1/audio/transcriptions",
                            "model",
                            "one/g",
                            "response_format",
                            "srt");
            assertThat(unsupported.statusCode()).isEqualTo(400);
            assertThat(unsupported.body())
                    .contains("\"code\":\"unsupported_parameter\"", "\"param\":\"response_format\"")
                    .contains("Gemini does not tell when something is said");
            HttpResponse<String> invalid =
                    transcribe(
                            gateway,
                            "/v1/audio/transcriptions",
                            "model",
                            "one/g",
                            "temperature",
                            "hot");
            assertThat(invalid.statusCode()).isEqualTo(400);
            assertThat(invalid.body())
                    .contains("\"code\":\"invalid_request\"", "\"param\":\"temperature\"");
        }
    }

    @Test
    void whatAProviderHasNotIsSaid() throws Exception {
        try (Harness gateway = gateway("deepgram", SimAnswer.json(500, "{}"))) {
            HttpResponse<String> english =
                    transcribe(gateway, "/v1/audio/translations", "model", "one/nova-3");
            assertThat(english.statusCode()).isEqualTo(400);
            assertThat(english.body()).contains("has nothing for transcription");
            HttpResponse<String> chat =
                    gateway.post("/v1/chat/completions", Harness.chat("one/nova-3", false));
            assertThat(chat.statusCode()).isEqualTo(400);
            assertThat(chat.body()).contains("holds no conversations");
            HttpResponse<String> embeddings =
                    gateway.post("/v1/embeddings", "{\"model\":\"one/nova-3\",\"input\":\"a\"}");
            assertThat(embeddings.statusCode()).isEqualTo(400);
            assertThat(embeddings.body()).contains("has nothing for embeddings");
            assertThat(seen).isEmpty();
        }
    }
}
