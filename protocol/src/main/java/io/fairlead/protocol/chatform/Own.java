package io.fairlead.protocol.chatform;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Beside;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Marks what this very protocol said. To such a thing a writer adds nothing that was not there; all
 * others get every member that the protocol's types demand. Stateless: any thread.
 */
final class Own {
    /** The form that says so. */
    static final String FORM = "own";

    private Own() {}

    static boolean is(Beside beside, Protocol protocol) {
        return beside.form(protocol, FORM);
    }

    static Beside marked(Fields fields, Protocol protocol) {
        fields.form(FORM);
        return fields.rest(protocol);
    }

    static Beside form(Protocol protocol, String form) {
        return new Beside(Optional.of(protocol), Map.of(), Set.of(form));
    }

    static Beside forms(Protocol protocol, String... forms) {
        return new Beside(Optional.of(protocol), Map.of(), Set.of(forms));
    }

    /** The text if it says anything; an empty one stays in the rest. */
    static Optional<String> words(Fields fields, String name) {
        Optional<Json> value = fields.peek(name);
        if (value.isPresent() && value.get().is("")) {
            return Optional.empty();
        }
        return fields.text(name);
    }

    /** As {@link #words}, for what is handed on. */
    static Optional<JsonString> string(Fields fields, String name) {
        Optional<Json> value = fields.peek(name);
        if (value.isPresent() && value.get().is("")) {
            return Optional.empty();
        }
        return fields.string(name);
    }

    /** The elements of an array that is there and not empty; a strict reading refuses others. */
    static Optional<Json> list(Fields fields, String name) {
        Optional<Json> value = fields.peek(name);
        if (value.isPresent() && !value.get().isArray()) {
            wrong(fields, name, "an array");
            return Optional.empty();
        }
        return value.filter(array -> !array.isEmpty());
    }

    /**
     * @throws Unreadable if the reading is strict
     */
    static void wrong(Fields fields, String name, String expected) {
        if (fields.strict()) {
            throw fields.invalid(name, expected);
        }
    }
}
