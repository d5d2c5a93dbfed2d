package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls in a message: {@code tool_calls}, and {@code function_call} as it was before. Immutable:
 * any thread.
 */
final class CallForm {
    /** The call stands in {@code function_call}. */
    static final String LEGACY = "function_call";

    /** The call has no {@code type}. */
    private static final String UNTYPED = "untyped";

    /** The arguments are an object, not its text. */
    private static final String OBJECT = "object";

    /** The seal stands where Google's OpenAI-like endpoint has it. */
    private static final String EXTRA = "extra_content";

    /** Before the type of a foreign part that stands among the calls. */
    static final String FOREIGN = "tool_calls:";

    private final Dialect dialect;

    CallForm(Dialect dialect) {
        this.dialect = dialect;
    }

    List<Part> read(Fields message) {
        List<Part> calls = new ArrayList<>();
        if (Own.list(message, "tool_calls").isPresent()) {
            for (Fields call : message.objects("tool_calls")) {
                calls.add(readCall(call));
            }
        }
        Optional<Fields> legacy = message.object("function_call");
        if (legacy.isPresent()) {
            legacy(legacy.get(), message).ifPresent(calls::add);
        }
        return calls;
    }

    private Part readCall(Fields call) {
        String type = call.text("type").orElse("");
        boolean custom = type.equals("custom");
        Optional<Fields> body = call.object(custom ? "custom" : "function");
        if (body.isEmpty() || !(custom || type.isEmpty() || type.equals("function"))) {
            if (call.strict() && (custom || type.equals("function"))) {
                throw call.invalid(type, "an object");
            }
            return Foreign.of(dialect.protocol(), FOREIGN + type, call.whole());
        }
        if (type.isEmpty()) {
            call.form(UNTYPED);
        }
        String id = Own.words(call, "id").orElse("");
        String name = Own.words(body.get(), "name").orElse("");
        if (name.isEmpty() && call.strict()) {
            throw body.get().invalid("name", "a string");
        }
        String arguments =
                custom ? body.get().text("input").orElse("") : arguments(body.get(), call);
        Optional<Seal> seal = seal(call);
        return new ToolCall(
                id, name, arguments, custom, Marks.of(seal, call.rest(dialect.protocol())));
    }

    private static String arguments(Fields function, Fields call) {
        Optional<Json> value = function.peek("arguments");
        if (value.isPresent() && value.get().isObject()) {
            call.form(OBJECT);
            function.take("arguments");
            return value.get().toString();
        }
        return function.text("arguments").orElse("");
    }

    private Optional<Part> legacy(Fields call, Fields message) {
        Optional<String> name = Own.words(call, "name");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String arguments = call.text("arguments").orElse("");
        Beside rest = call.rest(dialect.protocol());
        Beside beside =
                new Beside(
                        Optional.of(dialect.protocol()), rest.members(), java.util.Set.of(LEGACY));
        message.take("function_call");
        return Optional.of(new ToolCall("", name.get(), arguments, false, Marks.of(beside)));
    }

    private static Optional<Seal> seal(Fields call) {
        Optional<Seal> seal = extraSeal(call);
        seal.ifPresent(ignored -> {
            call.object("extra_content")
                    .flatMap(extra -> extra.object("google"))
                    .ifPresent(google -> google.take("thought_signature"));
            call.form(EXTRA);
        });
        return seal;
    }

    /** A signature where Google's OpenAI-like endpoint has it. */
    static Optional<Seal> extraSeal(Fields call) {
        return call.peek("extra_content")
                .flatMap(extra -> extra.get("google"))
                .flatMap(google -> google.get("thought_signature"))
                .filter(Json::isString)
                .map(data -> Seal.signature(Seal.GOOGLE, data.text()));
    }

    boolean isLegacy(ToolCall call) {
        return call.marks().beside().form(dialect.protocol(), LEGACY);
    }

    static boolean isForeignCall(Foreign foreign) {
        return foreign.type().startsWith(FOREIGN);
    }

    /** Whether the seal of this call is said with it, and nowhere else. */
    boolean holdsSeal(ToolCall call) {
        return call.marks().beside().form(dialect.protocol(), EXTRA);
    }

    void write(ToolCall call, String id, JsonObject object) {
        Beside beside = call.marks().beside();
        if (!id.isEmpty()) {
            object.put("id", id);
        }
        if (!beside.form(dialect.protocol(), UNTYPED)) {
            object.put("type", call.custom() ? "custom" : "function");
        }
        JsonObject body = object.object(call.custom() ? "custom" : "function");
        if (!call.name().isEmpty()) {
            body.put("name", call.name());
        }
        if (call.custom()) {
            body.put("input", call.arguments());
        } else if (beside.form(dialect.protocol(), OBJECT)) {
            body.put("arguments", io.fairlead.protocol.codec.Arguments.object(call.arguments()));
        } else {
            body.put("arguments", call.arguments());
        }
        if (holdsSeal(call) && call.marks().seal().isPresent()) {
            object.object("extra_content")
                    .object("google")
                    .put("thought_signature", call.marks().seal().get().data());
        }
        object.merge(beside.of(dialect.protocol()));
    }

    void writeLegacy(ToolCall call, JsonObject object) {
        object.put("name", call.name()).put("arguments", call.arguments());
        object.merge(call.marks().beside().of(dialect.protocol()));
    }
}
