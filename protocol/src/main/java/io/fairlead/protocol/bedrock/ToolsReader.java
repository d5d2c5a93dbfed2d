package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code toolConfig}; what it does not know of it stays in its rest. Stateless. */
final class ToolsReader {
    private ToolsReader() {}

    static ToolUse read(Fields config) {
        List<Tool> tools = new ArrayList<>();
        for (Fields element : RequestReader.elements(config, "tools")) {
            Optional<CacheMark> mark = PartReader.cachePoint(element);
            if (mark.isPresent()
                    && !tools.isEmpty()
                    && tools.getLast() instanceof Tool.Function before
                    && before.cache().isEmpty()) {
                tools.set(tools.size() - 1, before.withCache(mark));
            } else {
                tools.add(tool(element));
            }
        }
        Optional<ToolChoice> choice = config.object("toolChoice").flatMap(ToolsReader::choice);
        return new ToolUse(tools, choice, Optional.empty(), Beside.NONE);
    }

    private static Tool tool(Fields element) {
        Optional<Fields> spec =
                element.has("toolSpec") ? element.object("toolSpec") : Optional.empty();
        if (spec.isPresent()) {
            Fields fields = spec.get();
            return new Tool.Function(
                    fields.needText("name"),
                    fields.string("description"),
                    fields.object("inputSchema").flatMap(schema -> schema.json("json")),
                    fields.flag("strict"),
                    Optional.empty(),
                    element.rest(ORIGIN));
        }
        Optional<String> system =
                element.peek("systemTool")
                        .flatMap(tool -> tool.get("name"))
                        .filter(Json::isString)
                        .map(Json::text);
        List<Json.Member> members = element.whole().members();
        String type = members.isEmpty() ? "" : members.getFirst().name();
        return new Tool.Hosted(ORIGIN, system.orElse(type), element.whole());
    }

    private static Optional<ToolChoice> choice(Fields choice) {
        if (choice.peek("auto").filter(Json::isEmpty).isPresent()) {
            choice.take("auto");
            return Optional.of(new ToolChoice.Auto());
        }
        if (choice.peek("any").filter(Json::isEmpty).isPresent()) {
            choice.take("any");
            return Optional.of(new ToolChoice.Required());
        }
        return choice.object("tool").map(tool -> new ToolChoice.Named(tool.needText("name")));
    }
}
