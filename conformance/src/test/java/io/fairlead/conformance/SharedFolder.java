package io.fairlead.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Material of the tests that is not part of the project: recordings and schemas. Each folder can be
 * given by a system property or an environment variable. Stateless.
 */
final class SharedFolder {
    private SharedFolder() {}

    /** Recorded exchanges with providers. */
    static Path wire() {
        return folder("wire");
    }

    /** What an OpenAI client expects, as JSON Schemas. */
    static Path openAiSchemas() {
        return folder("schema").resolve("openai");
    }

    /** The folder; where it is missing the test is skipped, or fails in CI. */
    private static Path folder(String name) {
        Path folder =
                Optional.ofNullable(System.getProperty("fairlead." + name))
                        .or(() ->
                                Optional.ofNullable(
                                        System.getenv("FAIRLEAD_" + name.toUpperCase(Locale.ROOT))))
                        .map(Path::of)
                        .orElse(GatewayProcess.project().resolveSibling("shared").resolve(name));
        boolean there = Files.isDirectory(folder);
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("missing: " + folder.toAbsolutePath());
        }
        assumeTrue(there, "skipped: nothing at " + folder.toAbsolutePath());
        return folder;
    }
}
