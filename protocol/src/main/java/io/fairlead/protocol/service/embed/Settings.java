package io.fairlead.protocol.service.embed;

import java.util.Optional;

/**
 * What is wished of a vector. Texts with the same wishes can be embedded in one call. Immutable.
 *
 * @param dimensions how many numbers it shall have
 * @param title of the document that the text is from
 */
public record Settings(
        Optional<Long> dimensions, Optional<Purpose> purpose, Optional<String> title) {
    public static final Settings NONE =
            new Settings(Optional.empty(), Optional.empty(), Optional.empty());
}
