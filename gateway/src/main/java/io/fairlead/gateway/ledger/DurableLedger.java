package io.fairlead.gateway.ledger;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The ledger: a journal in front of a store. Recording needs the journal only, so it is ready
 * before the store is open and goes on while the store is away. Thread-safe.
 */
public final class DurableLedger implements Ledger, LedgerReader, AutoCloseable {
    /** How long a question waits for records on their way, and the end for the last of them. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Journal journal;
    private final LedgerWriter writer;

    private DurableLedger(Journal journal, LedgerWriter writer) {
        this.journal = journal;
        this.writer = writer;
    }

    /**
     * Opens the journal and begins to open the store in the background; takes milliseconds.
     *
     * @param settings of the journal
     * @param opener opens the store, again and again until it works
     * @param retention how long requests are kept
     * @param clock the present
     * @throws IOException when the journal's folder can't be used
     */
    public static DurableLedger open(
            JournalSettings settings,
            RequestStore.Opener opener,
            Retention retention,
            InstantSource clock)
            throws IOException {
        Journal journal = Journal.open(settings);
        LedgerWriter writer = new LedgerWriter(journal, opener, retention, clock);
        writer.start();
        return new DurableLedger(journal, writer);
    }

    @Override
    public boolean accepting() {
        return journal.accepting();
    }

    @Override
    public void append(RequestRecord entry) {
        journal.append(entry);
    }

    @Override
    public RequestPage requests(RequestQuery query) {
        return upToDate().requests(query);
    }

    @Override
    public Optional<RequestRecord> request(String id) {
        return upToDate().request(id);
    }

    @Override
    public UsageReport usage(UsageQuery query) {
        return upToDate().usage(query);
    }

    @Override
    public LedgerStats stats() {
        return writer.stats();
    }

    /**
     * Stores what was recorded, if the store can be used, and closes both. What could not be stored
     * waits in the journal for the next start.
     */
    @Override
    public void close() throws IOException {
        try {
            writer.close(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }

    private RequestStore upToDate() {
        try {
            if (!writer.flush(PATIENCE)) {
                String why = writer.stats().problem().orElse("store: behind the journal");
                throw new StoreUnavailableException(why);
            }
            return writer.store();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("ledger: interrupted", e);
        }
    }
}
