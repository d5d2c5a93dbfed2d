package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;

import java.util.Optional;

/** What a request asks of the answer. Immutable: any thread. */
final class OutputForm {
    private static final String NEW_LIMIT = "max_completion_tokens";
    private static final String OLD_LIMIT = "max_tokens";

    /** A format is given without its schema. */
    private static final String NO_SCHEMA = "schema:absent";

    private final Dialect dialect;

    OutputForm(Dialect dialect) {
        this.dialect = dialect;
    }

    Output read(Fields request) {
        Optional<Long> limit = request.count(NEW_LIMIT);
        if (limit.isPresent()) {
            request.form(NEW_LIMIT);
        } else {
            limit = request.count(OLD_LIMIT);
            limit.ifPresent(ignored -> request.form(OLD_LIMIT));
        }
        return new Output(
                limit,
                format(request),
                request.count("n"),
                logProbs(request),
                request.texts("modalities"),
                request.object("audio")
                        .map(audio -> {
                            request.take("audio");
                            return audio.whole();
                        }),
                request.text("verbosity"));
    }

    private static Optional<Long> logProbs(Fields request) {
        Optional<Json> asked = request.peek("logprobs").filter(Json.TRUE::equals);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        request.take("logprobs");
        return Optional.of(request.positive("top_logprobs"));
    }

    private static Optional<OutputFormat> format(Fields request) {
        Optional<Fields> format = request.object("response_format");
        if (format.isEmpty()) {
            return Optional.empty();
        }
        String type = format.get().needText("type");
        return Optional.of(
                switch (type) {
                    case "text" -> new OutputFormat.PlainText();
                    case "json_object" -> new OutputFormat.AnyJson();
                    case "json_schema" -> schema(format.get().needObject("json_schema"), request);
                    default ->
                            throw format.get().invalid("type", "text, json_object or json_schema");
                });
    }

    private static OutputFormat schema(Fields schema, Fields request) {
        // Mistral's own SDK says schema_definition in its code, but schema on the wire.
        Optional<Json> definition = schema.json("schema");
        if (definition.isEmpty()) {
            request.form(NO_SCHEMA);
        }
        return new OutputFormat.JsonSchema(
                schema.text("name"),
                schema.text("description"),
                definition.orElse(Json.EMPTY_OBJECT),
                schema.flag("strict"),
                Beside.NONE);
    }

    void write(Output output, Beside forms, JsonObject request) {
        String limit = dialect.maxTokens();
        if (forms.form(dialect.protocol(), OLD_LIMIT)) {
            limit = OLD_LIMIT;
        } else if (forms.form(dialect.protocol(), NEW_LIMIT)) {
            limit = NEW_LIMIT;
        }
        request.put(limit, output.maxTokens());
        request.put("n", output.choices());
        if (output.logProbs().isPresent()) {
            request.put("logprobs", true);
            request.put("top_logprobs", output.logProbs().filter(top -> top > 0));
        }
        if (!output.modalities().isEmpty()) {
            request.put("modalities", JsonArray.ofTexts(output.modalities()));
        }
        request.put("audio", output.audio());
        request.put("verbosity", output.verbosity());
        if (output.format().isPresent()) {
            JsonObject format = request.object("response_format");
            switch (output.format().get()) {
                case OutputFormat.PlainText ignored -> format.put("type", "text");
                case OutputFormat.AnyJson ignored -> format.put("type", "json_object");
                case OutputFormat.JsonSchema schema -> {
                    format.put("type", "json_schema");
                    schema(schema, forms, format.object("json_schema"));
                }
            }
        }
    }

    private void schema(OutputFormat.JsonSchema schema, Beside forms, JsonObject object) {
        boolean own = forms.form(dialect.protocol(), Own.FORM);
        // A name must be there; most other protocols have none.
        object.put("name", own ? schema.name() : schema.name().or(() -> Optional.of("answer")));
        object.put("description", schema.description());
        if (!forms.form(dialect.protocol(), NO_SCHEMA)) {
            object.put("schema", schema.schema());
        }
        object.put("strict", schema.strict());
    }
}
