package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.replay.Recording;
import io.fairlead.simulator.replay.Recordings;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Conversations as coding agents hold them, three turns of {@code node/agents.mjs} with official
 * SDKs, at providers that answer as real ones were recorded to. One agent speaks Messages with
 * marks of the prompt cache and thinking, one Responses with encrypted reasoning and a tool that
 * takes free text.
 */
class AgentsTest {
    private static final String KEY = "key-of-the-coding-agents-0123456789";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, List<SimRequest>> seen = new ConcurrentHashMap<>();
    private final Map<String, AgentConversation> conversations = new LinkedHashMap<>();

    @Test
    void agentsWorkAtProvidersOfOtherProtocols(@TempDir Path folder) throws Exception {
        Map<String, Recording> recordings = new LinkedHashMap<>();
        for (Recording recording : Recordings.load(SharedFolder.wire()).all()) {
            recordings.put(recording.id(), recording);
        }
        for (AgentConversation one : AgentConversation.all(recordings)) {
            conversations.put(one.provider(), one);
        }
        NodeSuite suite = NodeSuite.installed();
        try (SimulatorServer simulator = SimulatorServer.start(this::answer);
                GatewayProcess gateway =
                        GatewayProcess.in(Files.createDirectory(folder.resolve("gateway")))
                                .config(config(simulator.baseUrl()))
                                .start()) {
            Path list = folder.resolve("agents.json");
            Files.writeString(list, JSON.writeValueAsString(list()));
            String output =
                    suite.run(
                            Map.of(
                                    "FAIRLEAD_URL",
                                    gateway.url().toString(),
                                    "FAIRLEAD_KEY",
                                    KEY,
                                    "FAIRLEAD_AGENTS",
                                    list.toString()),
                            "node",
                            "agents.mjs");
            Map<String, List<JsonNode>> told = new LinkedHashMap<>();
            for (String line : output.lines().toList()) {
                JsonNode turn = JSON.readTree(line);
                String model = turn.path("model").asString("");
                told.computeIfAbsent(model.substring(0, model.indexOf('/')), _ -> new ArrayList<>())
                        .add(turn);
            }
            assertThat(conversations.values())
                    .allSatisfy(one -> check(one, told.getOrDefault(one.provider(), List.of())));
        }
    }

    private ArrayNode list() {
        ArrayNode list = JSON.createArrayNode();
        for (AgentConversation one : conversations.values()) {
            var entry = list.addObject();
            entry.put("agent", one.agent());
            entry.put("model", one.provider() + "/" + one.model());
            ArrayNode tools = entry.putArray("tools");
            one.turns().tools().stream()
                    .filter(it -> !it.equals("apply_patch"))
                    .forEach(tools::add);
        }
        return list;
    }

    private String config(String simulator) {
        StringBuilder yaml = new StringBuilder("providers:\n");
        for (AgentConversation one : conversations.values()) {
            yaml.append(
                    "  %1$s: { protocol: %2$s, base_url: \"%3$s/%1$s\", auth: none }\n"
                            .formatted(
                                    one.provider(), one.turns().protocol().wireName(), simulator));
        }
        return yaml
                + "defaults: { retries: 0, breaker: off }\n"
                + "keys:\n  - { name: agents, secret: %s }\n".formatted(KEY);
    }

    private SimAnswer answer(SimRequest request) {
        String provider = request.path().split("/", 3)[1];
        List<SimRequest> requests =
                seen.computeIfAbsent(provider, _ -> new CopyOnWriteArrayList<>());
        requests.add(request);
        AgentConversation conversation = Objects.requireNonNull(conversations.get(provider));
        return conversation.turns().answer(request, requests.size() - 1);
    }

    private void check(AgentConversation conversation, List<JsonNode> told) {
        AgentTurns turns = conversation.turns();
        assertThat(told).as(conversation.provider() + ": " + told).hasSize(turns.turns().size());
        List<SimRequest> requests = seen.getOrDefault(conversation.provider(), List.of());
        assertThat(requests).hasSameSizeAs(told);
        for (int i = 0; i < told.size(); i++) {
            String place = conversation.provider() + ", turn " + (i + 1);
            client(place, told.get(i), turns.turns().get(i));
            provider(place, conversation, requests.get(i), i);
            AgentMarks.check(
                    place, conversation, requests.get(i), told.get(i).path("sent").asString(""), i);
        }
    }

    /** What the agent saw of a turn. */
    private static void client(String place, JsonNode told, AgentTurns.Turn turn) {
        assertThat(told.path("error").asString("")).as(place).isEmpty();
        assertThat(told.path("text").asString("")).as(place).isEqualTo(turn.text());
        assertThat(told.path("thoughts").asString("")).as(place).isEqualTo(turn.thoughts());
        List<String> calls = new ArrayList<>();
        told.path("calls")
                .forEach(call -> calls.add(call.path("name").asString("") + call.path("input")));
        assertThat(calls).as(place).isEqualTo(turn.calls().stream().map(AgentsTest::call).toList());
        turn.answer().usage().ifPresent(it -> usage(place, told.path("usage"), it.counts()));
    }

    private static void usage(String place, JsonNode usage, Usage used) {
        long cached = usage.path("cached").asLong(0);
        long written = usage.path("written").asLong(0);
        assertThat(cached).as(place).isEqualTo(used.cachedInputTokens());
        assertThat(usage.path("output").asLong(-1)).as(place).isEqualTo(used.outputTokens());
        boolean apart = usage.has("written"); // Anthropic counts cached tokens beside the input
        if (apart) {
            assertThat(written).as(place).isEqualTo(used.cacheWriteTokens());
        }
        assertThat(usage.path("input").asLong(-1) + (apart ? cached + written : 0))
                .as(place)
                .isEqualTo(used.inputTokens());
    }

    private static String call(ToolCall call) {
        String input = call.arguments().isBlank() ? "{}" : call.arguments();
        JsonNode json = JSON.readTree(input);
        return call.name()
                + (call.name().equals("apply_patch") ? json.path("input").toString() : json);
    }

    /** What the provider got: the whole conversation so far, and its own state unchanged. */
    private static void provider(
            String place, AgentConversation conversation, SimRequest request, int turn) {
        AgentTurns turns = conversation.turns();
        ChatRequest read = RecordedTurns.read(request, turns.codec(), conversation.model());
        assertThat(read.tools().tools())
                .extracting(Tool::name)
                .as(place)
                .containsExactlyInAnyOrderElementsOf(conversation.tools());
        assertThat(read.thinking()).as(place).isPresent();
        List<Part> parts = new ArrayList<>();
        read.turns().forEach(it -> parts.addAll(it.parts()));
        StringBuilder text = new StringBuilder();
        List<String> calls = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Text words -> text.append(words.text()).append('\n');
                case ToolCall made -> {
                    calls.add(call(made));
                    ids.add(made.id());
                }
                case ToolResult result -> answered.add(result.callId());
                default -> {}
            }
        }
        assertThat(text.toString()).as(place).contains(conversation.words());
        List<String> made = new ArrayList<>();
        List<String> seals = new ArrayList<>();
        for (AgentTurns.Turn before : turns.turns().subList(0, turn)) {
            before.calls().forEach(it -> made.add(call(it)));
            seals.addAll(before.seals());
        }
        assertThat(calls).as(place).isEqualTo(made);
        assertThat(answered).as(place).isEqualTo(ids);
        seals.forEach(seal -> assertThat(request.bodyText()).as(place).contains(seal));
        assertThat(request.bodyText()).as(place).doesNotContain("fairlead", "_fls1_");
        boolean marks = turns.protocol() == Protocol.ANTHROPIC_MESSAGES;
        if (!marks || conversation.agent().equals("codex")) {
            assertThat(request.bodyText()).as(place).doesNotContain("cache_control");
        }
    }
}
