package io.fairlead.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds the generated documents to the code; {@code -Dfairlead.write-docs=true} writes them again.
 */
final class ReferenceDocumentsTest {
    private static final Path FOLDER = folder();

    @Test
    void publishesTheSchemaThatTheFileIsReadWith() throws IOException {
        compare(FOLDER.resolve("fairlead.schema.json"), JsonSchema.text());
    }

    @Test
    void publishesTheReferenceThatTheFileIsReadWith() throws IOException {
        compare(FOLDER.resolve("configuration.md"), ReferencePage.text());
    }

    @Test
    void refersInTheSchemaOnlyToWhatIsThere() {
        JsonNode schema = JsonMapper.builder().build().readTree(JsonSchema.text());

        assertThat(schema.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(schema.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
        assertThat(schema.at("/properties/server/$ref").asString()).isEqualTo("#/$defs/server");
        assertThat(schema.at("/$defs/server/additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.at("/$defs/server/properties/port/default").asInt()).isEqualTo(4000);
        assertThat(schema.at("/$defs/model/properties").has("rules")).isFalse();
    }

    private static void compare(Path file, String text) throws IOException {
        if (Boolean.getBoolean("fairlead.write-docs")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file).content().isEqualTo(text);
    }

    /** Tests run in the folder of their module. */
    private static Path folder() {
        Path here = Path.of("docs/reference");
        return Files.isDirectory(Path.of("gateway")) ? here : Path.of("..").resolve(here);
    }
}
