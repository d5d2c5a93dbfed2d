package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** A start without any file: what a stranger sees first. */
class FirstStartTest {
    private static final String HELLO =
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    @TempDir private Path folder;

    @Test
    void thePrintedCurlAnswersAsPrinted() {
        try (GatewayProcess gateway = GatewayProcess.in(folder).start()) {
            GatewayProcess.await(() -> gateway.output().contains("curl "), "a curl in the banner");
            String curl = curlIn(gateway.output());
            CommandLine called =
                    CommandLine.shell(folder, Map.of(), curl.replace("curl ", "curl -sS -f "));

            assertThat(called.exit()).as(curl + "\n" + called.text()).isZero();
            assertThat(called.out()).contains("\"object\":\"chat.completion\"");
            assertThat(gateway.output()).contains("sim", gateway.url().toString());
        }
    }

    /** The first command that begins with curl, with its continuation lines. */
    private static String curlIn(String text) {
        StringBuilder command = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (!command.isEmpty() || line.strip().startsWith("curl ")) {
                command.append(line).append('\n');
                if (!line.endsWith("\\")) {
                    return command.toString();
                }
            }
        }
        throw new AssertionError("no curl in:\n" + text);
    }

    @Test
    void aKeyAndABaseUrlInTheEnvironmentServeThatProvider() {
        try (SimulatorServer simulator =
                        SimulatorServer.start(
                                new OpenAiSimulator(
                                        SimModels.lenientBuiltIn(), InstantSource.system()));
                GatewayProcess gateway =
                        GatewayProcess.in(folder)
                                .env("OPENAI_API_KEY", "key-from-the-environment")
                                .env("OPENAI_BASE_URL", simulator.baseUrl() + "/v1")
                                .start()) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", HELLO.formatted("openai/gpt-4o"));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(simulator.traffic().newest().request().path())
                    .isEqualTo("/v1/chat/completions");
            assertThat(simulator.traffic().newest().request().header("authorization"))
                    .hasValue("Bearer key-from-the-environment");
            assertThat(gateway.post("/v1/chat/completions", HELLO.formatted("gpt-4o")).statusCode())
                    .isEqualTo(200);
            assertThat(gateway.output()).doesNotContain("key-from-the-environment");
        }
    }

    @Test
    void theLaunchersDefaultsAreLoopbackAndTheFileBesideIt() throws Exception {
        Files.writeString(
                folder.resolve("fairlead.yaml"), "models: { mine: { targets: [sim/echo] } }\n");
        try (GatewayProcess gateway = GatewayProcess.in(folder).start()) {
            assertThat(gateway.url().getHost()).isEqualTo("127.0.0.1");
            assertThat(gateway.post("/v1/chat/completions", HELLO.formatted("mine")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void withoutKeysAWebPageCannotUseIt() {
        try (GatewayProcess gateway = GatewayProcess.in(folder).start()) {
            HttpRequest form =
                    HttpRequest.newBuilder(gateway.url("/v1/chat/completions"))
                            .header("content-type", "text/plain")
                            .POST(HttpRequest.BodyPublishers.ofString(HELLO.formatted("sim/echo")))
                            .build();
            CommandLine foreign =
                    CommandLine.shell(
                            folder,
                            Map.of(),
                            "curl -s -o /dev/null -w '%{http_code}' -H 'host: evil.example' "
                                    + gateway.url("/v1/models"));

            assertThat(GatewayProcess.send(form).statusCode()).isBetween(400, 415);
            assertThat(foreign.out()).isIn("400", "403", "421");
        }
    }

    @Test
    void simCanBeSwitchedOff() {
        try (GatewayProcess gateway =
                GatewayProcess.in(folder).config("providers: { sim: off }\n").start()) {
            assertThat(
                            gateway.post("/v1/chat/completions", HELLO.formatted("sim/echo"))
                                    .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void healthIsLiveAndReady() {
        try (GatewayProcess gateway = GatewayProcess.in(folder).start()) {
            for (String path : new String[] {"/health/live", "/health/ready"}) {
                HttpResponse<String> response =
                        GatewayProcess.send(HttpRequest.newBuilder(gateway.url(path)).build());
                assertThat(response.statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void theDemoServesWithoutAnyKey() throws Exception {
        Path out = folder.resolve("demo.txt");
        Process demo =
                new ProcessBuilder(
                                GatewayProcess.launcher().toString(),
                                "demo",
                                "--port",
                                "0",
                                "--data",
                                folder.resolve("demo").toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        try {
            GatewayProcess.await(
                    () -> read(out).contains("curl ") || !demo.isAlive(), "the demo's ready line");
            assertThat(demo.isAlive()).as(read(out)).isTrue();
            CommandLine called =
                    CommandLine.shell(
                            folder, Map.of(), curlIn(read(out)).replace("curl ", "curl -sS "));
            assertThat(called.out()).as(read(out)).contains("chat.completion");
        } finally {
            demo.destroy();
        }
        assertThat(demo.waitFor()).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
