package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code tools}: objects that hold functions, tools of Google's, or both. Stateless: any
 * thread.
 */
final class ToolsReader {
    /** The first function of an object, where the object before holds functions too. */
    static final String NEW_OBJECT = "tool:new-object";

    /** The last function of an object that holds tools of Google's too. */
    static final String WITH_HOSTED = "tool:with-hosted";

    static final String DECLARATIONS_SNAKE = "tool:snake";
    static final String DECLARATIONS_ONE = "tool:one";

    private static final String DECLARATIONS = "functionDeclarations";

    private ToolsReader() {}

    static List<Tool> read(ProtoFields request) {
        List<Tool> tools = new ArrayList<>();
        for (ProtoFields object : request.list("tools")) {
            Optional<Json> declared = object.peek(DECLARATIONS).filter(d -> !d.isEmpty());
            if (declared.isEmpty()) {
                tools.add(hosted(object.whole()));
                continue;
            }
            boolean newObject = !tools.isEmpty() && tools.getLast() instanceof Tool.Function;
            Json rest = withoutDeclarations(object.whole());
            boolean one = declared.get().isObject();
            boolean snake = object.whole().get(DECLARATIONS).isEmpty();
            List<ProtoFields> declarations = object.list(DECLARATIONS);
            for (int i = 0; i < declarations.size(); i++) {
                ProtoFields declaration = declarations.get(i);
                if (i == 0) {
                    formIf(newObject, declaration, NEW_OBJECT);
                    formIf(snake, declaration, DECLARATIONS_SNAKE);
                    formIf(one, declaration, DECLARATIONS_ONE);
                }
                boolean last = i == declarations.size() - 1;
                formIf(last && !rest.isEmpty(), declaration, WITH_HOSTED);
                tools.add(function(declaration));
            }
            if (!rest.isEmpty()) {
                tools.add(hosted(rest));
            }
        }
        return tools;
    }

    private static void formIf(boolean so, ProtoFields declaration, String form) {
        if (so) {
            declaration.form(form);
        }
    }

    private static Tool.Function function(ProtoFields declaration) {
        String name = declaration.plain().needText("name");
        Optional<JsonString> description = declaration.string("description");
        Optional<Json> parameters = declaration.peek("parametersJsonSchema");
        if (parameters.isPresent()) {
            declaration.take("parametersJsonSchema");
        } else {
            parameters =
                    declaration
                            .peek("parameters")
                            .map(schema -> OpenApiSchema.read(schema, "parameters", declaration));
        }
        return new Tool.Function(
                name,
                description,
                parameters,
                Optional.empty(),
                Optional.empty(),
                declaration.rest());
    }

    private static Tool.Hosted hosted(Json object) {
        List<Json.Member> members = object.members();
        String name = members.isEmpty() ? "" : Spelling.camel(members.getFirst().name());
        return new Tool.Hosted(ProtoFields.ORIGIN, name, object);
    }

    private static Json withoutDeclarations(Json object) {
        JsonObject rest = new JsonObject();
        for (Json.Member member : object.members()) {
            if (!Spelling.camel(member.name()).equals(DECLARATIONS)) {
                rest.put(member.name(), member.value());
            }
        }
        return rest.isEmpty() ? Json.EMPTY_OBJECT : rest.toJson();
    }
}
