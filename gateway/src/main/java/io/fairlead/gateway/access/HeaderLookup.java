package io.fairlead.gateway.access;

import org.jspecify.annotations.Nullable;

/** The headers of a request, whatever holds them. Used by one thread. */
@FunctionalInterface
public interface HeaderLookup {
    /** The first value of the header called {@code name} (given in lower case), or null. */
    @Nullable String get(String name);
}
