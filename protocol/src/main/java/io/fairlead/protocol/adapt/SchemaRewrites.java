package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.schema.Converted;
import io.fairlead.protocol.schema.SchemaDialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says schemas in the dialect of a provider. Stateless: any thread. */
public final class SchemaRewrites {
    private SchemaRewrites() {}

    /** Parameters of all functions. */
    public static Rewrite parametersIn(SchemaDialect dialect) {
        return (request, model) -> functions(request, function -> inDialect(function, dialect));
    }

    /**
     * Parameters of functions whose arguments must follow them to the letter; those that the
     * dialect has no words for stay as they are, and no longer bind so strictly.
     */
    public static Rewrite strictParametersIn(SchemaDialect dialect) {
        return (request, model) ->
                functions(
                        request,
                        function -> {
                            if (!function.strict().orElse(false)
                                    || function.parameters().isEmpty()) {
                                return function;
                            }
                            Converted converted = dialect.convert(function.parameters().get());
                            if (!converted.exact()) {
                                return function.withStrict(Optional.of(false));
                            }
                            return Identity.same(converted.schema(), function.parameters().get())
                                    ? function
                                    : function.withParameters(Optional.of(converted.schema()));
                        });
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
     * The schema of the answer, where it binds to the letter; one that the dialect has no words for
     * stays as it is, and no longer binds so strictly.
     */
    public static Rewrite strictFormatIn(SchemaDialect dialect) {
        return (request, model) -> {
            if (!(request.output().format().orElse(null) instanceof OutputFormat.JsonSchema format)
                    || !format.strict().orElse(true)) {
                return request;
            }
            Converted converted = dialect.convert(format.schema());
            if (converted.exact()) {
                return Identity.same(converted.schema(), format.schema())
                        ? request
                        : withFormat(request, format.withSchema(converted.schema()));
            }
            return withFormat(
                    request,
                    new OutputFormat.JsonSchema(
                            format.name(),
                            format.description(),
                            format.schema(),
                            Optional.of(false),
                            format.beside()));
        };
    }

    /** For protocols that take the schema of the answer and nothing about it. */
    public static Rewrite bareFormat() {
        return (request, model) ->
                request.output().format().orElse(null) instanceof OutputFormat.JsonSchema format
                        ? withFormat(
                                request,
                                new OutputFormat.JsonSchema(
                                        Optional.empty(),
                                        Optional.empty(),
                                        format.schema(),
                                        Optional.empty(),
                                        format.beside()))
                        : request;
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
