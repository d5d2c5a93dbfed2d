package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.translate.Protocols;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Official SDKs, unmodified, as clients of a gateway whose providers speak other protocols: every
 * client, every provider, every case, unary and streamed. What came out is {@code
 * docs/reference/sdk-matrix.md}, which must be as it is checked in.
 */
class SdkMatrixTest {
    private static final String KEY = "key-of-the-sdk-clients-0123456789";
    private static final List<Protocol> PROVIDERS =
            List.of(
                    Protocol.OPENAI_CHAT,
                    Protocol.OPENAI_RESPONSES,
                    Protocol.ANTHROPIC_MESSAGES,
                    Protocol.GEMINI,
                    Protocol.BEDROCK_CONVERSE,
                    Protocol.MISTRAL_CHAT,
                    Protocol.COHERE_V2,
                    Protocol.OLLAMA);

    @Test
    void everyClientIsUnderstoodByEveryProvider(@TempDir Path folder) throws Exception {
        NodeSuite suite = NodeSuite.installed();
        try (SimulatorServer simulator = SimulatorServer.start(provider());
                GatewayProcess gateway =
                        GatewayProcess.in(Files.createDirectory(folder.resolve("gateway")))
                                .config(config(simulator.baseUrl()))
                                .start()) {
            String output =
                    suite.run(
                            Map.of(
                                    "FAIRLEAD_URL",
                                    gateway.url().toString(),
                                    "FAIRLEAD_KEY",
                                    KEY,
                                    "FAIRLEAD_PROVIDERS",
                                    PROVIDERS.stream()
                                            .map(Protocol::wireName)
                                            .collect(Collectors.joining(","))),
                            "node",
                            "matrix.mjs");
            SdkMatrix matrix = new SdkMatrix(results(output));
            Path file = GatewayProcess.project().resolve("docs/reference/sdk-matrix.md");
            Files.writeString(
                    GatewayProcess.project().resolve("conformance/target/sdk-matrix.md"),
                    matrix.page());
            assertThat(matrix.failures()).isEmpty();
            assertThat(matrix.page()).isEqualTo(Files.readString(file));
            assertThat(gateway.output()).doesNotContain(KEY);
        }
    }

    private static List<SdkMatrix.Result> results(String output) {
        ObjectMapper json = new ObjectMapper();
        return output.lines().map(json::readTree).map(SdkMatrixTest::result).toList();
    }

    private static SdkMatrix.Result result(JsonNode line) {
        return new SdkMatrix.Result(
                line.get("client").asString(),
                line.get("provider").asString(),
                line.get("case").asString(),
                line.get("stream").asBoolean(),
                line.get("result").asString(),
                line.path("reason").asString(""));
    }

    /** All the providers at one port, told apart by the first segment of the path. */
    private static SimProvider provider() {
        Map<String, SimProvider> byName = new LinkedHashMap<>();
        for (Protocol name : PROVIDERS) {
            ChatProtocol protocol = Protocols.of(name).orElseThrow();
            byName.put(name.wireName(), new ProtocolProvider(protocol));
        }
        return request -> {
            SimProvider provider = byName.get(request.path().split("/", 3)[1]);
            return provider == null
                    ? SimAnswer.json(404, "{\"error\":{\"message\":\"no such provider\"}}")
                    : provider.answer(request);
        };
    }

    private static String config(String simulator) {
        StringBuilder yaml = new StringBuilder("providers:\n");
        for (Protocol name : PROVIDERS) {
            yaml.append(
                    "  %1$s: { protocol: %1$s, base_url: \"%2$s/%1$s\", auth: none }\n"
                            .formatted(name.wireName(), simulator));
        }
        return yaml
                + "defaults: { retries: 0, breaker: off }\n"
                + "keys:\n  - { name: sdk, secret: %s }\n".formatted(KEY);
    }
}
