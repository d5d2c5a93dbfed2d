package io.fairlead.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

class RecordingTest {
    @TempDir private Path folder;

    private Recording read(String response) throws IOException {
        Path file = folder.resolve("a.json");
        Files.writeString(
                file,
                """
                {"id": "p-chat-a", "provider": "p", "api": "chat", "model": null, "method": "POST",
                 "path": "/v1/chat/completions", "query": {"a": "b", "c": "d"},
                 "request_headers": {"content-type": "application/json"},
                 "request": {"model": "m", "temperature": 1.0e-2},
                 "features": ["unary"],
                 "response": %s}
                """
                        .formatted(response));
        return Recording.read(file);
    }

    private static String body(Recording recording) {
        return new String(recording.bodyBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void keepsNumbersAndEscapesOfAJsonBody() throws IOException {
        Recording recording =
                read(
                        """
                        {"status": 429, "headers": {"retry-after": "7"},
                         "body": {"a": [1.50, -0.0, 1E5], "b" : "x \\" \\u00e9 { ", "c": {}, "d": null} }
                        """);
        assertThat(body(recording))
                .isEqualTo(
                        "{\"a\":[1.50,-0.0,1E5],\"b\":\"x \\\" \\u00e9 { \",\"c\":{},\"d\":null}");
        assertThat(recording.reply().status()).isEqualTo(429);
        assertThat(recording.isError()).isTrue();
        assertThat(recording.reply().headers().getFirst().value()).isEqualTo("7");
        assertThat(recording.request()).contains("{\"model\":\"m\",\"temperature\":1.0e-2}");
        assertThat(recording.query()).isEqualTo("a=b&c=d");
    }

    @Test
    void takesScalarsAndTextAsBody() throws IOException {
        assertThat(body(read("{\"body\": 12, \"status\": 200}"))).isEqualTo("12");
        assertThat(body(read("{\"body\": \"x\"}"))).isEqualTo("\"x\"");
        assertThat(body(read("{\"body\": true}"))).isEqualTo("true");
        assertThat(body(read("{\"body_text\": \"plain\\n\"}"))).isEqualTo("plain\n");
        assertThat(body(read("{\"status\": 204}"))).isEmpty();
    }

    @Test
    void writesEventsInTheirRecordedFraming() throws IOException {
        String events =
                """
                "sse": [{"comment": " HI"}, {"id": "1", "event": "e", "data": "two\\nlines"}, {"data": "[DONE]"}]
                """;
        assertThat(
                        body(
                                read(
                                        "{\"framing\": {\"eol\": \"LF\", \"space_after_colon\":"
                                                + " true}, "
                                                + events
                                                + "}")))
                .isEqualTo(": HI\n\nevent: e\nid: 1\ndata: two\ndata: lines\n\ndata: [DONE]\n\n");
        assertThat(
                        body(
                                read(
                                        "{\"framing\": {\"eol\": \"CRLF\", \"space_after_colon\":"
                                                + " false,\"field_order\": [\"data\", \"id\","
                                                + " \"event\"],\"ends\": \"\\n\"}, "
                                                + events
                                                + "}")))
                .isEqualTo(
                        String.join(
                                "\r\n",
                                ": HI",
                                "",
                                "data:two",
                                "data:lines",
                                "id:1",
                                "event:e",
                                "",
                                "data:[DONE]\n"));
    }

    @Test
    void writesLinesAndBinaryFrames() throws IOException {
        assertThat(body(read("{\"lines\": [\"{\\\"a\\\":1}\", \"{}\"]}")))
                .isEqualTo("{\"a\":1}\n{}\n");
        byte[] frames = new byte[40];
        frames[3] = 16;
        frames[19] = 24;
        String raw = Base64.getEncoder().encodeToString(frames);
        Recording recording = read("{\"raw\": \"" + raw + "\", \"frames\": []}");
        assertThat(recording.form()).isEqualTo(Recording.Form.AWS_EVENT_STREAM);
        assertThat(recording.bodyBytes()).isEqualTo(frames);
        assertThat(recording.reply().body().steps()).toIterable().hasSize(2);
    }

    @Test
    void hasNoAnswerForAWebsocket() throws IOException {
        Recording recording = read("{\"ws\": []}");
        assertThat(recording.answer()).isEmpty();
        assertThatThrownBy(recording::reply).hasMessageContaining("p-chat-a");
    }

    @Test
    void namesTheFileThatIsNoRecording() throws IOException {
        Path file = Files.writeString(folder.resolve("b.json"), "{\"id\": 1}");
        assertThatThrownBy(() -> Recording.read(file)).hasMessageContaining("b.json");
    }
}
