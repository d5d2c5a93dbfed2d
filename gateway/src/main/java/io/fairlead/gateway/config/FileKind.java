package io.fairlead.gateway.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The path of a file that can be read, relative to the configuration file. Immutable. */
record FileKind() implements Kind<Path> {
    @Override
    public Optional<Path> read(Node node, String path, Reading in) {
        return Kinds.TEXT.read(node, path, in).flatMap(name -> file(name, node, path, in));
    }

    private Optional<Path> file(String name, Node node, String path, Reading in) {
        try {
            Path file = in.resolve(name);
            if (Files.isReadable(file)) {
                return Optional.of(file);
            }
        } catch (InvalidPathException _) {
            // As if it were not there.
        }
        in.problem(
                node.at(),
                path,
                node.describe() + ", which can't be read",
                "a file that can be read");
        return Optional.empty();
    }

    @Override
    public String expected() {
        return "the path of a file";
    }

    @Override
    public String label() {
        return "path";
    }

    @Override
    public Map<String, Object> schema(SchemaDefinitions definitions) {
        return Map.of("type", "string");
    }
}
