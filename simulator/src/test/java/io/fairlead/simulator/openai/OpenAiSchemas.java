package io.fairlead.simulator.openai;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** OpenAI's schemas, which are not part of the project. Stateless. */
final class OpenAiSchemas {
    private OpenAiSchemas() {}

    /**
     * What is wrong with a document; the test is skipped where the schemas are missing, or fails in
     * CI.
     */
    static List<String> problems(String schema, String json) {
        return problemsWith(schema(schema), json);
    }

    static List<String> problemsWith(String schemaJson, String json) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schemaJson)
                .validate(json, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static String schema(String name) {
        String set =
                Optional.ofNullable(System.getProperty("fairlead.schema"))
                        .or(() -> Optional.ofNullable(System.getenv("FAIRLEAD_SCHEMA")))
                        .orElse("../../shared/schema");
        Path file = Path.of(set, "openai", name + ".json");
        boolean there = Files.isRegularFile(file);
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("schemas are missing: " + file.toAbsolutePath());
        }
        assumeTrue(there, "no schema at " + file.toAbsolutePath());
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
