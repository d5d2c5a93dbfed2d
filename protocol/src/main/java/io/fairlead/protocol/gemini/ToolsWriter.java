package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Tool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes {@code tools}, neighbouring functions in one object. Stateless: any thread. */
final class ToolsWriter {
    private ToolsWriter() {}

    static List<JsonObject> write(List<Tool> tools) {
        List<JsonObject> objects = new ArrayList<>();
        JsonObject functions = null;
        boolean joined = false;
        for (Tool tool : tools) {
            switch (tool) {
                case Tool.Function function -> {
                    functions = into(functions, function, objects);
                    joined = new Spelling(function.beside()).form(ToolsReader.WITH_HOSTED);
                }
                case Tool.Hosted hosted -> {
                    if (hosted.origin() == ProtoFields.ORIGIN) {
                        JsonObject target =
                                joined && functions != null ? functions : new JsonObject();
                        for (Json.Member member : hosted.raw().members()) {
                            target.put(member.name(), member.value());
                        }
                        if (target != functions) {
                            objects.add(target);
                        }
                    }
                    functions = null;
                    joined = false;
                }
                // Rewritten as a function before it comes here.
                case Tool.Custom ignored -> {}
            }
        }
        return objects;
    }

    /** The object that this function is in now. */
    private static JsonObject into(
            @Nullable JsonObject functions, Tool.Function function, List<JsonObject> objects) {
        Spelling spelling = new Spelling(function.beside());
        JsonObject declaration = declaration(function, spelling);
        JsonObject object = functions;
        if (object == null || spelling.form(ToolsReader.NEW_OBJECT)) {
            object = new JsonObject();
            objects.add(object);
        }
        String name =
                spelling.form(ToolsReader.DECLARATIONS_SNAKE) || object.has("function_declarations")
                        ? "function_declarations"
                        : "functionDeclarations";
        if (spelling.form(ToolsReader.DECLARATIONS_ONE) && !object.has(name)) {
            object.put(name, declaration);
        } else {
            object.array(name).add(declaration);
        }
        return object;
    }

    private static JsonObject declaration(Tool.Function function, Spelling spelling) {
        JsonObject declaration = new JsonObject();
        declaration.put("name", function.name());
        declaration.put("description", function.description());
        Optional<Json> parameters = function.parameters();
        if (parameters.isPresent()) {
            if (OpenApiSchema.isInRest(spelling, "parameters")) {
                // Written with the rest.
            } else if (OpenApiSchema.isForm(spelling, "parameters")) {
                declaration.put(
                        "parameters",
                        OpenApiSchema.write(parameters.get(), "parameters", spelling));
            } else {
                declaration.put(spelling.name("parametersJsonSchema"), parameters.get());
            }
        }
        spelling.rest(declaration);
        return declaration;
    }
}
