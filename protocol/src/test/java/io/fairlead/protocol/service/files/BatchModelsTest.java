package io.fairlead.protocol.service.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.service.files.FileIds.Plain;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Set;

final class BatchModelsTest {
    private static final Set<String> PROVIDERS = Set.of("openai", "groq");

    private static String renamed(String name) {
        return name.replaceFirst("^openai/", "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Plain lines(String before, String file, String after) {
        byte[] body = bytes(before + file + after);
        int from = bytes(before).length;
        return BatchModels.lines(
                body,
                from,
                from + bytes(file).length,
                BatchModelsTest::renamed,
                PROVIDERS::contains);
    }

    @Test
    void eachLineNamesTheModelAsTheProviderDoes() {
        String file =
                """
                {"custom_id":"openai/1","url":"/v1/embeddings","body":{"model":"openai/small","input":"ü"}}
                {"body":{"model":"gpt-4o","messages":[{"content":{"model":"openai/x"}}]},"model":"openai/y"}\r

                no JSON
                {"body":{"input":[{"file_id":"f.openai"}],"model":"openai/large"}}\
                """;
        Plain plain = lines("--b\r\nmodel openai/z\r\n", file, "\r\n--b--openai/small");
        assertThat(new String(plain.body(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "--b\r\nmodel openai/z\r\n"
                                + file.replace("openai/small", "small")
                                        .replace("openai/large", "large")
                                        .replace("f.openai", "f")
                                + "\r\n--b--openai/small");
        assertThat(plain.owner().orElseThrow().provider()).isEqualTo("openai");
    }

    @Test
    void aFileWithNothingToChangeIsTheSameArray() {
        byte[] body = bytes("{\"body\":{\"model\":\"gpt-4o\"}}\n");
        assertThat(
                        BatchModels.lines(
                                        body,
                                        0,
                                        body.length,
                                        BatchModelsTest::renamed,
                                        PROVIDERS::contains)
                                .body())
                .isSameAs(body);
    }

    @Test
    void aLineWithTheFileOfAnotherProviderIsNamed() {
        assertThatThrownBy(() ->
                        lines("", "{\"file_id\":\"a.openai\"}\n{\"file_id\":\"b.groq\"}\n", ""))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void aDocumentNamesTheModelsOfItsRequests() {
        String json =
                """
                {"requests":[{"custom_id":"1","params":{"model":"openai/a","messages":[]}},
                 {"params":{"model":"b","x":{"model":"openai/c"}}}]}\
                """;
        Plain plain =
                BatchModels.document(bytes(json), BatchModelsTest::renamed, PROVIDERS::contains);
        assertThat(new String(plain.body(), StandardCharsets.UTF_8))
                .isEqualTo(json.replace("openai/a", "a"));
        assertThat(BatchModels.first(bytes(json), 0, json.length())).contains("openai/a");
    }

    @Test
    void theFirstModelIsThatOfTheFirstLine() {
        byte[] body =
                bytes("{\"model\":\"x\",\"body\":{\"model\":\"y\"}}\n{\"body\":{\"model\":\"z\"}}");
        int end = BatchModels.endOfLine(body, 0, body.length);
        assertThat(BatchModels.first(body, 0, end)).contains("y");
        assertThat(BatchModels.first(bytes("none"), 0, 4)).isEmpty();
        assertThat(BatchModels.first(bytes("{}"), 0, 2)).isEmpty();
    }
}
