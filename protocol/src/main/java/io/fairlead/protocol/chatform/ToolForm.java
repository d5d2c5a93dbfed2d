package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Tool;

import java.util.Optional;

/** One declared tool. Immutable: any thread. */
final class ToolForm {
    /** The tool has no {@code type}. */
    private static final String UNTYPED = "untyped";

    private final Dialect dialect;

    ToolForm(Dialect dialect) {
        this.dialect = dialect;
    }

    Tool read(Fields tool) {
        String type = tool.text("type").orElse("");
        if (type.isEmpty()) {
            tool.form(UNTYPED);
        }
        return switch (type) {
            case "", "function" -> function(tool.needObject("function"), tool);
            case "custom" -> {
                Fields custom = tool.needObject("custom");
                yield new Tool.Custom(
                        custom.needText("name"),
                        custom.text("description"),
                        custom.json("format"),
                        tool.rest(dialect.protocol()));
            }
            default -> new Tool.Hosted(dialect.protocol(), type, tool.whole());
        };
    }

    /**
     * @param tool what the function stands in, or itself
     */
    Tool.Function function(Fields function, Fields tool) {
        String name = function.needText("name");
        Optional<JsonString> description = function.string("description");
        Optional<Fields> parameters = function.object("parameters");
        parameters.ifPresent(ignored -> function.take("parameters"));
        return new Tool.Function(
                name,
                description,
                parameters.map(Fields::whole),
                function.flag("strict"),
                CacheMarks.read(tool, dialect),
                tool.rest(dialect.protocol()));
    }

    void write(Tool tool, JsonArray tools) {
        switch (tool) {
            case Tool.Function function -> {
                JsonObject object = tools.addObject();
                if (!function.beside().form(dialect.protocol(), UNTYPED)) {
                    object.put("type", "function");
                }
                describe(function, object.object("function"));
                CacheMarks.write(function.cache(), object, dialect);
                object.merge(function.beside().of(dialect.protocol()));
            }
            case Tool.Custom custom -> {
                JsonObject object = tools.addObject().put("type", "custom");
                object.object("custom")
                        .put("name", custom.name())
                        .put("description", custom.description())
                        .put("format", custom.format());
                object.merge(custom.beside().of(dialect.protocol()));
            }
            case Tool.Hosted hosted -> {
                if (hosted.origin() == dialect.protocol()) {
                    tools.add(hosted.raw());
                }
            }
        }
    }

    void writeLegacy(Tool tool, JsonArray functions) {
        if (tool instanceof Tool.Function function) {
            JsonObject object = functions.addObject();
            describe(function, object);
            object.merge(function.beside().of(dialect.protocol()));
        }
    }

    private static void describe(Tool.Function function, JsonObject object) {
        object.put("name", function.name())
                .put("description", function.description())
                .put("parameters", function.parameters())
                .put("strict", function.strict());
    }
}
