package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.json.Json;

import java.util.Locale;
import java.util.Optional;

/** What becomes of a text that is too long for the model. Immutable. */
public enum Truncation {
    /** It is an error. */
    NONE,
    /** Its beginning is cut off. */
    START,
    /** Its end is cut off. */
    END;

    /** As anybody writes it: true or false, or the end that is cut. */
    public static Optional<Truncation> of(Json value) {
        return switch (value.kind()) {
            case BOOLEAN -> Optional.of(value.truth() ? END : NONE);
            case STRING ->
                    switch (value.text().toUpperCase(Locale.ROOT)) {
                        case "NONE" -> Optional.of(NONE);
                        case "START", "LEFT" -> Optional.of(START);
                        case "END", "RIGHT" -> Optional.of(END);
                        default -> Optional.empty();
                    };
            case OBJECT, ARRAY, NUMBER, NULL -> Optional.empty();
        };
    }
}
