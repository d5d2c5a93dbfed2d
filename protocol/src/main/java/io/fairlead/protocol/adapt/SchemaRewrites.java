package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.schema.Converted;
import io.fairlead.protocol.schema.SchemaDialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Says schemas in the dialect of a provider. Stateless: any thread. */
public final class SchemaRewrites {
    /** What becomes of the schema of an answer at OpenAI, for its tables. */
    public static final String OPENAI_FORMAT =
            "binding (strict: true) where OpenAI's subset has words for all of it, else not"
                    + " (strict: false)";

    /** What becomes of strict tools at OpenAI, for its tables. */
    public static final String OPENAI_STRICT =
            "native; where OpenAI's subset has no words for all of the schema it does not bind"
                    + " (strict: false)";

    private SchemaRewrites() {}

    /** Parameters of all functions. */
    public static Rewrite parametersIn(SchemaDialect dialect) {
        return parametersIn(dialect, function -> true);
    }

    /** Parameters of some functions. */
    public static Rewrite parametersIn(SchemaDialect dialect, Predicate<Tool.Function> which) {
        return (request, model) ->
                functions(
                        request,
                        function -> which.test(function) ? inDialect(function, dialect) : function);
    }

    /** Parameters are an object, also where the client took that for granted. */
    public static Rewrite parametersTyped() {
        return (request, model) -> functions(request, SchemaRewrites::typed);
    }

    private static Tool.Function typed(Tool.Function function) {
        Optional<Json> schema = function.parameters();
        if (schema.isEmpty() || schema.get().get("type").isPresent() || !schema.get().isObject()) {
            return function;
        }
        JsonObject typed = new JsonObject().put("type", "object");
        schema.get().members().forEach(member -> typed.put(member.name(), member.value()));
        if (!typed.has("properties")) {
            typed.put("properties", Json.EMPTY_OBJECT);
        }
        return function.withParameters(Optional.of(typed.toJson()));
    }

    /**
     * Parameters of functions whose arguments must follow them to the letter; those that the
     * dialect has no words for stay as they are, and no longer bind so strictly.
     */
    public static Rewrite strictParametersIn(SchemaDialect dialect) {
        Rewrite loosened = strictOnlyIn(dialect);
        Rewrite said = parametersIn(dialect, function -> function.strict().orElse(false));
        return (request, model) -> said.apply(loosened.apply(request, model), model);
    }

    /**
     * Functions whose parameters the dialect has no words for no longer bind to the letter; the
     * others stay as they are.
     */
    public static Rewrite strictOnlyIn(SchemaDialect dialect) {
        return (request, model) ->
                functions(
                        request,
                        function ->
                                !function.strict().orElse(false)
                                                || function.parameters().isEmpty()
                                                || dialect.convert(function.parameters().get())
                                                        .exact()
                                        ? function
                                        : function.withStrict(Optional.of(false)));
    }

    /** The schema of the answer. */
    public static Rewrite formatIn(SchemaDialect dialect) {
        return (request, model) -> {
            if (!(request.output().format().orElse(null)
                    instanceof OutputFormat.JsonSchema format)) {
                return request;
            }
            Converted converted = dialect.convert(format.schema());
            return Identity.same(converted.schema(), format.schema())
                    ? request
                    : withFormat(request, format.withSchema(converted.schema()));
        };
    }

    /**
     * The schema of the answer, where it binds to the letter: because that is said, or because it
     * is a schema without a name, of a protocol whose schemas always bind. One that the dialect has
     * no words for stays as it is, and no longer binds so strictly.
     */
    public static Rewrite boundFormatIn(SchemaDialect dialect) {
        return (request, model) -> {
            if (!(request.output().format().orElse(null) instanceof OutputFormat.JsonSchema format)
                    || !format.strict().orElse(format.name().isEmpty())) {
                return request;
            }
            Converted converted = dialect.convert(format.schema());
            boolean exact = converted.exact();
            Json schema = exact ? converted.schema() : format.schema();
            return Identity.same(schema, format.schema())
                            && format.strict().equals(Optional.of(exact))
                    ? request
                    : withFormat(
                            request,
                            new OutputFormat.JsonSchema(
                                    format.name(),
                                    format.description(),
                                    schema,
                                    Optional.of(exact),
                                    format.beside()));
        };
    }

    /**
     * For protocols that take the schema of the answer and nothing about it; what the format is for
     * then stands in the schema.
     */
    public static Rewrite bareFormat() {
        return (request, model) -> {
            if (!(request.output().format().orElse(null) instanceof OutputFormat.JsonSchema format)
                    || format.name().isEmpty()
                            && format.description().isEmpty()
                            && format.strict().isEmpty()) {
                return request;
            }
            return withFormat(
                    request,
                    new OutputFormat.JsonSchema(
                            Optional.empty(),
                            Optional.empty(),
                            described(format),
                            Optional.empty(),
                            format.beside()));
        };
    }

    private static Json described(OutputFormat.JsonSchema format) {
        Json schema = format.schema();
        if (format.description().isEmpty() || schema.get("description").isPresent()) {
            return schema;
        }
        JsonObject object = new JsonObject();
        schema.members().forEach(member -> object.put(member.name(), member.value()));
        return object.put("description", format.description()).toJson();
    }

    private static ChatRequest withFormat(ChatRequest request, OutputFormat format) {
        return request.withOutput(request.output().withFormat(Optional.of(format)));
    }

    private static Tool.Function inDialect(Tool.Function function, SchemaDialect dialect) {
        if (function.parameters().isEmpty()) {
            return function;
        }
        Converted converted = dialect.convert(function.parameters().get());
        return Identity.same(converted.schema(), function.parameters().get())
                ? function
                : function.withParameters(Optional.of(converted.schema()));
    }

    private static ChatRequest functions(ChatRequest request, FunctionChange change) {
        List<Tool> tools = new ArrayList<>();
        boolean changed = false;
        for (Tool tool : request.tools().tools()) {
            Tool now = tool instanceof Tool.Function function ? change.apply(function) : tool;
            changed |= !Identity.same(now, tool);
            tools.add(now);
        }
        return changed ? request.withTools(request.tools().withTools(tools)) : request;
    }

    @FunctionalInterface
    private interface FunctionChange {
        Tool.Function apply(Tool.Function function);
    }
}
