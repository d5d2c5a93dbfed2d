package io.fairlead.conformance;

import io.fairlead.simulator.Header;
import io.fairlead.simulator.replay.Recording;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;
import java.util.Set;

/**
 * A recorded exchange as a client of the gateway would have made it: its path at the gateway and
 * its request, made up where the recording has none. Immutable.
 *
 * @param recording what was recorded
 * @param provider the provider's name in the gateway's configuration
 * @param path where the client sends it
 * @param model the provider's name for the model
 * @param contentType of the request
 * @param body of the request, with the model that the client asks for
 * @param schema of the answer, or of an event's data; null where there is none
 */
record Replay(
        Recording recording,
        String provider,
        String path,
        String model,
        String contentType,
        String body,
        @Nullable String schema) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** Providers that own the protocol: their bytes pass. */
    private static final Set<String> OWNERS = Set.of("openai", "azure");

    private static final String SAY_HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    /** The exchange, if its API is one that the gateway serves under a path of its own. */
    static Optional<Replay> of(Recording recording, String provider) {
        if (recording.answer().isEmpty()) {
            return Optional.empty();
        }
        boolean stream = recording.form() == Recording.Form.SSE;
        return switch (recording.api()) {
            case "chat", "openai-chat" ->
                    Optional.of(
                            json(
                                    recording,
                                    provider,
                                    "/v1/chat/completions",
                                    stream
                                            ? "{"
                                                    + SAY_HI
                                                    + ",\"stream\":true,\"stream_options\":"
                                                    + "{\"include_usage\":true}}"
                                            : "{" + SAY_HI + "}",
                                    stream ? OpenAiSchemas.CHAT_CHUNK : OpenAiSchemas.CHAT));
            case "completions" ->
                    Optional.of(
                            json(
                                    recording,
                                    provider,
                                    "/v1/completions",
                                    "{\"prompt\":\"Hi\",\"stream\":" + stream + "}",
                                    OpenAiSchemas.COMPLETION));
            case "responses" ->
                    Optional.of(
                            json(
                                    recording,
                                    provider,
                                    "/v1/responses",
                                    "{\"input\":\"Hi\",\"stream\":" + stream + "}",
                                    stream
                                            ? OpenAiSchemas.RESPONSE_EVENT
                                            : OpenAiSchemas.RESPONSE));
            case "embeddings" ->
                    Optional.of(
                            json(
                                    recording,
                                    provider,
                                    "/v1/embeddings",
                                    "{\"input\":\"Hi\"}",
                                    OpenAiSchemas.EMBEDDINGS));
            case "moderations" ->
                    Optional.of(
                            json(
                                    recording,
                                    provider,
                                    "/v1/moderations",
                                    "{\"input\":\"Hi\"}",
                                    OpenAiSchemas.MODERATION));
            case "images" -> Optional.of(images(recording, provider));
            case "audio" -> Optional.of(audio(recording, provider, stream));
            default -> Optional.empty();
        };
    }

    private static Replay images(Recording recording, String provider) {
        String path =
                recording.path().endsWith("/edits") ? "/v1/images/edits" : "/v1/images/generations";
        return json(recording, provider, path, "{\"prompt\":\"a boat\"}", OpenAiSchemas.IMAGES);
    }

    private static Replay audio(Recording recording, String provider, boolean stream) {
        if (recording.path().endsWith("/speech")) {
            return json(recording, provider, "/v1/audio/speech", "{\"input\":\"Hi\"}", null);
        }
        String model = recording.model().orElse("whisper-1");
        String form =
                part("model", provider + "/" + model)
                        + (stream ? part("stream", "true") : "")
                        + "--BOUNDARY\r\n"
                        + "content-disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                        + "content-type: audio/wav\r\n\r\n"
                        + "RIFF….\r\n"
                        + "--BOUNDARY--\r\n";
        return new Replay(
                recording,
                provider,
                "/v1/audio/transcriptions",
                model,
                "multipart/form-data; boundary=BOUNDARY",
                form,
                stream ? OpenAiSchemas.TRANSCRIPTION_EVENT : OpenAiSchemas.TRANSCRIPTION);
    }

    private static String part(String name, String value) {
        return "--BOUNDARY\r\ncontent-disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(name, value);
    }

    private static Replay json(
            Recording recording,
            String provider,
            String path,
            String madeUp,
            @Nullable String schema) {
        ObjectNode request =
                (ObjectNode)
                        JSON.readTree(
                                recording
                                        .request()
                                        .filter(body -> body.startsWith("{"))
                                        .orElse(madeUp));
        String model = request.path("model").asString(recording.model().orElse("some-model"));
        request.put("model", provider + "/" + model);
        return new Replay(
                recording,
                provider,
                path,
                model,
                "application/json",
                JSON.writeValueAsString(request),
                schema);
    }

    boolean byOwner() {
        return OWNERS.contains(recording.provider());
    }

    boolean stream() {
        return recording.form() == Recording.Form.SSE;
    }

    /** The request as the provider should get it, as far as its model goes. */
    String requestForProvider() {
        return body.replace(provider + "/" + model, model);
    }

    JsonNode requestJson() {
        return JSON.readTree(body);
    }

    /** The recorded header of that name. */
    Optional<String> header(String name) {
        for (Header header : recording.reply().headers()) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }
}
