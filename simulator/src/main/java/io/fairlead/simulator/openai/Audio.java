package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimStep;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** {@code POST /v1/audio/speech}, {@code /transcriptions} and {@code /translations}. Stateless. */
final class Audio {
    private static final int BYTES_PER_TOKEN = 1_600;
    private static final int BLOCK_BYTES = 4_096;
    private static final int FILE_BYTES_PER_SECOND = 16_000;

    private Audio() {}

    /** So many bytes of sound for each token, in blocks; no player would like it. */
    static SimAnswer speech(Call call) {
        String input = call.json().path("input").asString("");
        byte[] sound = new byte[Math.max(1, SimTokens.count(input)) * BYTES_PER_TOKEN];
        call.random().nextBytes(sound);
        if (call.json().path("stream_format").asString("").equals("sse")) {
            return speechEvents(call, input, sound);
        }
        SimStep.Send all = new SimStep.Send(sound);
        List<SimStep> blocks = new ArrayList<>();
        for (int at = 0; at < sound.length; at += BLOCK_BYTES) {
            blocks.add(all.slice(at, Math.min(BLOCK_BYTES, sound.length - at)));
        }
        return SimAnswer.bytes(
                        200, type(call.json().path("response_format").asString("mp3")), sound)
                .withBody(_ -> SimBody.of(blocks))
                .after(call.untilComplete(0));
    }

    private static SimAnswer speechEvents(Call call, String input, byte[] sound) {
        EventScript script = new EventScript(call);
        for (int at = 0; at < sound.length; at += BLOCK_BYTES) {
            byte[] block = Arrays.copyOfRange(sound, at, Math.min(sound.length, at + BLOCK_BYTES));
            script.data(
                    "{\"type\":\"speech.audio.delta\",\"audio\":\""
                            + Base64.getEncoder().encodeToString(block)
                            + "\"}");
        }
        int tokens = SimTokens.count(input);
        return script.data(
                        "{\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":"
                                + tokens
                                + ",\"output_tokens\":"
                                + tokens
                                + ",\"total_tokens\":"
                                + 2 * tokens
                                + "}}")
                .reply();
    }

    private static String type(String format) {
        return switch (format) {
            case "wav" -> "audio/wav";
            case "opus" -> "audio/opus";
            case "aac" -> "audio/aac";
            case "flac" -> "audio/flac";
            case "pcm" -> "audio/pcm";
            default -> "audio/mpeg";
        };
    }

    /** The text is the form's {@code prompt}, or filler. */
    static SimAnswer transcription(Call call, FormData form, boolean translation) {
        String text =
                form.field("prompt").filter(p -> !p.isBlank()).orElseGet(() -> Lorem.text(12));
        int size = form.fileSizes().getOrDefault("file", 0);
        int seconds = Math.max(1, size / FILE_BYTES_PER_SECOND);
        int tokens = SimTokens.count(text);
        String usage =
                "\"usage\":{\"type\":\"tokens\",\"input_tokens\":"
                        + seconds * 10
                        + ",\"input_token_details\":{\"text_tokens\":0,\"audio_tokens\":"
                        + seconds * 10
                        + "},\"output_tokens\":"
                        + tokens
                        + ",\"total_tokens\":"
                        + (seconds * 10 + tokens)
                        + "}";
        if (form.field("stream").filter("true"::equals).isPresent()) {
            return new EventScript(call)
                    .tokens(
                            text,
                            part ->
                                    "data: {\"type\":\"transcript.text.delta\",\"delta\":"
                                            + Json.quote(part)
                                            + "}\n\n")
                    .data(
                            "{\"type\":\"transcript.text.done\",\"text\":"
                                    + Json.quote(text)
                                    + ","
                                    + usage
                                    + "}")
                    .done();
        }
        Duration delay = call.untilComplete(tokens);
        String time =
                String.format(
                        Locale.ROOT,
                        "%02d:%02d:%02d",
                        seconds / 3_600,
                        seconds / 60 % 60,
                        seconds % 60);
        return switch (form.field("response_format").orElse("json")) {
            case "text" -> plain(text + "\n").after(delay);
            case "srt" ->
                    plain("1\n00:00:00,000 --> " + time + ",000\n" + text + "\n\n").after(delay);
            case "vtt" ->
                    plain("WEBVTT\n\n00:00:00.000 --> " + time + ".000\n" + text + "\n\n")
                            .after(delay);
            case "verbose_json" -> verbose(text, seconds, translation).after(delay);
            default ->
                    SimAnswer.json(
                                    200,
                                    translation
                                            ? "{\"text\":" + Json.quote(text) + "}"
                                            : "{\"text\":" + Json.quote(text) + "," + usage + "}")
                            .after(delay);
        };
    }

    private static SimAnswer.Reply verbose(String text, int seconds, boolean translation) {
        return SimAnswer.json(
                200,
                "{\"task\":\""
                        + (translation ? "translate" : "transcribe")
                        + "\",\"language\":\"english\",\"duration\":"
                        + seconds
                        + ",\"text\":"
                        + Json.quote(text)
                        + ",\"segments\":[{\"id\":0,\"seek\":0,\"start\":0.0,\"end\":"
                        + seconds
                        + ",\"text\":"
                        + Json.quote(text)
                        + ",\"tokens\":[1],\"temperature\":0.0,\"avg_logprob\":-0.1,\"compression_ratio\":1.0,"
                        + "\"no_speech_prob\":0.0}]"
                        + (translation
                                ? ""
                                : ",\"usage\":{\"type\":\"duration\",\"seconds\":" + seconds + "}")
                        + "}");
    }

    private static SimAnswer.Reply plain(String text) {
        return SimAnswer.bytes(
                200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
