package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.Header;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.Split;
import io.fairlead.simulator.replay.Recording;
import io.fairlead.simulator.replay.Recordings;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every recorded exchange with an OpenAI-like provider, replayed behind the packaged gateway,
 * reaches the client as it was: from the protocol's owners byte for byte, from the others with
 * nothing lost and valid for OpenAI's schemas. What differs on purpose stands in {@code
 * known-differences.tsv}. What has no path of its own goes through {@code /passthrough}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordingsTest {
    private static final String KEY = "key-of-the-client-of-recordings";
    private static final long SEED = 20261122;
    private static final int LARGEST_BYTE_BY_BYTE = 128 * 1024;

    /** Statuses after which a provider's key is set aside: each such recording has its own. */
    private static final Set<Integer> KEY_FAULTS = Set.of(401, 402, 403, 429);

    private static final Set<Integer> FAULTS_OF_THE_REQUEST = Set.of(400, 404, 413, 415, 422);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The catalogue's type, or a protocol, for each recorded provider. */
    private static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("alibaba", "type: alibaba"),
                    Map.entry("azure", "type: azure"),
                    Map.entry("azure-foundry", "protocol: openai-chat"),
                    Map.entry("bedrock-mantle", "protocol: openai-responses"),
                    Map.entry("cerebras", "type: cerebras"),
                    Map.entry("crusoe", "protocol: openai-chat"),
                    Map.entry("deepseek", "type: deepseek"),
                    Map.entry("gemini", "type: google, protocol: openai-chat"),
                    Map.entry("gpustack", "protocol: openai-chat"),
                    Map.entry("groq", "type: groq"),
                    Map.entry("heroku", "protocol: openai-chat"),
                    Map.entry("huggingface", "type: huggingface"),
                    Map.entry("lmstudio", "type: lmstudio"),
                    Map.entry("mistral", "type: mistral"),
                    Map.entry("ollama", "type: ollama"),
                    Map.entry("openai", "type: openai"),
                    Map.entry("openrouter", "type: openrouter"),
                    Map.entry("perplexity", "type: perplexity"),
                    Map.entry("snowflake", "type: snowflake-cortex"),
                    Map.entry("together", "type: togetherai"),
                    Map.entry("voyage", "type: voyage"),
                    Map.entry("writer", "type: writer"),
                    Map.entry("xai", "type: xai"),
                    Map.entry("zai", "type: zai"));

    private final OpenAiSchemas schemas = new OpenAiSchemas();
    private final KnownDifferences known = new KnownDifferences("known-differences.tsv");
    private final Map<String, Integer> ran = new TreeMap<>();
    private final List<Replay> replays = new ArrayList<>();
    private Recordings recordings;
    private SimulatorServer simulator;
    private GatewayProcess gateway;
    private volatile SimAnswer answer = SimAnswer.json(500, "{}");

    @BeforeAll
    void start(@TempDir Path folder) {
        recordings = Recordings.load(SharedFolder.wire());
        simulator = SimulatorServer.start((SimRequest _) -> answer);
        gateway = GatewayProcess.in(folder).config(configuration()).start();
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (simulator != null) {
            simulator.close();
            System.out.println("recordings: " + ran + ", known differences: " + known.count());
            assertThat(known.stale()).as("known differences that do not occur").isEmpty();
        }
    }

    private String configuration() {
        Map<String, String> providers = new LinkedHashMap<>();
        for (Recording recording : recordings.all()) {
            String settings = SETTINGS.get(recording.provider());
            if (settings == null || recording.answer().isEmpty()) {
                continue;
            }
            boolean ownEntry = KEY_FAULTS.contains(recording.reply().status());
            String provider =
                    ownEntry ? recording.provider() + "-" + providers.size() : recording.provider();
            Replay.of(recording, provider)
                    .ifPresent(replay -> {
                        replays.add(replay);
                        providers.put(provider, settings);
                    });
        }
        providers.put("raw", "protocol: openai-chat");
        StringBuilder yaml =
                new StringBuilder(
                        """
                        defaults: { retries: 0, breaker: off }
                        keys: [ { name: client, secret: "%s" } ]
                        providers:
                        """
                                .formatted(KEY));
        providers.forEach((id, settings) ->
                yaml.append("  ")
                        .append(id)
                        .append(": { ")
                        .append(settings)
                        .append(", api_key: key-of-the-provider, base_url: \"")
                        .append(baseUrl(settings))
                        .append("\" }\n"));
        return yaml.toString();
    }

    private String baseUrl(String settings) {
        return simulator.baseUrl() + (settings.contains("azure") ? "/openai/v1" : "/v1");
    }

    @TestFactory
    Stream<DynamicTest> answersReachTheClientAsRecorded() {
        return replays.stream()
                .map(replay ->
                        DynamicTest.dynamicTest(replay.recording().id(), () -> replay(replay)));
    }

    private void replay(Replay replay) {
        SimAnswer.Reply reply = replay.recording().reply();
        answer = reply;
        HttpResponse<byte[]> response = send(replay);
        List<String> problems = new ArrayList<>();
        checkRequest(replay, problems);
        String kind;
        if (reply.status() >= 400) {
            kind = "errors";
            checkError(replay, response, problems);
        } else if (replay.stream()) {
            kind = "streams";
            checkStream(replay, response, problems);
            checkSplits(replay, reply, response, problems);
        } else {
            kind = "unary";
            checkUnary(replay, response, problems);
        }
        ran.merge(kind, 1, Integer::sum);
        problems.removeIf(problem -> known.explain(replay.recording().id(), problem));
        assertThat(problems).isEmpty();
    }

    private HttpResponse<byte[]> send(Replay replay) {
        return send(
                HttpRequest.newBuilder(gateway.url(replay.path()))
                        .timeout(Duration.ofSeconds(30))
                        .header("authorization", "Bearer " + KEY)
                        .header("content-type", replay.contentType())
                        .POST(HttpRequest.BodyPublishers.ofString(replay.body()))
                        .build());
    }

    private static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError("the answer broke off: " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the provider got is what the client sent, but for the model's name. */
    private void checkRequest(Replay replay, List<String> problems) {
        if (simulator.traffic().received().isEmpty()) {
            problems.add("request: none reached the provider");
            return;
        }
        SimRequest got = simulator.traffic().newest().request();
        simulator.traffic().forget();
        if (!replay.contentType().equals("application/json")) {
            if (!got.bodyText().equals(replay.requestForProvider())) {
                problems.add("request: the form was changed to " + got.bodyText());
            }
            return;
        }
        ObjectNode sent = (ObjectNode) replay.requestJson();
        sent.put("model", replay.model());
        for (String change : JsonChanges.between(sent, Replay.JSON.readTree(got.body()))) {
            problems.add("request: " + change);
        }
        if (!sent.path("stream").asBoolean(false)
                && replay.byOwner()
                && !got.bodyText().equals(replay.requestForProvider())) {
            problems.add("request: its bytes were changed to " + got.bodyText());
        }
    }

    private void checkUnary(Replay replay, HttpResponse<byte[]> response, List<String> problems) {
        byte[] recorded = replay.recording().bodyBytes();
        sameStatus(replay, response, problems);
        if (replay.byOwner()) {
            if (!java.util.Arrays.equals(recorded, response.body())) {
                problems.add("answer: the owner's bytes were changed");
            }
            return;
        }
        checkJson(
                "answer",
                replay,
                new String(recorded, StandardCharsets.UTF_8),
                text(response),
                problems);
    }

    private void checkJson(
            String place, Replay replay, String recorded, String got, List<String> problems) {
        if (!recorded.startsWith("{") || !got.startsWith("{")) {
            if (!recorded.equals(got)) {
                problems.add(place + ": was " + recorded + " and is " + got);
            }
            return;
        }
        JsonNode original = Replay.JSON.readTree(recorded);
        for (String change : JsonChanges.between(original, Replay.JSON.readTree(got))) {
            problems.add(place + ": " + change);
        }
        String schema =
                original.has("error") && place.startsWith("event") && !original.has("type")
                        ? OpenAiSchemas.ERROR
                        : replay.schema();
        List<String> violations = schema == null ? List.of() : schemas.problems(schema, got);
        if (!violations.isEmpty()) {
            problems.add(place + ": not valid: " + violations);
        }
    }

    private static void sameStatus(
            Replay replay, HttpResponse<byte[]> response, List<String> problems) {
        int recorded = replay.recording().reply().status();
        if (response.statusCode() != recorded) {
            problems.add("status was " + recorded + " and is " + response.statusCode());
        }
    }

    private void checkStream(Replay replay, HttpResponse<byte[]> response, List<String> problems) {
        sameStatus(replay, response, problems);
        if (response.statusCode() != 200) {
            return;
        }
        List<SseEvent> recorded =
                SseEvent.read(new String(replay.recording().bodyBytes(), StandardCharsets.UTF_8));
        List<SseEvent> got = SseEvent.read(text(response));
        alignEnds(recorded, got, problems);
        if (recorded.size() != got.size()) {
            problems.add("stream had " + recorded.size() + " events and has " + got.size());
            return;
        }
        for (int i = 0; i < got.size(); i++) {
            if (!recorded.get(i).name().equals(got.get(i).name())) {
                problems.add("event " + i + ": name was " + recorded.get(i).name());
            }
            if (!replay.byOwner()) {
                checkJson(
                        "event " + i, replay, recorded.get(i).data(), got.get(i).data(), problems);
            } else if (!recorded.get(i).data().equals(got.get(i).data())) {
                problems.add("event " + i + ": the owner's bytes were changed to " + got.get(i));
            }
        }
    }

    /** Takes out what a stream has only on one side: its last word, and usage nobody asked for. */
    private static void alignEnds(
            List<SseEvent> recorded, List<SseEvent> got, List<String> problems) {
        boolean recordedDone = recorded.removeIf(SseEvent::isDone);
        if (recordedDone != got.removeIf(SseEvent::isDone)) {
            problems.add(recordedDone ? "[DONE] was left out" : "[DONE] was added");
        }
        SseEvent last = recorded.getLast();
        if (recorded.size() == got.size() + 1 && last.data().contains("\"choices\":[]")) {
            problems.add("usage was left out: " + last.data());
            recorded.removeLast();
        }
    }

    /** However the provider's bytes are cut into pieces, the client gets the same. */
    private void checkSplits(
            Replay replay,
            SimAnswer.Reply reply,
            HttpResponse<byte[]> whole,
            List<String> problems) {
        List<SimBody> splits = new ArrayList<>();
        splits.add(Split.whole(reply.body()));
        for (int i = 0; i < 3; i++) {
            splits.add(Split.randomly(reply.body(), SEED + i, 200));
        }
        if (reply.body().allBytes().length <= LARGEST_BYTE_BY_BYTE) {
            splits.add(Split.everyByte(reply.body()));
        }
        for (int i = 0; i < splits.size(); i++) {
            SimBody split = splits.get(i);
            answer = reply.withBody(_ -> split);
            HttpResponse<byte[]> response = send(replay);
            ran.merge("split streams", 1, Integer::sum);
            if (response.statusCode() != whole.statusCode()
                    || !comparable(response).equals(comparable(whole))) {
                problems.add("split " + i + " (seed " + SEED + ") gives " + text(response));
            }
        }
        simulator.traffic().forget();
    }

    /** Without what is new each time: request ids in errors and times filled in. */
    private static String comparable(HttpResponse<byte[]> response) {
        return text(response)
                .replaceAll("\"created\":\\d+", "\"created\":0")
                .replaceAll("\"created_at\":\\d+", "\"created_at\":0");
    }

    private void checkError(Replay replay, HttpResponse<byte[]> response, List<String> problems) {
        int recorded = replay.recording().reply().status();
        String got = text(response);
        boolean owners = replay.byOwner() && FAULTS_OF_THE_REQUEST.contains(recorded);
        List<String> violations = schemas.problems(OpenAiSchemas.ERROR, got);
        if (!owners && !violations.isEmpty()) {
            problems.add("error: not valid: " + violations);
        }
        int expected = KEY_FAULTS.contains(recorded) && recorded != 429 ? 502 : recorded;
        if (response.statusCode() != expected) {
            problems.add(
                    "status was "
                            + recorded
                            + ", should be "
                            + expected
                            + " and is "
                            + response.statusCode());
        }
        JsonNode original = Replay.JSON.readTree(replay.recording().bodyBytes());
        JsonNode error = Replay.JSON.readTree(got).path("error");
        if (FAULTS_OF_THE_REQUEST.contains(recorded)) {
            String message = messageOf(original);
            if (!error.path("message").asString("").contains(message)) {
                problems.add("error: the message was \"" + message + "\"");
            }
            for (String change : JsonChanges.between(original, Replay.JSON.readTree(got))) {
                problems.add("error: " + change);
            }
        } else if (recorded == 429) {
            assertThat(error.path("code").asString("")).isIn("rate_limited", "rate_limit_exceeded");
        } else {
            assertThat(error.path("code").asString("")).isEqualTo("upstream_error");
        }
    }

    private static String messageOf(JsonNode body) {
        for (String pointer : List.of("/error/message", "/message", "/detail", "/error")) {
            JsonNode found = body.at(pointer);
            if (found.isString()) {
                return found.asString();
            }
        }
        return "";
    }

    @Test
    void everyOtherExchangePassesRawUnderPassthrough() {
        List<String> problems = new ArrayList<>();
        for (Recording recording : recordings.all()) {
            boolean http =
                    recording.form() != Recording.Form.OTHER && recording.answer().isPresent();
            boolean keyFault = http && KEY_FAULTS.contains(recording.reply().status());
            String why = !http ? "left out, no HTTP" : keyFault ? "left out, key faults" : "raw";
            ran.merge(why, 1, Integer::sum);
            if (http && !keyFault) {
                raw(recording, problems);
            }
        }
        assertThat(problems).isEmpty();
    }

    private void raw(Recording recording, List<String> problems) {
        SimAnswer.Reply reply = recording.reply();
        answer = reply;
        String query = recording.query().isEmpty() ? "" : "?" + recording.query();
        URI target = gateway.url("/passthrough/raw" + recording.path() + query);
        Optional<String> body = recording.request();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .timeout(Duration.ofSeconds(30))
                        .header("authorization", "Bearer " + KEY)
                        .header("content-type", "application/json")
                        .method(
                                recording.method(),
                                body.map(HttpRequest.BodyPublishers::ofString)
                                        .orElse(HttpRequest.BodyPublishers.noBody()));
        HttpResponse<byte[]> response = send(request.build());
        if (response.statusCode() != reply.status()
                || !java.util.Arrays.equals(reply.body().allBytes(), response.body())) {
            problems.add(recording.id() + ": " + response.statusCode() + " " + text(response));
        }
        SimRequest got = simulator.traffic().newest().request();
        if (!got.method().equals(recording.method())
                || !got.path().endsWith(recording.path())
                || !got.query().equals(recording.query())
                || !got.bodyText().equals(body.orElse(""))) {
            problems.add(recording.id() + ": the provider got " + got.path() + "?" + got.query());
        }
        for (Header header : reply.headers()) {
            if (header.name().equalsIgnoreCase("content-type")
                    && !response.headers()
                            .firstValue("content-type")
                            .equals(Optional.of(header.value()))) {
                problems.add(recording.id() + ": content-type " + response.headers().map());
            }
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
