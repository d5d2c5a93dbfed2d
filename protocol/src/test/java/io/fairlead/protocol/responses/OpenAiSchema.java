package io.fairlead.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.fairlead.protocol.WireCorpus;
import io.fairlead.protocol.json.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A schema of OpenAI's own document; skips the test where it is not at hand. Immutable. */
final class OpenAiSchema {
    /** Each takes a second to read. */
    private static final Map<String, OpenAiSchema> READ = new ConcurrentHashMap<>();

    private final Schema schema;

    private OpenAiSchema(Schema schema) {
        this.schema = schema;
    }

    static OpenAiSchema of(String name) {
        return READ.computeIfAbsent(name, OpenAiSchema::read);
    }

    private static OpenAiSchema read(String name) {
        Path file = WireCorpus.root().resolve("../schema/openai").resolve(name + ".json");
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Files.isRegularFile(file), "no schema in " + file.toAbsolutePath());
        }
        try {
            return new OpenAiSchema(
                    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void allows(Json value) {
        assertThat(schema.validate(value.toString(), InputFormat.JSON)).as("%s", value).isEmpty();
    }
}
