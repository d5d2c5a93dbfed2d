package io.fairlead.protocol.service.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.service.files.FileIds.Owner;
import io.fairlead.protocol.service.files.FileIds.Plain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Set;

final class FileIdsTest {
    private static final Set<String> PROVIDERS = Set.of("openai", "groq");

    private static Plain plain(String json) {
        return FileIds.plain(bytes(json), PROVIDERS::contains);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"messages":[{"content":[{"type":"file","file":{"file_id":"ID"}}]}]}|messages[0].content[0].file.file_id
                    {"input":[{"content":[{"type":"input_image","file_id":"ID"}]}]}|input[0].content[0].file_id
                    {"tools":[{"container":{"type":"auto","file_ids":["x","ID"]}}]}|tools[0].container.file_ids[1]
                    {"messages":[{"content":[{"source":{"type":"file","file_id":"ID"}}]}]}|messages[0].content[0].source.file_id
                    {"endpoint":"/v1/embeddings","input_file_id" : "ID"}|input_file_id
                    {"part_ids":["ID"]}|part_ids[0]
                    """)
    void takesTheMarkOffWhereverAFileIsNamed(String json, String member) {
        Plain plain = plain(json.replace("ID", "file-1.groq"));
        assertThat(new String(plain.body(), StandardCharsets.UTF_8))
                .isEqualTo(json.replace("ID", "file-1"));
        assertThat(plain.owner()).contains(new Owner("groq", member));
    }

    @Test
    void whatIsNoIdOfAFilePassesByteByByte() {
        String json =
                """
                { "file_id":7, "text":"file-1.groq", "metadata":{"file_id":"file-1.groq"},
                 "arguments":"{\\"file_id\\":\\"file-1.groq\\"}", "properties":{"file_id":{}} }\
                """;
        Plain plain = plain(json);
        assertThat(plain.body()).isEqualTo(bytes(json));
        assertThat(plain.owner()).isEmpty();
    }

    @Test
    void filesOfTwoProvidersAreRefusedByName() {
        assertThatThrownBy(() ->
                        plain(
                                """
                                {"a":[{"file_id":"f.openai"},{"file_id":"g"},{"file_id":"h.groq"}]}\
                                """))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.path()).isEqualTo("a[2].file_id"))
                .hasMessageContaining("groq")
                .hasMessageContaining("a[0].file_id");
    }

    @Test
    void whetherFilesMayBeNamedIsSeenWhereverTheWordStands() {
        for (int before = 0; before < 20; before++) {
            for (int after = 0; after < 9; after++) {
                byte[] body = bytes("x".repeat(before) + "file_id" + "e".repeat(after));
                assertThat(FileIds.maybeIn(body)).as(before + ", " + after).isTrue();
            }
        }
        assertThat(FileIds.maybeIn(bytes("file id file_i dfile_ifile-id".repeat(9)))).isFalse();
        assertThat(FileIds.maybeIn(new byte[0])).isFalse();
    }
}
