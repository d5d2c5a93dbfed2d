package io.fairlead.gateway.app;

import io.fairlead.gateway.config.StorageConfig;
import io.fairlead.gateway.ledger.DurableLedger;
import io.fairlead.gateway.ledger.JournalSettings;
import io.fairlead.gateway.ledger.RequestStore;
import io.fairlead.gateway.ledger.StoreUnavailableException;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.store.Stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** Opens what a gateway keeps in its data directory. Stateless. */
final class Storage {
    private Storage() {}

    /**
     * The ledger: ready at once, while its store is opened later.
     *
     * @param ready from when on the store may be opened
     */
    static DurableLedger ledger(Launch launch, InstantSource clock, CountDownLatch ready)
            throws StartException {
        StorageConfig storage = launch.config().storage();
        Path data = launch.data();
        // not a switch over the types: the JVM makes a class for each of those at each start
        if (!(storage.url() instanceof StorageConfig.Url.Sqlite sqlite)) {
            throw new StartException(
                    true,
                    "storage.url: PostgreSQL (expected: sqlite:FILE; PostgreSQL is not in this"
                            + " version)");
        }
        Path file = data.resolve(sqlite.file());
        try {
            Files.createDirectories(data);
            return DurableLedger.open(
                    JournalSettings.in(data.resolve("journal")),
                    after(ready, Stores.sqlite(file)),
                    Settings.retention(launch.config()),
                    clock);
        } catch (IOException e) {
            throw new StartException(
                    false,
                    data
                            + ": the data directory can't be used: "
                            + e.getMessage()
                            + " (expected: a folder that can be written, see --data)");
        }
    }

    /**
     * Opening a store takes longer than all the rest of a start, and nothing waits for it but
     * questions.
     */
    private static RequestStore.Opener after(CountDownLatch ready, RequestStore.Opener opener) {
        return () -> {
            try {
                ready.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreUnavailableException("store: interrupted", e);
            }
            return opener.open();
        };
    }

    /**
     * The archive of responses: beside the ledger's store, in a file of its own; nothing is opened
     * before it is needed.
     */
    static ResponseArchive archive(Launch launch, InstantSource clock) {
        StorageConfig storage = launch.config().storage();
        String ledger =
                storage.url() instanceof StorageConfig.Url.Sqlite sqlite ? sqlite.file() : "";
        Path file = launch.data().resolve(ledger).resolveSibling("responses.db");
        return new ResponseArchive(
                Stores.responses(file), Settings.archive(launch.config()), clock);
    }
}
