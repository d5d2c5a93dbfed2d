package io.fairlead.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

class SimulatorMainTest {
    private static final String CHAT =
            "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static String post(SimulatorServer server, String path, String body)
            throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            return client.post(path, body, "connection: close").hearToTheEnd().text();
        }
    }

    @Test
    void servesModelsAndFaultsByName() throws IOException {
        try (SimulatorServer server = SimulatorMain.start(new String[] {"--loops", "2"})) {
            assertThat(post(server, "/v1/chat/completions", CHAT.formatted("gpt-4o")))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"content\":\"hi\"");
            assertThat(
                            post(
                                    server,
                                    "/v1/chat/completions",
                                    CHAT.formatted("echo-fault-429-retry-after-3")))
                    .startsWith("HTTP/1.1 429 ")
                    .contains("retry-after: 3\r\n");
            assertThat(
                            post(
                                    server,
                                    "/v1/chat/completions",
                                    CHAT.formatted("fault-reset-before-headers")))
                    .isEmpty();
        }
    }

    @Test
    void servesCannedAnswersForBenchmarks() throws IOException {
        String[] args = {"--events", "5", "--interval", "1"};
        try (SimulatorServer server = SimulatorMain.start(args)) {
            String unary = post(server, "/bench/unary/v1/chat/completions", "{}");
            assertThat(unary).contains("content-length: 1200\r\n");
            JsonNode answer =
                    JsonMapper.shared().readTree(unary.substring(unary.indexOf("\r\n\r\n") + 4));
            assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(350);

            String full = post(server, "/bench/full/v1/chat/completions", "{}");
            assertThat(full.split("\r\nfa\r\ndata: ", -1)).as(full).hasSize(6);
            assertThat(full).contains("\"completion_tokens\":5").contains("data: [DONE]\n\n");

            long before = System.nanoTime();
            String paced = post(server, "/bench/paced/v1/chat/completions", "{}");
            String stamp = "\"sent_nanos\":\"";
            int at = paced.indexOf(stamp) + stamp.length();
            assertThat(Long.parseLong(paced, at, at + 20, 10)).isBetween(before, System.nanoTime());
            assertThat(paced.split(stamp, -1)).hasSize(6);
        }
    }

    @Test
    void explainsWrongArguments() {
        assertThatThrownBy(() -> SimulatorMain.start(new String[] {"--prot", "1"}))
                .hasMessageContaining("--prot")
                .hasMessageContaining("--port");
        assertThatThrownBy(() -> SimulatorMain.start(new String[] {"--port", "x"}))
                .hasMessageContaining("--port: not a number: x");
        assertThatThrownBy(() -> SimulatorMain.start(new String[] {"--port"}))
                .hasMessageContaining("no value");
    }
}
