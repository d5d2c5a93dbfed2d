package io.fairlead.protocol.model;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a protocol said that the canonical model has no word for: members nobody knows, and which of
 * several equal forms was chosen. Only writers of the same protocol put it back; for all others it
 * does not exist, so nothing that changes the meaning of a conversation may be left here. Where
 * nothing was left it is the same in all protocols. Immutable.
 *
 * @param origin the protocol it was said in; empty: in none
 * @param members by name, as they were; an object that was understood in part is here with the rest
 * @param forms words of the origin's own for the form it was in, such as {@code content:text}
 */
public record Beside(Optional<Protocol> origin, Map<String, Json> members, Set<String> forms) {
    public static final Beside NONE = new Beside(Optional.empty(), Map.of(), Set.of());

    /**
     * What is gathered when somebody asks for it, as writers of other protocols never do.
     *
     * @param members gives the same whenever and however often it is asked
     */
    public static Beside later(
            Protocol origin, Supplier<Map<String, Json>> members, Set<String> forms) {
        return new Beside(Optional.of(origin), new Later(members), Set.copyOf(forms));
    }

    /** Members that are gathered when somebody looks at them. Immutable to all who do. */
    private static final class Later extends AbstractMap<String, Json> {
        private final Supplier<Map<String, Json>> source;
        private @Nullable Map<String, Json> members;

        private Later(Supplier<Map<String, Json>> source) {
            this.source = source;
        }

        private Map<String, Json> members() {
            Map<String, Json> known = members;
            if (known == null) {
                known = Collections.unmodifiableMap(source.get());
                members = known;
            }
            return known;
        }

        @Override
        public Set<Entry<String, Json>> entrySet() {
            return members().entrySet();
        }

        @Override
        public @Nullable Json get(@Nullable Object name) {
            return members().get(name);
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return members().containsKey(name);
        }
    }

    /** The members, if they were said in this protocol; else none. */
    public Map<String, Json> of(Protocol protocol) {
        return origin.isPresent() && origin.get() == protocol ? members : Map.of();
    }

    /** Whether it was said in this protocol. */
    public boolean isOf(Protocol protocol) {
        return origin.isPresent() && origin.get() == protocol;
    }

    /** Whether it was said in this protocol and in this form. */
    public boolean form(Protocol protocol, String form) {
        return origin.isPresent() && origin.get() == protocol && forms.contains(form);
    }

    public boolean isEmpty() {
        return forms.isEmpty() && members.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Beside that
                && forms.equals(that.forms)
                && members.equals(that.members)
                && (origin.equals(that.origin) || isEmpty());
    }

    @Override
    public int hashCode() {
        return 31 * forms.hashCode() + members.hashCode();
    }
}
