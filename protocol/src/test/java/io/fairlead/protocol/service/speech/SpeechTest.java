package io.fairlead.protocol.service.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.JsonDifference;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.Calls;
import io.fairlead.protocol.translate.Translation;
import io.fairlead.protocol.translate.Translation.Unary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A text of an OpenAI client at the providers that speak. */
final class SpeechTest {
    private static final byte[] SAMPLES = {1, 0, 2, 0, -1, -1};

    private final SpeechForms forms = new SpeechForms();

    private Translation at(Dialect provider, String members) {
        return at(provider, "model-x", members);
    }

    private Translation at(Dialect provider, String model, String members) {
        return Calls.at(
                forms,
                provider,
                model,
                Calls.json(
                        Endpoint.SPEECH,
                        "{\"model\":\"m\",\"input\":\"Hi \\\"you\\\"\",\"voice\":\"v/1\""
                                + members
                                + "}"));
    }

    private static Unary answer(Translation told, byte[] body) {
        return told.answer(Optional.of("application/json"), body);
    }

    private static byte[] gemini(String type) {
        return Calls.utf8(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":{\"mimeType\":\""
                        + type
                        + "\",\"data\":\""
                        + Base64.getEncoder().encodeToString(SAMPLES)
                        + "\"}}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{"
                        + "\"promptTokenCount\":5,\"candidatesTokenCount\":20,"
                        + "\"totalTokenCount\":25,\"candidatesTokensDetails\":[{"
                        + "\"modality\":\"AUDIO\",\"tokenCount\":20}]}}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', mp3_44100_128, audio/mpeg",
        "opus, opus_48000_64, audio/opus",
        "wav, wav_24000, audio/wav",
        "pcm, pcm_24000, audio/pcm"
    })
    void elevenLabsIsAskedWithVoiceInThePath(String format, String theirs, String type) {
        String member = format.isEmpty() ? "" : ",\"response_format\":\"" + format + "\"";
        Translation told =
                at(Dialect.ELEVENLABS, member + ",\"speed\":1.1,\"instructions\":\"Softly\"");
        assertThat(told.request().path())
                .isEqualTo("/text-to-speech/v%2F1?output_format=" + theirs);
        assertThat(Json.parse(told.request().body()))
                .isEqualTo(
                        Json.parse(
                                """
                                {"text":"Hi \\"you\\"","model_id":"model-x",
                                 "voice_settings":{"speed":1.1}}\
                                """));
        assertThat(told.dropped()).containsExactly("instructions");
        assertThat(told.passing()).hasValue(type);
    }

    @ParameterizedTest
    @CsvSource({
        "aura-2, thalia, aura-2-thalia-en, ''",
        "aura-2, agustina-es, aura-2-agustina-es, ''",
        "aura-2-thalia-en, alloy, aura-2-thalia-en, voice",
        "aura-2-thalia-en, thalia, aura-2-thalia-en, ''",
        "x, aura-asteria-en, aura-asteria-en, ''",
    })
    void deepgramsModelIsAVoice(String model, String voice, String theirs, String dropped) {
        Translation told =
                Calls.at(
                        forms,
                        Dialect.DEEPGRAM,
                        model,
                        Calls.json(
                                Endpoint.SPEECH,
                                "{\"input\":\"Hi\",\"voice\":{\"id\":\"" + voice + "\"}}"));
        assertThat(told.request().path()).isEqualTo("/speak?model=" + theirs + "&encoding=mp3");
        assertThat(Calls.body(told)).isEqualTo("{\"text\":\"Hi\"}");
        assertThat(String.join(",", told.dropped())).isEqualTo(dropped);
        assertThat(told.passing()).hasValue("audio/mpeg");
    }

    @Test
    void deepgramMakesEveryFormat() {
        for (SoundFormat format : SoundFormat.values()) {
            Translation told =
                    at(
                            Dialect.DEEPGRAM,
                            ",\"speed\":0.7,\"response_format\":\"" + format.wireName() + "\"");
            assertThat(told.request().path()).contains("&encoding=").endsWith("&speed=0.7");
        }
    }

    @Test
    void geminisSamplesBecomeAWaveFile() {
        Translation told = at(Dialect.GEMINI, ",\"instructions\":\"Say it softly\"");
        assertThat(told.request().path()).isEqualTo("/models/model-x:generateContent");
        assertThat(Json.parse(told.request().body()))
                .isEqualTo(
                        Json.parse(
                                """
                                {"contents":[{"role":"user","parts":[
                                  {"text":"Say it softly:\\n\\nHi \\"you\\""}]}],
                                 "generationConfig":{"responseModalities":["AUDIO"],"speechConfig":{
                                  "voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"v/1"}}}}}\
                                """));
        Unary answer = answer(told, gemini("audio/L16;codec=pcm;rate=16000"));
        assertThat(answer.contentType()).isEqualTo("audio/wav");
        assertThat(answer.usage()).hasValue(new Usage(5, 0, 0, 0, 0, 20, 0, 20, 0));
        ByteBuffer wave = ByteBuffer.wrap(answer.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(answer.bytes()).hasSize(44 + SAMPLES.length);
        assertThat(wave.getInt(24)).isEqualTo(16_000);
        assertThat(Wave.samples(answer.bytes())).isEqualTo(SAMPLES);

        Unary bare =
                answer(
                        at(Dialect.VERTEX, ",\"response_format\":\"pcm\""),
                        gemini("audio/L16;rate=24000"));
        assertThat(bare.contentType()).isEqualTo("audio/pcm");
        assertThat(bare.bytes()).isEqualTo(SAMPLES);
    }

    @Test
    void eventsAreMadeOfAWholeSound() {
        Translation told = at(Dialect.ELEVENLABS, ",\"stream_format\":\"sse\"");
        assertThat(told.passing()).isEmpty();
        assertThat(new String(answer(told, SAMPLES).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "data: {\"type\":\"speech.audio.delta\",\"audio\":\"AQACAP//\"}\n\n"
                                + "data: {\"type\":\"speech.audio.done\"}\n\n");
        Translation gemini = at(Dialect.GEMINI, ",\"stream_format\":\"sse\"");
        assertThat(new String(answer(gemini, gemini("audio/L16")).bytes(), StandardCharsets.UTF_8))
                .contains(
                        "\"usage\":{\"input_tokens\":5,\"output_tokens\":20,\"total_tokens\":25}");
    }

    @Test
    void mistralsRecordingIsSpokenAsItWas() {
        List<Exchange> all =
                Recordings.of("mistral/audio").stream()
                        .filter(exchange -> exchange.path().endsWith("speech"))
                        .toList();
        assertThat(all).hasSize(1);
        Json recorded = all.getFirst().request().orElseThrow();
        Translation told =
                Calls.at(
                        forms,
                        Dialect.MISTRAL,
                        recorded.get("model").orElseThrow().text(),
                        Calls.json(Endpoint.SPEECH, recorded.toString()));
        assertThat(told.request().path()).isEqualTo("/audio/speech");
        assertThat(JsonDifference.between(recorded, Json.parse(told.request().body()))).isEmpty();
        Unary answer = answer(told, Calls.utf8(all.getFirst().answer().orElseThrow().toString()));
        assertThat(answer.contentType()).isEqualTo("audio/mpeg");
        assertThat(new String(answer.bytes(), 0, 3, StandardCharsets.US_ASCII)).isEqualTo("ID3");
    }

    @Test
    void mistralKeepsMembersOfItsOwnAndGivesSamplesOutOfAWave() {
        Translation told = at(Dialect.MISTRAL, ",\"response_format\":\"pcm\",\"ref_audio\":\"QQ\"");
        assertThat(Calls.body(told))
                .contains("\"ref_audio\":\"QQ\"", "\"response_format\":\"wav\"");
        ByteBuffer floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        byte[] wave = Wave.of(floats.putFloat(1f).putFloat(-2f).array(), 24_000);
        wave[20] = 3;
        wave[34] = 32;
        Unary answer =
                answer(
                        told,
                        Calls.utf8(
                                "{\"audio_data\":\""
                                        + Base64.getEncoder().encodeToString(wave)
                                        + "\"}"));
        assertThat(answer.bytes()).isEqualTo(new byte[] {-1, 127, 1, -128});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GEMINI; \"response_format\":\"mp3\"; response_format",
                "GEMINI; \"speed\":2; speed",
                "ELEVENLABS; \"response_format\":\"flac\"; response_format",
                "ELEVENLABS; \"speed\":2; speed",
                "MISTRAL; \"response_format\":\"aac\"; response_format",
                "MISTRAL; \"speed\":0.5; speed",
                "DEEPGRAM; \"speed\":4; speed",
            })
    void whatAProviderCannotDoIsNamed(Dialect provider, String member, String parameter) {
        assertThatThrownBy(() -> at(provider, "," + member))
                .isInstanceOfSatisfying(
                        Unsupported.class,
                        refusal -> assertThat(refusal.parameter()).isEqualTo(parameter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"input\":\"a\"}; voice",
                "{\"voice\":\"a\"}; input",
                "{\"input\":1,\"voice\":\"a\"}; input",
                "{\"input\":\"a\",\"voice\":3}; voice",
                "{\"input\":\"a\",\"voice\":{}}; voice.id",
                "{\"input\":\"a\",\"voice\":\"a\",\"response_format\":\"ogg\"}; response_format",
                "{\"input\":\"a\",\"voice\":\"a\",\"stream_format\":\"x\"}; stream_format",
                "{\"input\":\"a\",\"voice\":\"a\",\"speed\":\"1\"}; speed",
                "[]; ''",
            })
    void badMembersAreNamed(String body, String path) {
        assertThatThrownBy(() -> forms.read(Calls.json(Endpoint.SPEECH, body)))
                .isInstanceOfSatisfying(
                        Unreadable.class, refusal -> assertThat(refusal.path()).isEqualTo(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"audio_data\":\"%\"}", "{\"candidates\":[]}", "x"})
    void anAnswerWithoutSoundIsAFault(String body) {
        for (Dialect provider : new Dialect[] {Dialect.MISTRAL, Dialect.GEMINI}) {
            assertThat(answer(at(provider, ""), Calls.utf8(body)).fault()).isPresent();
        }
        assertThat(answer(at(Dialect.DEEPGRAM, ""), Calls.utf8(body)).fault()).isPresent();
    }

    @Test
    void damagedWavesAreRefused() {
        byte[] wave = Wave.of(SAMPLES, 24_000);
        for (int length = 0; length < 44; length++) {
            byte[] cut = Arrays.copyOf(wave, length);
            assertThatThrownBy(() -> Wave.samples(cut)).isInstanceOf(Unreadable.class);
        }
        wave[40] = -1;
        wave[43] = -1;
        assertThat(Wave.samples(wave)).isEqualTo(SAMPLES);
    }
}
