package io.fairlead.protocol.service.transcription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.Calls;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.translate.Translation;
import io.fairlead.protocol.translate.Translation.Unary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A recording of an OpenAI client at the providers that write speech down. */
final class TranscriptionTest {
    private static final String DEEPGRAM =
            """
            {"metadata":{"request_id":"r","duration":3.2,"channels":1},"results":{"channels":[
             {"detected_language":"fr","alternatives":[{"transcript":"Bonjour. Ça va ?",
              "confidence":0.9,"words":[
              {"word":"bonjour","start":0.1,"end":0.5,"punctuated_word":"Bonjour."},
              {"word":"ça","start":1.0,"end":1.2,"punctuated_word":"Ça"},
              {"word":"va","start":1.2,"end":1.5,"punctuated_word":"va ?"}]}]}],
             "utterances":[{"start":0.1,"end":0.5,"transcript":"Bonjour."},
              {"start":1.0,"end":3661.5,"transcript":"Ça va ?\\n\\n--> so"}]}}\
            """;

    private static final String ELEVENLABS =
            """
            {"language_code":"eng","language_probability":1.0,"text":"Hello you. Bye",
             "audio_duration_secs":4.5,"words":[
             {"text":"Hello","start":0.0,"end":0.4,"type":"word","speaker_id":"s"},
             {"text":" ","start":0.4,"end":0.5,"type":"spacing"},
             {"text":"you.","start":0.5,"end":0.9,"type":"word"},
             {"text":" ","start":0.9,"end":1.0,"type":"spacing"},
             {"text":"Bye","start":1.0,"end":1.4,"type":"word"}]}\
            """;

    private static final String GEMINI =
            """
            {"candidates":[{"content":{"role":"model","parts":[{"text":"Hm","thought":true},
             {"text":"Hello you.\\n"}]},"finishReason":"STOP"}],"usageMetadata":{
             "promptTokenCount":90,"candidatesTokenCount":3,"totalTokenCount":93,
             "promptTokensDetails":[{"modality":"AUDIO","tokenCount":75},
             {"modality":"TEXT","tokenCount":15}]},"modelVersion":"gemini-x"}\
            """;

    private final TranscriptionForms forms = new TranscriptionForms();

    private static ServiceRequest asked(String... fields) {
        return Calls.form(Endpoint.TRANSCRIPTIONS, "file", Calls.sound(), fields);
    }

    private Translation at(Dialect provider, String... fields) {
        List<String> all = new ArrayList<>(List.of("model", "ours"));
        all.addAll(List.of(fields));
        return Calls.at(forms, provider, asked(all.toArray(String[]::new)));
    }

    private static String sound() {
        return new String(Calls.sound(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void deepgramIsSentTheBareRecording() {
        Translation told = at(Dialect.DEEPGRAM, "prompt", "Ça", "temperature", "0.2");

        assertThat(told.request().path())
                .isEqualTo("/listen?model=model-x&smart_format=true&detect_language=true");
        assertThat(told.request().body()).isEqualTo(Calls.sound());
        assertThat(told.request().headers()).containsEntry("content-type", "audio/wav");
        assertThat(told.dropped()).containsExactly("prompt", "temperature");
        assertThat(Json.parse(Calls.answer(told, DEEPGRAM)))
                .isEqualTo(
                        Json.parse(
                                """
                                {"text":"Bonjour. Ça va ?","usage":{"type":"duration","seconds":4}}\
                                """));
    }

    @Test
    void aNameCannotAddToDeepgramsQuery() {
        Translation told =
                Calls.at(forms, Dialect.DEEPGRAM, "a&callback=http://x", asked("language", "e&n"));
        assertThat(told.request().path())
                .startsWith("/listen?model=a%26callback%3Dhttp%3A%2F%2Fx&")
                .endsWith("&language=e%26n");
    }

    @Test
    void deepgramsUtterancesBecomeSubtitles() {
        Translation srt = at(Dialect.DEEPGRAM, "response_format", "srt", "language", "fr");
        assertThat(srt.request().path()).contains("&language=fr&utterances=true");
        assertThat(Calls.answer(srt, DEEPGRAM))
                .isEqualTo(
                        """
                        1
                        00:00:00,100 --> 00:00:00,500
                        Bonjour.

                        2
                        00:00:01,000 --> 01:01:01,500
                        Ça va ?
                        -> so

                        """);
        Translation vtt = at(Dialect.DEEPGRAM, "response_format", "vtt");
        assertThat(Calls.answer(vtt, DEEPGRAM))
                .startsWith("WEBVTT\n\n00:00:00.100 --> 00:00:00.500\nBonjour.\n\n");
        assertThat(vtt.answer(Optional.empty(), Calls.utf8(DEEPGRAM)).contentType())
                .isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void elevenLabsWordsBecomeSegments() {
        Translation told =
                at(
                        Dialect.ELEVENLABS,
                        "response_format",
                        "verbose_json",
                        "timestamp_granularities[]",
                        "word",
                        "timestamp_granularities[]",
                        "segment",
                        "temperature",
                        "0.5");

        assertThat(told.request().path()).isEqualTo("/speech-to-text");
        assertThat(Calls.body(told))
                .contains("name=\"model_id\"\r\n\r\nmodel-x\r\n")
                .contains("name=\"timestamps_granularity\"\r\n\r\nword\r\n")
                .contains("name=\"temperature\"\r\n\r\n0.5\r\n")
                .contains("filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n" + sound());
        Json answer = Json.parse(Calls.answer(told, ELEVENLABS));
        assertThat(answer)
                .isEqualTo(
                        Json.parse(
                                """
                                {"task":"transcribe","language":"eng","duration":4.5,
                                 "text":"Hello you. Bye","words":[
                                 {"word":"Hello","start":0.0,"end":0.4},
                                 {"word":"you.","start":0.5,"end":0.9},
                                 {"word":"Bye","start":1.0,"end":1.4}],"segments":[
                                 {"id":0,"seek":0,"start":0.0,"end":0.9,"text":"Hello you.",
                                  "tokens":[],"temperature":0.5,"avg_logprob":0,
                                  "compression_ratio":0,"no_speech_prob":0},
                                 {"id":1,"seek":0,"start":1.0,"end":1.4,"text":"Bye",
                                  "tokens":[],"temperature":0.5,"avg_logprob":0,
                                  "compression_ratio":0,"no_speech_prob":0}],
                                 "usage":{"type":"duration","seconds":5}}\
                                """));
    }

    @ParameterizedTest
    @CsvSource({
        "GEMINI, /models/model-x:generateContent",
        "VERTEX, /publishers/google/models/model-x:generateContent"
    })
    void geminiIsShownTheRecording(Dialect provider, String path) {
        Translation told = at(provider, "language", "en", "prompt", "Fairlead", "temperature", "0");

        assertThat(told.request().path()).isEqualTo(path);
        Json body = Json.parse(told.request().body());
        Json parts = body.get("contents").orElseThrow().elements().getFirst();
        assertThat(parts.toString())
                .contains("The language is en.", "Fairlead")
                .contains(
                        "{\"mimeType\":\"audio/wav\",\"data\":\""
                                + Base64.getEncoder().encodeToString(Calls.sound())
                                + "\"}");
        assertThat(body.get("generationConfig").orElseThrow())
                .isEqualTo(Json.parse("{\"temperature\":0}"));
        Unary answer = told.answer(Optional.empty(), Calls.utf8(GEMINI));
        assertThat(answer.usage().map(Usage::audioInputTokens)).hasValue(75L);
        assertThat(Json.parse(answer.bytes()))
                .isEqualTo(
                        Json.parse(
                                """
                                {"text":"Hello you.","usage":{"type":"tokens","input_tokens":90,
                                 "output_tokens":3,"total_tokens":93,"input_token_details":{
                                 "text_tokens":15,"audio_tokens":75}}}\
                                """));
    }

    @Test
    void geminiTranslates() {
        assertThat(forms.offers(Dialect.GEMINI, Endpoint.TRANSLATIONS)).isTrue();
        assertThat(forms.offers(Dialect.DEEPGRAM, Endpoint.TRANSLATIONS)).isFalse();
        Translation told =
                Calls.at(
                        forms,
                        Dialect.GEMINI,
                        Calls.form(Endpoint.TRANSLATIONS, "file", Calls.sound()));
        assertThat(Calls.body(told)).contains("Write down in English");
    }

    @Test
    void whatGeminiBlocksIsRefusedAsOpenAiRefuses() {
        Unary answer =
                at(Dialect.GEMINI)
                        .answer(
                                Optional.empty(),
                                Calls.utf8("{\"candidates\":[{\"finishReason\":\"SAFETY\"}]}"));
        assertThat(answer.fault())
                .hasValueSatisfying(fault ->
                        assertThat(fault)
                                .isEqualTo(
                                        new ProviderFault.InStreamError(
                                                400,
                                                Optional.of("content_policy_violation"),
                                                "the provider refused: SAFETY")));
    }

    @Test
    void mistralKeepsFieldsOfItsOwn() {
        Translation told =
                at(
                        Dialect.MISTRAL,
                        "diarize",
                        "true",
                        "language",
                        "en",
                        "prompt",
                        "x",
                        "response_format",
                        "text");
        assertThat(told.request().path()).isEqualTo("/audio/transcriptions");
        assertThat(Calls.body(told))
                .startsWith("--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nmodel-x")
                .contains("name=\"diarize\"\r\n\r\ntrue\r\n")
                .contains("name=\"language\"\r\n\r\nen\r\n")
                .doesNotContain("response_format", "name=\"prompt\"", "ours");
        assertThat(told.dropped()).containsExactly("prompt");
        assertThat(Calls.answer(told, "{\"text\":\"Hi.\",\"model\":\"v\"}")).isEqualTo("Hi.\n");
    }

    @Test
    void mistralTellsWordsUnderTheNameOfSegments() {
        Translation told =
                at(
                        Dialect.MISTRAL,
                        "response_format",
                        "verbose_json",
                        "timestamp_granularities[]",
                        "word",
                        "language",
                        "en");
        assertThat(Calls.body(told)).contains("name=\"timestamp_granularities\"\r\n\r\nword\r\n");
        assertThat(told.dropped()).containsExactly("language");
        Json answer =
                Json.parse(
                        Calls.answer(
                                told,
                                """
                                {"text":"Hi you","language":null,"segments":[
                                 {"text":"Hi","start":0.1,"end":0.2},
                                 {"text":" you","start":0.2,"end":0.4}]}\
                                """));
        assertThat(answer)
                .isEqualTo(
                        Json.parse(
                                """
                                {"task":"transcribe","language":"en","duration":0.4,
                                 "text":"Hi you","words":[{"word":"Hi","start":0.1,"end":0.2},
                                 {"word":"you","start":0.2,"end":0.4}]}\
                                """));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"OPENAI", "MISTRAL", "GEMINI", "ELEVENLABS", "DEEPGRAM"})
    void aStreamIsMadeOfAWholeAnswer(Dialect provider) {
        Translation told = at(provider, "stream", "true");
        String body =
                switch (provider) {
                    case GEMINI -> GEMINI;
                    case ELEVENLABS -> ELEVENLABS;
                    case DEEPGRAM -> DEEPGRAM;
                    default -> "{\"text\":\"Hi.\"}";
                };
        Unary answer = told.answer(Optional.empty(), Calls.utf8(body));
        assertThat(answer.contentType()).startsWith("text/event-stream");
        assertThat(new String(answer.bytes(), StandardCharsets.UTF_8))
                .startsWith("data: {\"type\":\"transcript.text.delta\",\"delta\":\"")
                .contains("\n\ndata: {\"type\":\"transcript.text.done\",\"text\":\"")
                .endsWith("}\n\ndata: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GEMINI, response_format, srt, response_format",
        "GEMINI, response_format, verbose_json, response_format",
        "DEEPGRAM, response_format, diarized_json, response_format",
        "MISTRAL, include[], logprobs, include",
    })
    void whatAProviderCannotSayIsNamed(Dialect provider, String name, String value, String param) {
        assertThatThrownBy(() -> at(provider, name, value))
                .isInstanceOfSatisfying(
                        Unsupported.class,
                        refusal -> assertThat(refusal.parameter()).isEqualTo(param));
    }

    @ParameterizedTest
    @CsvSource({
        "response_format, wav, response_format",
        "temperature, warm, temperature",
        "temperature, 1e999999999, temperature",
        "timestamp_granularities[], line, timestamp_granularities",
    })
    void badFieldsAreNamed(String name, String value, String path) {
        assertThatThrownBy(() -> forms.read(asked(name, value)))
                .isInstanceOfSatisfying(
                        Unreadable.class, refusal -> assertThat(refusal.path()).isEqualTo(path));
    }

    @Test
    void aFileIsNeeded() {
        assertThatThrownBy(() ->
                        forms.read(Calls.form(Endpoint.TRANSCRIPTIONS, "sound", Calls.sound())))
                .hasMessageStartingWith("file: is missing");
        assertThatThrownBy(
                        () -> forms.read(Calls.json(Endpoint.TRANSCRIPTIONS, "{\"model\":\"m\"}")))
                .hasMessageContaining("multipart/form-data");
    }

    @Test
    void aFileCannotEndTheFormItIsSentIn() {
        byte[] trap = Calls.utf8("\r\n--fairlead-abc123\r\nContent-Disposition: form-data;");
        Translation told =
                Calls.at(
                        forms,
                        Dialect.MISTRAL,
                        Calls.form(
                                Endpoint.TRANSCRIPTIONS,
                                "file",
                                trap,
                                "model",
                                "m",
                                "response_format",
                                "srt"));
        assertThat(told.request().headers().get("content-type"))
                .isEqualTo("multipart/form-data; boundary=fairlead-abc1230");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"results\":{\"channels\":[]}}", "<html>"})
    void anAnswerThatIsNoneIsAFault(String body) {
        for (Dialect provider : new Dialect[] {Dialect.DEEPGRAM, Dialect.ELEVENLABS}) {
            assertThat(at(provider).answer(Optional.empty(), Calls.utf8(body)).fault()).isPresent();
        }
    }
}
