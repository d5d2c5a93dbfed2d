package io.fairlead.conformance;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** OpenAI's schemas, each read once. Not thread-safe. */
final class OpenAiSchemas {
    static final String CHAT = "CreateChatCompletionResponse";
    static final String CHAT_CHUNK = "CreateChatCompletionStreamResponse";
    static final String COMPLETION = "CreateCompletionResponse";
    static final String RESPONSE = "Response";
    static final String RESPONSE_EVENT = "ResponseStreamEvent";
    static final String EMBEDDINGS = "CreateEmbeddingResponse";
    static final String IMAGES = "ImagesResponse";
    static final String MODERATION = "CreateModerationResponse";
    static final String TRANSCRIPTION = "CreateTranscriptionResponseJson";
    static final String TRANSCRIPTION_EVENT = "CreateTranscriptionResponseStreamEvent";
    static final String ERROR = "ErrorResponse";
    static final String MODELS = "ListModelsResponse";
    static final String MODEL = "Model";

    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new HashMap<>();

    /** What is wrong with a document, each problem with its place; empty if nothing. */
    List<String> problems(String schema, String json) {
        return schemas.computeIfAbsent(schema, this::read).validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private Schema read(String name) {
        try {
            return registry.getSchema(
                    Files.readString(SharedFolder.openAiSchemas().resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
