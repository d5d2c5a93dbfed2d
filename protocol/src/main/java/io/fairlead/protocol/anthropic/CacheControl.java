package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.CacheMark;

import java.util.Optional;

/** {@code cache_control}, on blocks and tools. Stateless: any thread. */
final class CacheControl {
    private static final String NAME = "cache_control";
    private static final String EPHEMERAL = "ephemeral";

    private CacheControl() {}

    /** Of a kind nobody knows, it stays in the rest of its holder. */
    static Optional<CacheMark> read(Fields holder) {
        Optional<Json> value = holder.peek(NAME);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<Fields> control = holder.object(NAME);
        if (control.isEmpty() || control.get().peek("type").filter(CacheControl::known).isEmpty()) {
            return Optional.empty();
        }
        control.get().take("type");
        return Optional.of(new CacheMark(control.get().text("ttl"), Beside.NONE));
    }

    private static boolean known(Json type) {
        return type.is(EPHEMERAL);
    }

    static void write(Optional<CacheMark> mark, JsonObject holder) {
        if (mark.isPresent()) {
            holder.object(NAME)
                    .put("type", EPHEMERAL)
                    .put("ttl", mark.get().lifetime())
                    .merge(mark.get().beside().of(Own.ORIGIN));
        }
    }
}
