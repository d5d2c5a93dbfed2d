package io.fairlead.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.WireCorpus;
import io.fairlead.protocol.WireCorpus.Exchange;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.sse.SseScanner;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class RecordedConformanceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OWNER = Set.of("openai");

    /** Exchanges, by the beginning of their id, that stay outside the schema, and why. */
    private static final Map<String, String> LEFT_AS_THEY_ARE =
            Map.of(
                    "groq-audio", "the recording holds an envelope around a plain-text answer",
                    "xai-responses",
                            "tools and calls of xAI's own kinds, which OpenAI has no word for",
                    "deepseek-responses",
                            "echoes the client's web_search tool with nulls; an echo is not ours to"
                                    + " change");

    /** Members that conforming may change or drop; everything else must still be there. */
    private static final Set<String> PUT_RIGHT =
            Set.of(
                    "finish_reason",
                    "object",
                    "content",
                    "tool_calls",
                    "service_tier",
                    "code",
                    "usage",
                    "type",
                    "prompt_tokens_details",
                    "prompt_token_details",
                    "completion_tokens_details",
                    "error");

    private final Map<String, Schema> schemas = new HashMap<>();

    @Test
    void bringsEveryRecordedAnswerOfAnImitatorIntoTheSchema() {
        Path folder = schemaFolder();
        List<String> failures = new ArrayList<>();
        int checked = 0;
        for (Exchange exchange : WireCorpus.exchanges()) {
            if (OWNER.contains(exchange.provider()) || isLeft(exchange.id())) {
                continue;
            }
            for (Payload payload : payloads(exchange)) {
                checked++;
                check(folder, exchange, payload, failures);
            }
        }
        assertThat(failures).isEmpty();
        assertThat(checked).isGreaterThan(1000);
    }

    @Test
    void passesTheOwnersBytes() {
        for (Exchange exchange : WireCorpus.exchanges()) {
            if (!OWNER.contains(exchange.provider()) || exchange.status() != 200) {
                continue;
            }
            exchange.body()
                    .ifPresent(body ->
                            assertThat(
                                            AnswerReader.read(
                                                            exchange.endpoint(),
                                                            Conformance.OFF,
                                                            exchange.contentType(),
                                                            body)
                                                    .bytes())
                                    .isSameAs(body));
        }
    }

    private static boolean isLeft(String id) {
        return LEFT_AS_THEY_ARE.keySet().stream().anyMatch(id::startsWith);
    }

    record Payload(String schema, String before, String after) {}

    private void check(Path folder, Exchange exchange, Payload payload, List<String> failures) {
        JsonNode after = JSON.readTree(payload.after());
        for (Error error : schema(folder, payload.schema()).validate(after)) {
            failures.add(exchange.id() + ": " + error + " in " + shorten(payload.after()));
        }
        lost(JSON.readTree(payload.before()), after, "", exchange.id(), failures);
    }

    private static String shorten(String text) {
        return text.substring(0, Math.min(300, text.length()));
    }

    /** Everything that was there is still there, the named repairs aside. */
    private static void lost(
            JsonNode before, JsonNode after, String path, String id, List<String> failures) {
        if (before.isObject()) {
            before.properties()
                    .forEach(member -> {
                        if (PUT_RIGHT.contains(member.getKey())) {
                            return;
                        }
                        String name = path + "/" + member.getKey();
                        JsonNode there = after.get(member.getKey());
                        if (there == null) {
                            failures.add(id + ": lost " + name);
                        } else {
                            lost(member.getValue(), there, name, id, failures);
                        }
                    });
        } else if (before.isArray()) {
            for (int i = 0; i < before.size(); i++) {
                lost(before.get(i), after.path(i), path + "/" + i, id, failures);
            }
        } else if (!before.equals(after)) {
            failures.add(id + ": changed " + path + " from " + before + " to " + after);
        }
    }

    private static List<Payload> payloads(Exchange exchange) {
        Conformance conformance = Conformance.on(Map.of("eos", "stop"), "model-x", 1_700_000_000L);
        List<Payload> payloads = new ArrayList<>();
        if (exchange.status() >= 400) {
            byte[] body = exchange.body().orElseThrow();
            byte[] right = ErrorConformer.conform(body, exchange.status());
            payloads.add(new Payload("ErrorResponse", text(body), text(right)));
        } else if (exchange.body().isPresent() && answerSchema(exchange.endpoint()).isPresent()) {
            byte[] body = exchange.body().get();
            Answer answer =
                    AnswerReader.read(
                            exchange.endpoint(), conformance, exchange.contentType(), body);
            payloads.add(
                    new Payload(
                            answerSchema(exchange.endpoint()).get(),
                            text(body),
                            text(answer.bytes())));
        } else if (exchange.stream().isPresent()) {
            byte[] stream = exchange.stream().get();
            Streamed streamed = Streamed.of(exchange.endpoint(), conformance, false, stream);
            List<String> before = data(stream);
            List<String> after = data(JsonText.utf8(streamed.text()));
            assertThat(after).as(exchange.id()).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                if (before.get(i).startsWith("{")) {
                    boolean error = before.get(i).startsWith("{\"error\"");
                    String schema = error ? "ErrorResponse" : eventSchema(exchange.endpoint());
                    payloads.add(new Payload(schema, before.get(i), after.get(i)));
                }
            }
        }
        return payloads;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> data(byte[] stream) {
        SseScanner scanner = new SseScanner(1 << 22);
        List<String> data = new ArrayList<>();
        scanner.feed(stream, 0, stream.length);
        while (scanner.next()) {
            if (scanner.dataLines() > 0) {
                data.add(
                        new String(
                                scanner.dataBytes(),
                                scanner.dataFrom(),
                                scanner.dataTo() - scanner.dataFrom(),
                                StandardCharsets.UTF_8));
            }
        }
        return data;
    }

    private static Optional<String> answerSchema(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS -> Optional.of("CreateChatCompletionResponse");
            case COMPLETIONS -> Optional.of("CreateCompletionResponse");
            case RESPONSES -> Optional.of("Response");
            case EMBEDDINGS -> Optional.of("CreateEmbeddingResponse");
            case IMAGE_GENERATIONS, IMAGE_EDITS -> Optional.of("ImagesResponse");
            default -> Optional.empty();
        };
    }

    private static String eventSchema(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS -> "CreateChatCompletionStreamResponse";
            case COMPLETIONS -> "CreateCompletionResponse";
            default -> "ResponseStreamEvent";
        };
    }

    private static Path schemaFolder() {
        Path folder = WireCorpus.root().resolveSibling("schema/openai");
        assumeTrue(Files.isDirectory(folder), "no schemas in " + folder.toAbsolutePath());
        return folder;
    }

    private Schema schema(Path folder, String name) {
        return schemas.computeIfAbsent(
                name,
                key -> {
                    try {
                        String text = Files.readString(folder.resolve(key + ".json"));
                        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                .getSchema(text);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
