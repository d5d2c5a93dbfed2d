package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.CacheMark;

import java.util.Optional;

/**
 * {@code cache_control} on parts and tools, which this family's gateways pass on to Anthropic.
 * Stateless.
 */
final class CacheMarks {
    private CacheMarks() {}

    static Optional<CacheMark> read(Fields owner, Dialect dialect) {
        Optional<Fields> control = owner.object("cache_control");
        if (control.isEmpty() || !isEphemeral(control.get())) {
            return Optional.empty();
        }
        owner.take("cache_control");
        Fields mark = control.get();
        mark.take("type");
        Optional<String> lifetime = mark.text("ttl");
        return Optional.of(new CacheMark(lifetime, mark.rest(dialect.protocol())));
    }

    private static boolean isEphemeral(Fields control) {
        return control.peek("type").filter(type -> type.is("ephemeral")).isPresent();
    }

    static void write(Optional<CacheMark> mark, JsonObject owner, Dialect dialect) {
        if (mark.isPresent()) {
            JsonObject control = owner.object("cache_control").put("type", "ephemeral");
            control.put("ttl", mark.get().lifetime());
            control.merge(mark.get().beside().of(dialect.protocol()));
        }
    }
}
