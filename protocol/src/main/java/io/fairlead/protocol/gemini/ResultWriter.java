package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolResult;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes what a tool gave: an object as it is, anything else under {@code output} or {@code error},
 * media as parts. Confined to one thread.
 */
final class ResultWriter {
    private final PartWriter parts;
    private final CallIds ids;

    ResultWriter(PartWriter parts, CallIds ids) {
        this.parts = parts;
        this.ids = ids;
    }

    void write(ToolResult result, JsonObject object, Spelling spelling) {
        JsonObject body = spelling.object(object, "functionResponse");
        if (!result.callId().isEmpty() && !spelling.form(PartWriter.NO_ID)) {
            body.put("id", result.callId());
        }
        String called = ids.nameOf(result.callId()).orElse(result.callId());
        body.put("name", result.name().orElse(called));
        List<JsonObject> media = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean said = false;
        for (Part part : result.content()) {
            if (part instanceof Text words) {
                text.append(said ? "\n" : "").append(words.text());
                said = true;
            } else if (part instanceof Media) {
                JsonObject medium = parts.write(part, ids);
                if (medium != null) {
                    media.add(medium);
                }
            }
        }
        if (said) {
            response(result.error(), text.toString(), body, spelling);
        } else if (!spelling.form(ResultReader.ABSENT)) {
            body.put("response", Json.EMPTY_OBJECT);
        }
        if (!media.isEmpty()) {
            spelling.list(body, "parts", media);
        }
    }

    private static void response(boolean failed, String text, JsonObject body, Spelling spelling) {
        for (String name : ResultReader.USUAL) {
            if (spelling.form(ResultReader.UNDER + name)) {
                JsonObject response = body.object("response");
                if (spelling.form(ResultReader.AS_JSON)) {
                    response.put(name, parsed(text));
                } else {
                    response.put(name, text);
                }
                return;
            }
        }
        Json whole = failed || !looksLikeObject(text) ? Json.NULL : parsed(text);
        if (whole.isObject() && !isUsual(whole)) {
            body.put("response", whole);
        } else {
            body.object("response").put(failed ? "error" : "output", text);
        }
    }

    /** An object of one member with a usual name would be read as that member alone. */
    private static boolean isUsual(Json object) {
        List<Json.Member> members = object.members();
        return members.isEmpty()
                || (members.size() == 1 && ResultReader.USUAL.contains(members.getFirst().name()));
    }

    private static boolean looksLikeObject(String text) {
        return text.length() > 2 && text.charAt(0) == '{' && text.endsWith("}");
    }

    private static Json parsed(String text) {
        try {
            return Json.parse(text);
        } catch (MalformedJson noJson) {
            return Json.of(text);
        }
    }
}
