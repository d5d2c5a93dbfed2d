package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The official OpenAI SDK for Node, unmodified, as a client: the tests in {@code node/}. */
class OpenAiNodeTest {
    private static final String KEY = "key-of-the-node-client-0123456789";
    private static final Pattern PASSED = Pattern.compile("(?m)^. pass (\\d+)$");

    @Test
    void everyTestOfTheNodeSuitePasses(@TempDir Path folder) throws Exception {
        Path suite = installed();
        FaultInjector provider =
                new FaultInjector(
                        new OpenAiSimulator(SimModels.lenientBuiltIn(), InstantSource.system()));
        try (SimulatorServer simulator = SimulatorServer.start(provider);
                GatewayProcess gateway =
                        GatewayProcess.in(Files.createDirectory(folder.resolve("gateway")))
                                .config(
                                        """
                                        providers:
                                          openai: { api_key: key-of-the-provider, base_url: "%s/v1" }
                                        keys:
                                          - { name: node, secret: %s }
                                        """
                                                .formatted(simulator.baseUrl(), KEY))
                                .start()) {
            String output =
                    run(
                            suite,
                            Map.of(
                                    "FAIRLEAD_URL",
                                    gateway.url().toString(),
                                    "FAIRLEAD_KEY",
                                    KEY,
                                    "FAIRLEAD_CUT_MODEL",
                                    "openai/lorem-fault-cut-after-events-4"),
                            0,
                            "node",
                            "--test");
            Matcher passed = PASSED.matcher(output);
            assertThat(passed.find()).as(output).isTrue();
            assertThat(Integer.parseInt(passed.group(1))).isGreaterThan(20);
            assertThat(gateway.output()).doesNotContain(KEY, "key-of-the-provider");
        }
    }

    /** A copy of the suite with its dependencies, kept between runs under {@code target}. */
    private static Path installed() throws IOException, InterruptedException {
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
            run(suite, Map.of(), 0, "npm", "ci", "--no-audit", "--no-fund");
        }
        return suite;
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

    private static String run(
            Path folder, Map<String, String> environment, int expected, String... command)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.log");
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " did not end");
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isEqualTo(expected);
        return text;
    }
}
