package io.fairlead.protocol.service.transcription;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.JsonDifference;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.Calls;
import io.fairlead.protocol.service.Upload;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The recorded transcripts, read and written again. */
final class TranscriptionRecordingsTest {
    private static TranscriptionRequest asked(Layout layout, boolean words, boolean stream) {
        return new TranscriptionRequest(
                false,
                Upload.of("audio/wav", new byte[0]),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                layout,
                words,
                false,
                stream,
                List.of(),
                Calls.form(Endpoint.TRANSCRIPTIONS, "file", Calls.sound()));
    }

    private static byte[] bytes(Json json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Transcript read(Protocol origin, Json answer) {
        return TranscriptReader.read(origin, bytes(answer));
    }

    @Test
    void openAisTranscriptsStayWhatTheyAre() {
        int unary = 0;
        int streams = 0;
        for (Exchange exchange : Recordings.of("openai/audio")) {
            if (exchange.answer().isPresent()) {
                Json recorded = exchange.answer().get();
                byte[] written =
                        TranscriptWriter.write(
                                        asked(Layout.VERBOSE_JSON, true, false),
                                        read(Protocol.OPENAI_CHAT, recorded))
                                .bytes();
                assertThat(JsonDifference.between(recorded, Json.parse(written)))
                        .as(exchange.id())
                        .isEmpty();
                unary++;
            } else {
                stream(exchange);
                streams++;
            }
        }
        assertThat(unary).isEqualTo(1);
        assertThat(streams).isEqualTo(1);
    }

    /** What is written for a stream is what OpenAI ends its stream with. */
    private static void stream(Exchange exchange) {
        Json done = null;
        StringBuilder deltas = new StringBuilder();
        for (Frame frame : exchange.frames()) {
            if (!frame.isDone()) {
                done = Json.parse(frame.data());
                done.get("delta").ifPresent(delta -> deltas.append(delta.text()));
            }
        }
        Transcript read = read(Protocol.OPENAI_CHAT, java.util.Objects.requireNonNull(done));
        assertThat(read.text()).isEqualTo(deltas.toString());
        assertThat(read.usage()).hasValue(TranscriptReader.counts(37, 37, 12));
        String written =
                new String(
                        TranscriptWriter.write(asked(Layout.JSON, false, true), read).bytes(),
                        StandardCharsets.UTF_8);
        String last = written.split("\n\n", -1)[1].substring("data: ".length());
        assertThat(JsonDifference.between(done, Json.parse(last))).isEmpty();
        assertThat(written).endsWith("data: [DONE]\n\n");
    }

    @Test
    void mistralsTranscriptReachesAnOpenAiClient() {
        List<Exchange> all =
                Recordings.of("mistral/audio").stream()
                        .filter(exchange -> exchange.path().endsWith("transcriptions"))
                        .toList();
        assertThat(all).hasSize(1);
        Transcript read = read(Protocol.MISTRAL_CHAT, all.getFirst().answer().orElseThrow());
        assertThat(read.usage()).hasValue(new Usage(380, 0, 0, 375, 0, 20, 0, 0, 0));
        Json written =
                TranscriptWriter.verbose(asked(Layout.VERBOSE_JSON, false, false), read).toJson();
        assertThat(written.get("duration").orElseThrow()).isEqualTo(Json.parse("3.6"));
        assertThat(written.get("segments").orElseThrow().elements()).hasSize(1);
        assertThat(written.toString()).doesNotContain("speaker_id", "service_tier");
        Json recorded = all.getFirst().answer().orElseThrow();
        byte[] json =
                new MistralForm().answer(asked(Layout.JSON, false, false), bytes(recorded)).bytes();
        assertThat(JsonDifference.between(recorded, Json.parse(json)))
                .as("Mistral's members stay")
                .allMatch(it -> it.startsWith("$.usage.") && it.contains(" new: "));
        assertThat(TranscriptWriter.plain(read).toJson())
                .isEqualTo(
                        Json.parse(
                                """
                                {"text":"Ruby is a programming language designed for developer\
                                 happiness.","usage":{"type":"tokens","input_tokens":380,
                                 "output_tokens":20,"total_tokens":400,"input_token_details":{
                                 "text_tokens":5,"audio_tokens":375}}}\
                                """));
    }
}
