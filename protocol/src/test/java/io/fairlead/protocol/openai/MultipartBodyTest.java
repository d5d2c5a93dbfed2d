package io.fairlead.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class MultipartBodyTest {
    private static final String TYPE = "multipart/form-data; boundary=\"XyZ\"";

    private static String part(String name, String value) {
        return """
        --XyZ
        Content-Disposition: form-data; name="%s"

        %s
        """
                .replace("\n", "\r\n")
                .formatted(name, value);
    }

    private static final String FILE =
            String.join(
                    "\r\n",
                    "--XyZ",
                    "Content-Disposition: form-data; name=\"file\"; filename=\"model\"",
                    "Content-Type: audio/mpeg",
                    "",
                    "\0\1",
                    "--Xy",
                    "\377name=\"model\"",
                    "");

    private static RequestBody scan(Endpoint endpoint, String body) {
        return RequestBody.scan(
                endpoint, Optional.of(TYPE), body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String rewritten(RequestBody body, RequestEdit edit) {
        return new String(body.rewrite(edit).bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void findsTheFactsAndReplacesOnlyTheModel() {
        String rest =
                FILE
                        + part("response_format", "verbose_json")
                        + part("stream", "true")
                        + "--XyZ--\r\n";
        RequestBody body = scan(Endpoint.TRANSCRIPTIONS, part("model", "whisper-1") + rest);
        assertThat(body.facts().model()).isEqualTo("whisper-1");
        assertThat(body.facts().stream()).isTrue();
        assertThat(body.facts().responseFormat()).contains("verbose_json");
        assertThat(body.facts().hasAudio()).isTrue();
        assertThat(rewritten(body, RequestEdit.model("whisper-large-v3")))
                .isEqualTo(part("model", "whisper-large-v3") + rest);
    }

    @Test
    void takesAPreambleAnEpilogueAndEmptyValues() {
        RequestBody body =
                scan(
                        Endpoint.TRANSCRIPTIONS,
                        "hello\r\n" + part("prompt", "") + part("model", "m") + "--XyZ--\r\nbye");
        assertThat(body.facts().model()).isEqualTo("m");
    }

    @Test
    void addsAModelWhereTheClientNamedNone() {
        RequestBody body = scan(Endpoint.IMAGE_EDITS, part("prompt", "a cat") + "--XyZ--");
        assertThat(body.facts().model()).isEmpty();
        assertThat(rewritten(body, RequestEdit.model("dall-e-2")))
                .isEqualTo(part("model", "dall-e-2") + part("prompt", "a cat") + "--XyZ--");
    }

    @Test
    void dropsParts() {
        RequestBody body =
                scan(
                        Endpoint.TRANSCRIPTIONS,
                        part("a", "1") + part("model", "m") + part("b", "2") + "--XyZ--");
        RequestEdit edit = new RequestEdit("m", false, Map.of(), Set.of("a", "b"));
        assertThat(rewritten(body, edit)).isEqualTo(part("model", "m") + "--XyZ--");
        assertThat(body.rewrite(edit).dropped()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | it ends without its closing boundary",
                "`--XyZX` | expected a line end behind the boundary",
                "`--XyZ\r\nContent-Disposition` | expected headers that end with a blank line",
                "`--XyZ\r\nA: b\r\n\r\nrest` | it ends without its closing boundary",
                "`--XyZ--` | `'model' is missing (expected: a form field with the name of a"
                        + " model)`",
            })
    void saysWhatIsWrong(String body, String message) {
        assertThatThrownBy(() -> scan(Endpoint.TRANSCRIPTIONS, body == null ? "" : body))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining(message);
    }

    @Test
    void needsABoundary() {
        assertThatThrownBy(() ->
                        RequestBody.scan(
                                Endpoint.TRANSCRIPTIONS,
                                Optional.of("multipart/form-data"),
                                new byte[0]))
                .hasMessageContaining("boundary");
    }
}
