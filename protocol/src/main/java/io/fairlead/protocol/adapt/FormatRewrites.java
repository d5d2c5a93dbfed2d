package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.OutputFormat;

import java.util.Optional;

/** Structured output where a protocol has none, or less of it. Stateless: any thread. */
public final class FormatRewrites {
    private FormatRewrites() {}

    /**
     * For JSON_SCHEMA: a tool that takes the answer as its arguments and must be called; the answer
     * is unwrapped again.
     */
    public static Rewrite schemaByTool() {
        return (AnswerTool) OutputFormat.JsonSchema.class::isInstance;
    }

    /** For JSON_OBJECT: as {@link #schemaByTool}, with a tool that takes any object. */
    public static Rewrite objectByTool() {
        return (AnswerTool) OutputFormat.AnyJson.class::isInstance;
    }

    /** As {@link #schemaByTool}, for models that are not known to follow a schema by themselves. */
    public static Rewrite schemaByToolUnlessStructured() {
        return new Rewrite() {
            private final Rewrite byTool = schemaByTool();

            @Override
            public ChatRequest apply(ChatRequest request, ModelFacts model) {
                return model.structured().orElse(false) ? request : byTool.apply(request, model);
            }

            @Override
            public Optional<AnswerRewrite> answer(ChatRequest request) {
                return byTool.answer(request);
            }
        };
    }

    /** For JSON_SCHEMA where only JSON as such can be asked for: an instruction has the schema. */
    public static Rewrite schemaAsObject() {
        return (request, model) ->
                schema(request)
                        .map(schema ->
                                format(
                                        TurnRewrites.instructed(request, follow(schema)),
                                        Optional.of(new OutputFormat.AnyJson())))
                        .orElse(request);
    }

    /** For JSON_SCHEMA where nothing can be asked for: an instruction asks. */
    public static Rewrite schemaByInstruction() {
        return (Instructed) request -> schema(request).map(FormatRewrites::follow);
    }

    /** For JSON_OBJECT where nothing can be asked for: an instruction asks. */
    public static Rewrite objectByInstruction() {
        return (Instructed)
                request ->
                        request.output()
                                .format()
                                .filter(OutputFormat.AnyJson.class::isInstance)
                                .map(any -> "Answer with a single JSON object" + AND_NOTHING_ELSE);
    }

    private static final String AND_NOTHING_ELSE =
            " and nothing else: no words around it and no Markdown.";

    private static String follow(OutputFormat.JsonSchema schema) {
        return "Answer with JSON that follows the JSON Schema below"
                + AND_NOTHING_ELSE
                + schema.description().map(d -> "\nWhat it is: " + d).orElse("")
                + "\nJSON Schema: "
                + schema.schema();
    }

    private static Optional<OutputFormat.JsonSchema> schema(ChatRequest request) {
        return request.output().format().isPresent()
                        && request.output().format().get() instanceof OutputFormat.JsonSchema schema
                ? Optional.of(schema)
                : Optional.empty();
    }

    static ChatRequest format(ChatRequest request, Optional<OutputFormat> format) {
        return request.withOutput(request.output().withFormat(format));
    }

    /** A rewriting of the format to an instruction. */
    @FunctionalInterface
    private interface Instructed extends Rewrite {
        /** What to say instead of the format; empty: it is none of ours. */
        Optional<String> words(ChatRequest request);

        @Override
        @SuppressWarnings("FunctionalInterfaceMethodChanged") // what is given is one of its steps
        default ChatRequest apply(ChatRequest request, ModelFacts model) {
            return words(request)
                    .map(words -> format(TurnRewrites.instructed(request, words), Optional.empty()))
                    .orElse(request);
        }
    }
}
