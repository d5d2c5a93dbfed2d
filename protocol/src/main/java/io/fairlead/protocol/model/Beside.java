package io.fairlead.protocol.model;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a protocol said that the canonical model has no word for: members nobody knows, and which of
 * several equal forms was chosen. Only writers of the same protocol put it back; for all others it
 * does not exist, so nothing that changes the meaning of a conversation may be left here.
 * Immutable.
 *
 * @param origin the protocol it was said in; empty: nothing was
 * @param members by name, as they were; an object that was understood in part is here with the rest
 * @param forms words of the origin's own for the form it was in, such as {@code content:text}
 */
public record Beside(Optional<Protocol> origin, Map<String, Json> members, Set<String> forms) {
    public static final Beside NONE = new Beside(Optional.empty(), Map.of(), Set.of());

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
        return members.isEmpty() && forms.isEmpty();
    }
}
