package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.Part;

import org.jspecify.annotations.Nullable;

/** What a part becomes; null: it goes. Pure. */
@FunctionalInterface
public interface PartChange {
    @Nullable Part apply(Part part);
}
