package io.fairlead.protocol.model;

import java.util.List;
import java.util.Optional;

/**
 * What one speaker said at once. How parts are cut into turns has no meaning of its own: neighbours
 * of the same role mean the same as one turn with all their parts. Immutable.
 *
 * @param name of the participant, where a conversation has several of one role
 */
public record Turn(Role role, List<Part> parts, Optional<String> name, Beside beside) {
    public Turn {
        parts = List.copyOf(parts);
    }

    public static Turn of(Role role, Part... parts) {
        return new Turn(role, List.of(parts), Optional.empty(), Beside.NONE);
    }

    public static Turn of(Role role, List<Part> parts) {
        return new Turn(role, parts, Optional.empty(), Beside.NONE);
    }

    public Turn withRole(Role newRole) {
        return new Turn(newRole, parts, name, beside);
    }

    public Turn withParts(List<Part> newParts) {
        return new Turn(role, newParts, name, beside);
    }

    public Turn withoutName() {
        return new Turn(role, parts, Optional.empty(), beside);
    }
}
