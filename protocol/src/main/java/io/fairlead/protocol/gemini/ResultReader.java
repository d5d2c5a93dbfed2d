package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolResult;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a tool gave. Its content is any object; Google suggests one member, {@code output} or
 * {@code error}, and many write {@code result}. Confined to one thread.
 */
final class ResultReader {
    /** Before the name of the one member that the content stood under. */
    static final String UNDER = "response:";

    /** The content was no text. */
    static final String AS_JSON = "response-is-json";

    static final String ABSENT = "response-absent";

    static final List<String> USUAL = List.of("output", "result", "error");

    private final PartReader parts;
    private final CallIds ids;

    ResultReader(PartReader parts, CallIds ids) {
        this.parts = parts;
        this.ids = ids;
    }

    /** Null if it is no result (lenient reading). */
    @Nullable ToolResult read(ProtoFields part) {
        Optional<ProtoFields> found = part.object("functionResponse");
        if (found.isEmpty()) {
            return null;
        }
        ProtoFields result = found.get();
        String name =
                result.strict() ? result.plain().needText("name") : result.text("name").orElse("");
        Optional<String> id = result.someText("id");
        if (id.isEmpty()) {
            part.form(PartWriter.NO_ID);
        }
        String callId = ids.ofResult(id, name);
        List<Part> content = new ArrayList<>();
        boolean failed = content(part, result, content);
        for (ProtoFields medium : result.list("parts")) {
            content.add(parts.read(medium));
        }
        return new ToolResult(callId, Optional.of(name), content, failed, Marks.NONE);
    }

    /** Whether it says that the tool failed. */
    private static boolean content(ProtoFields part, ProtoFields result, List<Part> content) {
        Optional<Json> response = result.peek("response").filter(Json::isObject);
        if (response.isEmpty()) {
            if (result.has("response") && result.strict()) {
                throw result.plain().invalid("response", "an object");
            }
            part.form(ABSENT);
            return false;
        }
        result.take("response");
        List<Json.Member> members = response.get().members();
        if (members.isEmpty()) {
            return false;
        }
        if (members.size() > 1 || !USUAL.contains(members.getFirst().name())) {
            content.add(Text.of(response.get().toString()));
            return false;
        }
        String under = members.getFirst().name();
        Json value = members.getFirst().value();
        part.form(UNDER + under);
        if (value.isString()) {
            content.add(Text.of(value.text()));
        } else {
            part.form(AS_JSON);
            content.add(Text.of(value.toString()));
        }
        return under.equals("error");
    }
}
