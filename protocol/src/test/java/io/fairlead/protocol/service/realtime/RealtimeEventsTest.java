package io.fairlead.protocol.service.realtime;

import static io.fairlead.protocol.json.JsonText.utf8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.WireCorpus;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.realtime.RealtimeEvents.Done;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

final class RealtimeEventsTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theTypeIsFoundWhereverItStands() {
        assertThat(RealtimeEvents.type(bytes("{\"type\":\"response.done\",\"x\":")))
                .isEqualTo("response.done");
        assertThat(RealtimeEvents.type(bytes("{\"a\":{\"type\":\"b\"},\"type\":\"c\"}")))
                .isEqualTo("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{}", "{\"type\":1}", "\"type\"", "{\"a\":}"})
    void whatHasNoTypeIsNoEventOfOurs(String text) {
        assertThat(RealtimeEvents.type(bytes(text))).isEmpty();
    }

    @Test
    void usageIsReadWhereverProvidersPutIt() {
        String usage =
                """
                "usage":{"input_tokens":7,"output_tokens":5,"input_token_details":\
                {"audio_tokens":6,"image_tokens":1,"cached_tokens":2}}\
                """;
        Usage expected = new Usage(7, 2, 0, 6, 1, 5, 0, 0, 0);
        assertThat(RealtimeEvents.done(bytes("{\"response\":{" + usage + "}}")))
                .extracting(Done::usage)
                .isEqualTo(java.util.Optional.of(expected));
        assertThat(
                        RealtimeEvents.done(bytes("{\"response\":{\"usage\":{}}," + usage + "}"))
                                .usage())
                .contains(expected);
        assertThat(RealtimeEvents.done(bytes("{\"response\":{\"usage\":null}}")).usage()).isEmpty();
    }

    @Test
    void onlyNamesOfModelsAreRenamed() {
        String event =
                """
                {"type":"session.update","session":{"model":"a/b","voice":"a/b","tools":[{"model":\
                "a/b"}],"input_audio_transcription":{"model":"a/b"},"metadata":{"model":"a/b"}}}\
                """;
        String renamed =
                new String(
                        RealtimeEvents.renamed(bytes(event), name -> name.replace("a/", "")),
                        StandardCharsets.UTF_8);
        assertThat(renamed)
                .isEqualTo(
                        event.replace("session\":{\"model\":\"a/b", "session\":{\"model\":\"b")
                                .replace(
                                        "transcription\":{\"model\":\"a/b",
                                        "transcription\":{\"model\":\"b"));
        byte[] same = bytes(event);
        assertThat(RealtimeEvents.renamed(same, name -> name)).isSameAs(same);
    }

    @Test
    void anErrorIsAnEvent() {
        Json event =
                Json.parse(
                        RealtimeEvents.error(
                                GatewayError.of(ErrorCode.KEY_EXPIRED, "\"over\""), "req_1"));
        assertThat(event.get("type")).contains(Json.of("error"));
        assertThat(event.get("error").flatMap(it -> it.get("message")))
                .contains(Json.of("\"over\""));
    }

    @Test
    void everyRecordedConversationIsUnderstood() throws IOException {
        Path root = WireCorpus.root();
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(Files.isDirectory(root), "no recordings in " + root);
        }
        List<Usage> usages = new ArrayList<>();
        int events = 0;
        for (String provider : List.of("openai", "azure", "xai")) {
            try (Stream<Path> files = Files.list(root.resolve(provider + "/realtime"))) {
                for (Path file : files.sorted().toList()) {
                    for (Json frame : frames(file)) {
                        Json data = frame.get("data").orElse(Json.NULL);
                        if (!data.isObject()) {
                            continue;
                        }
                        events++;
                        byte[] event = bytes(data.toString());
                        String type = RealtimeEvents.type(event);
                        assertThat(type).isEqualTo(data.get("type").orElseThrow().text());
                        assertThat(RealtimeEvents.renamed(event, name -> name)).isSameAs(event);
                        if (type.equals("response.done")) {
                            usages.add(RealtimeEvents.done(event).usage().orElseThrow());
                        }
                        if (type.equals("session.created")) {
                            assertThat(RealtimeEvents.model(event)).isPresent();
                        }
                    }
                }
            }
        }
        assertThat(events).isGreaterThan(390);
        assertThat(usages)
                .contains(
                        new Usage(122, 64, 0, 26, 0, 97, 0, 69, 0),
                        new Usage(156, 0, 0, 146, 0, 185, 0, 170, 0))
                .hasSize(6);
    }

    private static List<Json> frames(Path file) throws IOException {
        return Json.parse(Files.readAllBytes(file))
                .get("response")
                .flatMap(it -> it.get("ws"))
                .orElseThrow()
                .elements();
    }

    @Test
    void damagedEventsAreNoDefect() {
        SplittableRandom random = new SplittableRandom(5);
        byte[] sample =
                bytes(
                        "{\"type\":\"response.done\",\"session\":{\"model\":\"a\"},\"response\":{\"usage\":{\"input_tokens\":1}}}");
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = sample.clone();
            for (int change = 0; change <= i % 3; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            RealtimeEvents.type(damaged);
            RealtimeEvents.done(damaged);
            RealtimeEvents.model(damaged);
            RealtimeEvents.renamed(damaged, name -> name + "x");
        }
    }

    @Test
    void theModelThatWritesDownWhatIsHeardIsInBothForms() {
        assertThat(
                        RealtimeEvents.transcriber(
                                utf8(
                                        "{\"session\":{\"audio\":{\"input\":{\"transcription\":"
                                                + "{\"model\":\"gpt-4o-transcribe\"}}}}}")))
                .contains("gpt-4o-transcribe");
        assertThat(
                        RealtimeEvents.transcriber(
                                utf8(
                                        "{\"session\":{\"input_audio_transcription\":"
                                                + "{\"model\":\"whisper-1\"}}}")))
                .contains("whisper-1");
        for (String none : new String[] {"{}", "[", "{\"session\":{\"audio\":{\"input\":null}}}"}) {
            assertThat(RealtimeEvents.transcriber(utf8(none))).isEmpty();
            assertThat(RealtimeEvents.transcribed(utf8(none))).isEmpty();
        }
    }
}
