package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.json.JsonText;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The recorded exchanges with OpenAI-like providers, read where {@code fairlead.wire} or {@code
 * FAIRLEAD_WIRE} points. Immutable.
 */
public final class WireCorpus {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> PROVIDERS =
            Set.of(
                    "openai",
                    "azure",
                    "azure-foundry",
                    "groq",
                    "deepseek",
                    "xai",
                    "mistral",
                    "openrouter",
                    "together",
                    "alibaba",
                    "cerebras",
                    "crusoe",
                    "gpustack",
                    "heroku",
                    "huggingface",
                    "ollama",
                    "perplexity",
                    "snowflake",
                    "voyage",
                    "writer",
                    "zai",
                    "lmstudio",
                    "gemini",
                    "bedrock-mantle");

    /**
     * One exchange.
     *
     * @param body the unary answer's bytes; empty for a stream
     * @param stream the stream's bytes; empty for a unary answer
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Exchange(
            String id,
            String provider,
            Endpoint endpoint,
            String path,
            int status,
            Optional<byte[]> request,
            Optional<String> contentType,
            Optional<byte[]> body,
            Optional<byte[]> stream) {
        @Override
        public String toString() {
            return id;
        }
    }

    private WireCorpus() {}

    /** All exchanges; skips the test where the recordings are not at hand, but not in CI. */
    public static List<Exchange> exchanges() {
        Path root = root();
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Files.isDirectory(root), "no recordings in " + root.toAbsolutePath());
        }
        List<Exchange> exchanges = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root, 3)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> root.relativize(file).getNameCount() == 3)
                    .filter(file -> PROVIDERS.contains(root.relativize(file).getName(0).toString()))
                    .sorted()
                    .forEach(file -> read(file).ifPresent(exchanges::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(exchanges).hasSizeGreaterThan(100);
        return exchanges;
    }

    public static Path root() {
        String set = System.getProperty("fairlead.wire", System.getenv("FAIRLEAD_WIRE"));
        return set == null ? Path.of("../../shared/wire") : Path.of(set);
    }

    private static Optional<Exchange> read(Path file) {
        JsonNode node = JSON.readTree(file);
        String path = node.path("path").asString("");
        Optional<Endpoint> endpoint = endpoint(node.path("api").asString(""), path);
        JsonNode response = node.path("response");
        if (endpoint.isEmpty()) {
            return Optional.empty();
        }
        JsonNode type = response.path("headers").path("content-type");
        JsonNode body = response.path("body");
        byte[] text =
                body.isString() ? JsonText.utf8(body.asString()) : JSON.writeValueAsBytes(body);
        return Optional.of(
                new Exchange(
                        node.path("id").asString(),
                        node.path("provider").asString(),
                        endpoint.get(),
                        path,
                        response.path("status").asInt(),
                        node.path("request").isObject()
                                ? Optional.of(JSON.writeValueAsBytes(node.path("request")))
                                : Optional.empty(),
                        type.isString() ? Optional.of(type.asString()) : Optional.empty(),
                        response.has("body") ? Optional.of(text) : Optional.empty(),
                        response.has("sse") ? Optional.of(stream(response)) : Optional.empty()));
    }

    private static Optional<Endpoint> endpoint(String api, String path) {
        return switch (api) {
            case "chat", "openai-chat" -> Optional.of(Endpoint.CHAT_COMPLETIONS);
            case "completions" -> Optional.of(Endpoint.COMPLETIONS);
            case "responses", "responses-retrieve" -> Optional.of(Endpoint.RESPONSES);
            case "embeddings" -> Optional.of(Endpoint.EMBEDDINGS);
            case "images" ->
                    Optional.of(
                            path.endsWith("edits")
                                    ? Endpoint.IMAGE_EDITS
                                    : Endpoint.IMAGE_GENERATIONS);
            case "moderations" -> Optional.of(Endpoint.MODERATIONS);
            case "audio" ->
                    path.endsWith("transcriptions")
                            ? Optional.of(Endpoint.TRANSCRIPTIONS)
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static byte[] stream(JsonNode response) {
        String eol =
                response.path("framing").path("eol").asString("LF").equals("CRLF") ? "\r\n" : "\n";
        List<String> order = new ArrayList<>();
        response.path("framing").path("field_order").forEach(field -> order.add(field.asString()));
        if (order.isEmpty()) {
            order.addAll(List.of("event", "id", "data"));
        }
        StringBuilder out = new StringBuilder();
        for (JsonNode event : response.path("sse")) {
            if (event.has("comment")) {
                out.append(':').append(event.path("comment").asString()).append(eol);
            }
            for (String field : order) {
                if (event.has(field)) {
                    for (String line : event.path(field).asString().split("\n", -1)) {
                        out.append(field).append(": ").append(line).append(eol);
                    }
                }
            }
            out.append(eol);
        }
        return JsonText.utf8(out.toString());
    }
}
