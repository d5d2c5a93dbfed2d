package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the messages of a request. Immutable: any thread. */
final class MessageReader {
    /** The content is a list of parts, though a text would have done. */
    static final String PARTS = "content:parts";

    /** There is no content, though there might be. */
    static final String NO_CONTENT = "content:absent";

    /** The result has the role that results of functions had before there were tools. */
    static final String FUNCTION = "role:function";

    /** What only an assistant's message has beside its content: a spoken answer, by its id. */
    static final String AUDIO = "audio";

    private final Dialect dialect;
    private final PartReader parts;
    private final CallForm calls;
    private final ReasoningForm reasoning;

    MessageReader(Dialect dialect) {
        this.dialect = dialect;
        this.parts = new PartReader(dialect);
        this.calls = new CallForm(dialect);
        this.reasoning = new ReasoningForm(dialect);
    }

    /** Whether a foreign part stands in a member of its own, outside the content. */
    static boolean isBeside(Foreign foreign) {
        return foreign.type().equals(AUDIO)
                || CallForm.isForeignCall(foreign)
                || ReasoningForm.isDetail(foreign);
    }

    Turn read(Fields message) {
        String role = message.needText("role");
        return switch (role) {
            case "system" -> plain(Role.SYSTEM, message);
            case "developer" -> plain(Role.DEVELOPER, message);
            case "user" -> plain(Role.USER, message);
            case "assistant" -> assistant(message);
            case "tool" -> result(message, Own.words(message, "tool_call_id").orElse(""));
            case "function" -> {
                message.form(FUNCTION);
                yield result(message, "");
            }
            default ->
                    throw message.invalid(
                            "role", "system, developer, user, assistant, tool or function");
        };
    }

    private Turn plain(Role role, Fields message) {
        List<Part> content = content(message, message);
        return new Turn(role, content, Own.words(message, "name"), rest(message));
    }

    private Turn assistant(Fields message) {
        List<Part> called = calls.read(message);
        List<Part> all = new ArrayList<>(reasoning.read(message, called, message));
        List<Part> content = content(message, message);
        all.addAll(content);
        all.addAll(new ImagesForm(dialect).read(message));
        Own.words(message, "refusal").ifPresent(text -> all.add(Refusal.of(text)));
        message.peek("audio")
                .filter(Json::isObject)
                .ifPresent(audio -> {
                    message.take("audio");
                    all.add(Foreign.of(dialect.protocol(), AUDIO, audio));
                });
        all.addAll(called);
        if (message.whole().get("content").isEmpty()) {
            message.form(NO_CONTENT);
        }
        return new Turn(Role.ASSISTANT, all, Own.words(message, "name"), rest(message));
    }

    private Turn result(Fields message, String callId) {
        List<Part> content = content(message, message);
        Optional<String> name = Own.words(message, "name");
        Marks marks = Marks.of(rest(message));
        return Turn.of(Role.USER, new ToolResult(callId, name, content, false, marks));
    }

    /** Empty texts say nothing: they are no parts, and stay in the rest. */
    List<Part> content(Fields message, Fields holder) {
        Optional<Json> content = message.peek("content");
        if (content.isEmpty()) {
            return List.of();
        }
        if (content.get().isArray()) {
            holder.form(PARTS);
            return parts.readAll(message, "content");
        }
        if (!content.get().isString()) {
            Own.wrong(message, "content", "a string or an array of parts");
            return List.of();
        }
        return Own.string(message, "content")
                .map(text -> List.<Part>of(Text.of(text)))
                .orElse(List.of());
    }

    private Beside rest(Fields message) {
        return message.rest(dialect.protocol());
    }
}
