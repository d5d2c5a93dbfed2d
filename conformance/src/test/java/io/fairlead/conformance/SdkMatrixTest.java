package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Official SDKs, unmodified, as clients of a gateway whose providers speak other protocols: every
 * client, every provider, every case, unary and streamed. What came out is {@code
 * docs/reference/sdk-matrix.md}, which must be as it is checked in.
 */
class SdkMatrixTest {
    private static final String KEY = "key-of-the-sdk-clients-0123456789";

    @Test
    void everyClientIsUnderstoodByEveryProvider(@TempDir Path folder) throws Exception {
        NodeSuite suite = NodeSuite.installed();
        try (ExecutorService side = Executors.newSingleThreadExecutor();
                SimulatorServer simulator = SimulatorServer.start(SimulatedProviders.provider());
                GatewayProcess gateway =
                        GatewayProcess.in(Files.createDirectory(folder.resolve("gateway")))
                                .config(SimulatedProviders.config(simulator.baseUrl(), KEY))
                                .start()) {
            String url = gateway.url().toString();
            Future<List<SdkMatrix.Result>> ofJava =
                    side.submit(() -> JavaMatrix.run(JavaMatrix.clients(url, KEY)));
            String output =
                    suite.run(
                            Map.of(
                                    "FAIRLEAD_URL",
                                    url,
                                    "FAIRLEAD_KEY",
                                    KEY,
                                    "FAIRLEAD_PROVIDERS",
                                    SimulatedProviders.ALL.stream()
                                            .map(Protocol::wireName)
                                            .collect(Collectors.joining(","))),
                            "node",
                            "matrix.mjs");
            List<SdkMatrix.Result> results = new ArrayList<>(results(output));
            results.addAll(SdkMatrix.refusedAlike(ofJava.get(), results));
            SdkMatrix matrix = new SdkMatrix(results);
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
}
