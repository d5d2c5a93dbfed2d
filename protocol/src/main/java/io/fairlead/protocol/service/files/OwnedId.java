package io.fairlead.protocol.service.files;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The id of a file or batch as clients know it: the provider's own, a dot, and the provider ({@code
 * file-abc.openai}). So any node can tell whose it is, also after a restart. Immutable.
 *
 * @param id what the provider calls it
 * @param owner the provider; empty: the id does not say
 */
public record OwnedId(String id, Optional<String> owner) {
    private static final char MARK = '.';

    /**
     * Reads an id that a client sent.
     *
     * @param isProvider whether a provider of this id is configured; what looks like a mark and
     *     names none is part of the provider's own id
     */
    public static OwnedId of(String text, Predicate<String> isProvider) {
        // providers' ids may have dots too: the longest one counts
        for (int at = text.indexOf(MARK, 1); at > 0; at = text.indexOf(MARK, at + 1)) {
            String owner = text.substring(at + 1);
            if (!owner.isEmpty() && isProvider.test(owner)) {
                return new OwnedId(text.substring(0, at), Optional.of(owner));
            }
        }
        return new OwnedId(text, Optional.empty());
    }

    /** What stands behind an id of this provider. */
    static String mark(String owner) {
        return MARK + owner;
    }
}
