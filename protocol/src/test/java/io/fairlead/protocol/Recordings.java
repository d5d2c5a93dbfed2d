package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.json.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recorded exchanges of any provider, as JSON values and stream messages. Stateless: any thread.
 */
public final class Recordings {
    /**
     * One exchange. Absent is what the recording does not have.
     *
     * @param request the JSON body of the request
     * @param answer the JSON body of a unary answer
     * @param frames the messages of a stream, whatever its framing; empty for a unary answer
     * @param raw the bytes of an AWS event stream
     */
    public record Exchange(
            String id,
            String provider,
            String api,
            String path,
            int status,
            Optional<Json> request,
            Optional<Json> answer,
            List<Frame> frames,
            Optional<byte[]> raw) {
        @Override
        public String toString() {
            return id;
        }

        /** Whether the answer is none but an error. */
        public boolean failed() {
            return status >= 400;
        }
    }

    private Recordings() {}

    /**
     * The exchanges of these folders ({@code anthropic/messages}), sorted; skips the test where the
     * recordings are not at hand, but not in CI.
     */
    public static List<Exchange> of(String... folders) {
        Path root = WireCorpus.root();
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Files.isDirectory(root), "no recordings in " + root.toAbsolutePath());
        }
        List<Exchange> all = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(root.resolve(folder))) {
                files.sorted().forEach(file -> all.add(read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    /** Those of OpenAI's chat, with all who imitate it. */
    public static List<Exchange> ofOpenAiChat() {
        return of(
                "openai/chat",
                "azure/chat",
                "azure-foundry/chat",
                "alibaba/chat",
                "cerebras/chat",
                "crusoe/chat",
                "deepseek/chat",
                "gemini/openai-chat",
                "gpustack/chat",
                "groq/chat",
                "heroku/chat",
                "huggingface/chat",
                "ollama/chat",
                "openrouter/chat",
                "perplexity/chat",
                "snowflake/chat",
                "together/chat",
                "writer/chat",
                "xai/chat",
                "zai/chat");
    }

    private static Exchange read(Path file) {
        Json recording;
        try {
            recording = Json.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Json response = recording.get("response").orElseThrow();
        return new Exchange(
                text(recording, "id"),
                text(recording, "provider"),
                text(recording, "api"),
                text(recording, "path"),
                (int) response.get("status").map(Json::whole).orElse(200L).longValue(),
                recording.get("request").filter(Json::isObject),
                response.get("body").filter(body -> !body.isNull()),
                frames(response),
                response.get("raw")
                        .filter(Json::isString)
                        .map(raw -> Base64.getDecoder().decode(raw.text())));
    }

    private static List<Frame> frames(Json response) {
        List<Frame> frames = new ArrayList<>();
        for (Json event : response.get("sse").orElse(Json.EMPTY_ARRAY).elements()) {
            event.get("data")
                    .filter(Json::isString)
                    .ifPresent(data -> frames.add(Frame.of(text(event, "event"), data.text())));
        }
        for (Json frame : response.get("frames").orElse(Json.EMPTY_ARRAY).elements()) {
            Json payload = frame.get("payload").orElse(Json.EMPTY_OBJECT);
            frames.add(
                    Frame.of(
                            text(frame, "type"),
                            payload.isString() ? payload.text() : payload.toString()));
        }
        for (Json line : response.get("lines").orElse(Json.EMPTY_ARRAY).elements()) {
            frames.add(Frame.of("", line.isString() ? line.text() : line.toString()));
        }
        return frames;
    }

    private static String text(Json object, String name) {
        return object.get(name).filter(Json::isString).map(Json::text).orElse("");
    }
}
