package io.fairlead.protocol.chat;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.fairlead.protocol.WireCorpus;
import io.fairlead.protocol.json.Json;

import tools.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** OpenAI's published schemas. Any thread. */
public final class Schemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();

    private Schemas() {}

    /** What of this value is against the schema of that name; none if all is well. */
    public static List<String> problems(String name, Json value) {
        Path file = WireCorpus.root().resolveSibling("schema/openai/" + name + ".json");
        assumeTrue(Files.isRegularFile(file), "no schema at " + file.toAbsolutePath());
        return LOADED
                .computeIfAbsent(name, key -> load(file))
                .validate(JSON.readTree(value.toString()))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static Schema load(Path file) {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
