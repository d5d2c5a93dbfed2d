package io.fairlead.protocol.gemini;

import io.fairlead.protocol.adapt.SchemaRewrites;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.schema.SchemaDialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Schemas as Google takes them: without name or switch, and in its subset of JSON Schema, which
 * leaves out silently what it does not know. Stateless: any thread.
 */
final class GoogleSchemas {
    private GoogleSchemas() {}

    /** What Google's own older form says stays in that form. */
    static Rewrite inSubset() {
        Rewrite parameters =
                SchemaRewrites.parametersIn(
                        SchemaDialect.GEMINI_JSON,
                        function -> !isOlder(function.beside(), "parameters"));
        Rewrite format = SchemaRewrites.formatIn(SchemaDialect.GEMINI_JSON);
        return (request, model) ->
                isOlder(request.beside(), "responseSchema")
                        ? parameters.apply(request, model)
                        : format.apply(parameters.apply(request, model), model);
    }

    private static boolean isOlder(Beside beside, String name) {
        return OpenApiSchema.isForm(new Spelling(beside), name);
    }

    /** A schema of Google's has no name and is binding as it is. */
    static Rewrite bare() {
        Rewrite format = SchemaRewrites.bareFormat();
        return (request, model) -> {
            ChatRequest now = format.apply(request, model);
            boolean strict = false;
            List<Tool> tools = new ArrayList<>();
            for (Tool tool : now.tools().tools()) {
                boolean its = tool instanceof Tool.Function f && f.strict().isPresent();
                strict |= its;
                tools.add(its ? ((Tool.Function) tool).withStrict(Optional.empty()) : tool);
            }
            return strict ? now.withTools(now.tools().withTools(tools)) : now;
        };
    }
}
