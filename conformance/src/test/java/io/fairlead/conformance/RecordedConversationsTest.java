package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.translate.Protocols;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.replay.Recording;
import io.fairlead.simulator.replay.Recordings;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Agents on official SDKs, with tools and reasoning over two turns, at providers that answer as
 * real ones were recorded to: the client sees every word and call of the recording, and the
 * provider gets its calls, their results and its own opaque state back. What differs on purpose
 * stands in {@code known-conversations.tsv}.
 */
class RecordedConversationsTest {
    private static final String KEY = "key-of-the-recorded-agents-0123456789";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern MODEL_IN_PATH = Pattern.compile("/models?/([^/:]+)[:/]");
    private static final Pattern CLIENT = Pattern.compile("\\[([a-zA-Z, ]+)\\] Go on\\.");

    /** The protocol of each recorded API. */
    private static final Map<String, Protocol> PROTOCOLS =
            Map.of(
                    "chat", Protocol.OPENAI_CHAT,
                    "responses", Protocol.OPENAI_RESPONSES,
                    "messages", Protocol.ANTHROPIC_MESSAGES,
                    "generate-content", Protocol.GEMINI,
                    "converse", Protocol.BEDROCK_CONVERSE,
                    "v2-chat", Protocol.COHERE_V2,
                    "native-chat", Protocol.OLLAMA);

    private final Map<String, RecordedTurns> byModel = new TreeMap<>();
    private final Map<String, String> problems = new ConcurrentHashMap<>();

    @Test
    void agentsSeeWhatWasRecordedAndProvidersGetTheirStateBack(@TempDir Path folder)
            throws Exception {
        for (Recording recording : Recordings.load(SharedFolder.wire()).all()) {
            protocol(recording)
                    .flatMap(protocol -> RecordedTurns.of(recording, protocol))
                    .ifPresent(turns -> byModel.put(recording.id(), turns));
        }
        NodeSuite suite = NodeSuite.installed();
        try (SimulatorServer simulator = SimulatorServer.start(this::answer);
                GatewayProcess gateway =
                        GatewayProcess.in(Files.createDirectory(folder.resolve("gateway")))
                                .config(config(simulator.baseUrl()))
                                .start()) {
            Path list = folder.resolve("recorded.json");
            Files.writeString(list, JSON.writeValueAsString(list()));
            String output =
                    suite.run(
                            Map.of(
                                    "FAIRLEAD_URL",
                                    gateway.url().toString(),
                                    "FAIRLEAD_KEY",
                                    KEY,
                                    "FAIRLEAD_RECORDED",
                                    list.toString()),
                            "node",
                            "recorded.mjs");
            List<String> all = new ArrayList<>();
            output.lines().map(JSON::readTree).forEach(told -> all.addAll(problems(told)));
            problems.forEach((place, problem) -> all.add(place + ": " + problem));
            all.sort(null);
            Files.write(
                    GatewayProcess.project().resolve("conformance/target/conversations.txt"), all);
            assertThat(output.lines().count()).isEqualTo(4L * byModel.size());
            assertThat(byModel).hasSizeGreaterThan(100);
            KnownDifferences known = new KnownDifferences("known-conversations.tsv");
            all.removeIf(line -> known.explain(line, line));
            assertThat(all).isEmpty();
            assertThat(known.stale()).isEmpty();
        }
    }

    private static Optional<ChatProtocol> protocol(Recording recording) {
        boolean answered =
                recording.answer().isPresent()
                        && recording.reply().status() == 200
                        && !recording.isError();
        Protocol name = PROTOCOLS.get(recording.api());
        return answered && name != null
                ? Protocols.of(
                        recording.provider().equals("mistral") ? Protocol.MISTRAL_CHAT : name)
                : Optional.empty();
    }

    private ArrayNode list() {
        ArrayNode list = JSON.createArrayNode();
        byModel.forEach((id, turns) -> {
            var entry = list.addObject();
            entry.put("model", provider(turns) + "/" + id);
            entry.put("stream", turns.stream());
            ArrayNode calls = entry.putArray("calls");
            turns.calls().stream().map(ToolCall::name).distinct().forEach(calls::add);
        });
        return list;
    }

    /** OpenRouter has a form of its own of OpenAI's protocol. */
    private static String provider(RecordedTurns turns) {
        boolean openRouter =
                turns.recording().provider().equals("openrouter")
                        && turns.protocol().protocol() == Protocol.OPENAI_CHAT;
        return openRouter ? "openrouter" : turns.protocol().protocol().wireName();
    }

    private static String settings(String name) {
        return name.equals("openrouter")
                ? "type: openrouter, protocol: openai-chat"
                : "protocol: " + name;
    }

    private String config(String simulator) {
        StringBuilder yaml = new StringBuilder("providers:\n");
        byModel.values().stream()
                .map(RecordedConversationsTest::provider)
                .distinct()
                .forEach(name ->
                        yaml.append(
                                "  %1$s: { %2$s, base_url: \"%3$s/%1$s\", auth: none }\n"
                                        .formatted(name, settings(name), simulator)));
        return yaml
                + "defaults: { retries: 0, breaker: off }\n"
                + "keys:\n  - { name: agents, secret: %s }\n".formatted(KEY);
    }

    /** The provider: told its model by path or body. */
    private SimAnswer answer(SimRequest request) {
        Matcher path = MODEL_IN_PATH.matcher(request.path());
        String model =
                path.find()
                        ? URLDecoder.decode(path.group(1), StandardCharsets.UTF_8)
                        : JSON.readTree(request.body()).path("model").asString("");
        RecordedTurns turns = byModel.get(model);
        if (turns == null) {
            return SimAnswer.json(404, "{\"error\":{\"message\":\"no recording " + model + "\"}}");
        }
        String raw = request.bodyText();
        Matcher client = CLIENT.matcher(raw);
        String place = (client.find() ? client.group(1) : "?") + " | " + model;
        try {
            ChatRequest read = RecordedTurns.read(request, turns.protocol(), model);
            if (RecordedTurns.isSecond(read)) {
                turns.problemOfSecond(read, raw).ifPresent(it -> problems.put(place, it));
            }
            return turns.answer(read);
        } catch (Unreadable unreadable) {
            problems.put(place, "the provider can't read it: " + unreadable.getMessage());
            return SimAnswer.json(400, "{\"error\":{\"message\":\"unreadable\"}}");
        }
    }

    /** What the client saw otherwise than it was recorded. */
    private List<String> problems(JsonNode told) {
        String id = told.path("model").asString("");
        RecordedTurns turns =
                Objects.requireNonNull(byModel.get(id.substring(id.indexOf('/') + 1)));
        String place = told.path("client").asString("") + " | " + turns.recording().id() + ": ";
        if (told.has("error")) {
            return List.of(place + told.path("error").asString(""));
        }
        Map<String, Boolean> checks = new LinkedHashMap<>();
        checks.put("text", told.path("text").asString("").equals(turns.text()));
        checks.put("calls", calls(told).equals(calls(turns)));
        checks.put(
                "second turn",
                turns.calls().isEmpty()
                        || told.path("second").asString("").equals(RecordedTurns.LAST_WORDS));
        turns.answer()
                .usage()
                .ifPresent(usage -> {
                    JsonNode seen = told.path("usage");
                    checks.put(
                            "usage",
                            seen.path("input").asLong() == usage.counts().inputTokens()
                                    && seen.path("output").asLong()
                                            == usage.counts().outputTokens());
                });
        List<String> wrong = new ArrayList<>();
        checks.forEach((what, fine) -> {
            if (!fine) {
                wrong.add(place + what + " differs");
            }
        });
        return wrong;
    }

    private static List<String> calls(JsonNode told) {
        List<String> calls = new ArrayList<>();
        told.path("calls")
                .forEach(call ->
                        calls.add(
                                call.path("name").asString("")
                                        + json(call.path("input").toString())));
        return calls;
    }

    private static List<String> calls(RecordedTurns turns) {
        return turns.calls().stream().map(call -> call.name() + json(call.arguments())).toList();
    }

    private static String json(String arguments) {
        try {
            JsonNode read = JSON.readTree(arguments.isBlank() ? "{}" : arguments);
            return read.toString().replaceAll("(\\d)\\.0\\b", "$1"); // one number to JavaScript
        } catch (JacksonException notJson) {
            return arguments; // some models write what is no JSON
        }
    }
}
