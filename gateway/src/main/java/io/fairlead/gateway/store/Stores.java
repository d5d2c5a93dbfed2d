package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.RequestStore;
import io.fairlead.gateway.responses.ResponseStore;

import java.nio.file.Path;

/** The stores there are. Thread-safe. */
public final class Stores {
    private Stores() {}

    /**
     * The embedded store in one file, which is made when it is not there. Nothing is opened yet.
     */
    public static RequestStore.Opener sqlite(Path file) {
        return () -> SqliteStore.open(file);
    }

    /** Kept responses in one file, which is made when it is not there. Nothing is opened yet. */
    public static ResponseStore.Opener responses(Path file) {
        return () -> SqliteResponses.open(file);
    }
}
