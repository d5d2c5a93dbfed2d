package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Node.js project {@code node/} with the SDKs it has pinned, installed. Not thread-safe.
 *
 * @param folder where it is installed
 */
record NodeSuite(Path folder) {
    /** A copy of the suite with its dependencies, kept between runs under {@code target}. */
    static NodeSuite installed() throws IOException, InterruptedException {
        assumeTrue(exists("node") && exists("npm"), "skipped: Node.js is not installed");
        Path source = GatewayProcess.project().resolve("conformance/node");
        Path suite = GatewayProcess.project().resolve("conformance/target/node");
        Files.createDirectories(suite);
        Path lock = suite.resolve("node_modules/.package-lock.json");
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        suite.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        boolean fresh =
                Files.exists(lock)
                        && Files.getLastModifiedTime(lock)
                                        .compareTo(
                                                Files.getLastModifiedTime(
                                                        source.resolve("package-lock.json")))
                                > 0;
        if (!fresh) {
            new NodeSuite(suite).run(Map.of(), "npm", "ci", "--no-audit", "--no-fund");
        }
        return new NodeSuite(suite);
    }

    private static boolean exists(String program) {
        String path = System.getenv("PATH");
        boolean found =
                Stream.of(path.split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!found && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(program + " is missing");
        }
        return found;
    }

    /** Runs a command in it, which must succeed, and gives what it printed. */
    String run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.log");
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(600, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " did not end");
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isEqualTo(0);
        return text;
    }
}
