package io.fairlead.protocol.model;

import java.util.Optional;

/**
 * What hangs on a part without being said. Immutable.
 *
 * @param cache the prompt up to and with this part is to be kept in the provider's cache
 * @param seal opaque state of the provider that belongs to this part and must come back with it
 * @param beside what only the part's protocol knows
 */
public record Marks(Optional<CacheMark> cache, Optional<Seal> seal, Beside beside) {
    public static final Marks NONE = new Marks(Optional.empty(), Optional.empty(), Beside.NONE);

    public static Marks of(Beside beside) {
        return beside.isEmpty() ? NONE : new Marks(Optional.empty(), Optional.empty(), beside);
    }

    public static Marks of(Optional<Seal> seal, Beside beside) {
        return new Marks(Optional.empty(), seal, beside);
    }

    public Marks withCache(Optional<CacheMark> newCache) {
        return new Marks(newCache, seal, beside);
    }

    public Marks withSeal(Optional<Seal> newSeal) {
        return new Marks(cache, newSeal, beside);
    }

    public Marks withBeside(Beside newBeside) {
        return new Marks(cache, seal, newBeside);
    }
}
