package io.fairlead.conformance;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.translate.Protocols;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Simulated providers of every protocol, all at one port. Stateless: any thread. */
final class SimulatedProviders {
    static final List<Protocol> ALL =
            List.of(
                    Protocol.OPENAI_CHAT,
                    Protocol.OPENAI_RESPONSES,
                    Protocol.ANTHROPIC_MESSAGES,
                    Protocol.GEMINI,
                    Protocol.BEDROCK_CONVERSE,
                    Protocol.MISTRAL_CHAT,
                    Protocol.COHERE_V2,
                    Protocol.OLLAMA);

    private SimulatedProviders() {}

    /** Told apart by the first segment of the path. */
    static SimProvider provider() {
        Map<String, SimProvider> byName = new LinkedHashMap<>();
        for (Protocol name : ALL) {
            byName.put(name.wireName(), new ProtocolProvider(Protocols.of(name).orElseThrow()));
        }
        return request -> {
            SimProvider provider = byName.get(request.path().split("/", 3)[1]);
            return provider == null
                    ? SimAnswer.json(404, "{\"error\":{\"message\":\"no such provider\"}}")
                    : provider.answer(request);
        };
    }

    /** A gateway's configuration with all of them, each named like its protocol. */
    static String config(String simulator, String key) {
        StringBuilder yaml = new StringBuilder("providers:\n");
        for (Protocol name : ALL) {
            yaml.append(
                    "  %1$s: { protocol: %1$s, base_url: \"%2$s/%1$s\", auth: none }\n"
                            .formatted(name.wireName(), simulator));
        }
        return yaml
                + "defaults: { retries: 0, breaker: off }\n"
                + "keys:\n  - { name: sdk, secret: %s }\n".formatted(key);
    }
}
