package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The official OpenAI SDK for Node, unmodified, as a client: the tests in {@code node/}. */
class OpenAiNodeTest {
    private static final String KEY = "key-of-the-node-client-0123456789";
    private static final Pattern PASSED = Pattern.compile("(?m)^. pass (\\d+)$");

    @Test
    void everyTestOfTheNodeSuitePasses(@TempDir Path folder) throws Exception {
        NodeSuite suite = NodeSuite.installed();
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
                    suite.run(
                            Map.of(
                                    "FAIRLEAD_URL",
                                    gateway.url().toString(),
                                    "FAIRLEAD_KEY",
                                    KEY,
                                    "FAIRLEAD_CUT_MODEL",
                                    "openai/lorem-fault-cut-after-events-4"),
                            "node",
                            "--test");
            Matcher passed = PASSED.matcher(output);
            assertThat(passed.find()).as(output).isTrue();
            assertThat(Integer.parseInt(passed.group(1))).isGreaterThan(20);
            assertThat(gateway.output()).doesNotContain(KEY, "key-of-the-provider");
        }
    }
}
