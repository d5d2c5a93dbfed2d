package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import java.util.List;
import java.util.Optional;

/**
 * Reads the parts of a content: text and thoughts, media, calls and their results; what else there
 * is ({@code executableCode}, {@code toolCall} …) is kept as it is. Confined to one thread.
 */
final class PartReader {
    private static final String[] OTHERS = {
        "executableCode", "codeExecutionResult", "toolCall", "toolResponse"
    };

    private final CallIds ids;

    PartReader(CallIds ids) {
        this.ids = ids;
    }

    Part read(ProtoFields part) {
        boolean thought = part.isOn("thought");
        Part read;
        if (isText(part) && !hasData(part)) {
            read = thought ? thought(part) : Text.of(part.string("text").orElse(JsonString.EMPTY));
        } else if (thought && !part.has("functionCall")) {
            // A thought that is no text (a sketch of an image): nobody else has these.
            return hasData(part) ? foreign(part, "thought") : sealed(part, thought(part));
        } else if (part.has("inlineData")) {
            read = MediaReader.inline(part);
        } else if (part.has("fileData")) {
            read = MediaReader.file(part);
        } else if (isCall(part)) {
            read = call(part);
        } else if (part.has("functionResponse")) {
            read = new ResultReader(this, ids).read(part);
        } else {
            return foreign(part, typeOf(part));
        }
        return read == null ? foreign(part, typeOf(part)) : sealed(part, read);
    }

    private static boolean isText(ProtoFields part) {
        return part.has("text") && (part.strict() || part.peek("text").get().isString());
    }

    /** Whether there is more than text, thought and signature. */
    private static boolean hasData(ProtoFields part) {
        return part.has("inlineData")
                || part.has("fileData")
                || part.has("functionCall")
                || part.has("functionResponse")
                || !typeOf(part).isEmpty();
    }

    private static Reasoning thought(ProtoFields part) {
        List<String> content = part.text("text").map(List::of).orElse(List.of());
        return new Reasoning(content, List.of(), Marks.NONE);
    }

    private static boolean isCall(ProtoFields part) {
        // Without a name it is the next piece of a call that is streamed.
        return part.peek("functionCall")
                .filter(call -> !part.strict() || call.isObject())
                .flatMap(call -> call.get("name"))
                .filter(name -> part.strict() || name.isString())
                .isPresent();
    }

    private ToolCall call(ProtoFields part) {
        ProtoFields call = part.object("functionCall").orElseThrow();
        String name = call.text("name").orElse("");
        String arguments = "";
        Optional<Json> args = call.peek("args");
        if (args.isPresent() && args.get().kind() == Kind.OBJECT) {
            call.take("args");
            arguments = args.get().toString();
        } else if (args.isPresent() && call.strict()) {
            throw call.plain().invalid("args", "an object");
        } else {
            part.form(PartWriter.NO_ARGUMENTS);
        }
        Optional<String> id = call.someText("id");
        if (id.isEmpty()) {
            part.form(PartWriter.NO_ID);
        }
        return ToolCall.of(ids.ofCall(id, name), name, arguments);
    }

    static Part sealed(ProtoFields part, Part read) {
        Optional<Seal> seal = Optional.empty();
        Optional<String> signature = signature(part);
        if (signature.isPresent()) {
            seal = Signatures.seal(signature.get());
            if (seal.isPresent()) {
                part.take("thoughtSignature");
            }
        }
        return read.withMarks(Marks.of(seal, part.rest()));
    }

    /** The signature, not taken yet. */
    private static Optional<String> signature(ProtoFields part) {
        return part.peek("thoughtSignature")
                .filter(value -> value.isString() && !value.is(""))
                .map(Json::text);
    }

    static Foreign foreign(ProtoFields part, String type) {
        return Foreign.of(ProtoFields.ORIGIN, type, part.whole());
    }

    /** What Google calls a part that has no canonical word. */
    private static String typeOf(ProtoFields part) {
        for (String name : OTHERS) {
            if (part.has(name)) {
                return name;
            }
        }
        return "";
    }
}
