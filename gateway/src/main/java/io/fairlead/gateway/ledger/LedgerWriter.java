package io.fairlead.gateway.ledger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries records from the journal to the store, on a thread of its own, and settles journal
 * segments when their records are safely there. While the store can't be used, records stay in the
 * journal and it tries again. The methods that are not private may be called by any thread.
 */
final class LedgerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int BATCH_RECORDS = 1000;
    private static final int BATCH_BYTES = 4 << 20;
    private static final int EXPIRE_AT_ONCE = 500;
    private static final long PAUSE_MILLIS = 200;
    private static final long MOST_PAUSE_MILLIS = 5000;
    private static final long ROLL_NANOS = Duration.ofMinutes(15).toNanos();
    private static final long EXPIRE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Journal journal;
    private final RequestStore.Opener opener;
    private final Retention retention;
    private final InstantSource clock;
    private final Thread thread;

    private final Object lock = new Object();
    private Position stored = Position.START;
    private @Nullable RequestStore store;
    private @Nullable String problem;
    private long storedRecords;
    private long knownRecords;
    private long rejectedRecords;
    private long caughtUpAt = System.nanoTime();
    private boolean hurry;
    private boolean closing;

    /** Taken from the journal and not yet stored; of the writer's own thread, like what follows. */
    private List<EncodedRecord> batch = List.of();

    private long pauseMillis = PAUSE_MILLIS;
    private long rolledAt = System.nanoTime();
    private long expiredAt = System.nanoTime();

    LedgerWriter(
            Journal journal, RequestStore.Opener opener, Retention retention, InstantSource clock) {
        this.journal = journal;
        this.opener = opener;
        this.retention = retention;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("ledger").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** The open store. */
    RequestStore store() {
        synchronized (lock) {
            if (store == null) {
                throw new StoreUnavailableException(problem == null ? "store: not open" : problem);
            }
            return store;
        }
    }

    /**
     * Waits until everything appended before this call is stored.
     *
     * @return whether it is
     */
    boolean flush(Duration patience) throws InterruptedException {
        Position target = journal.end();
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lock) {
            while (stored.compareTo(target) < 0) {
                long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0 || closing) {
                    return false;
                }
                hurry = true;
                lock.notifyAll();
                lock.wait(leftMillis);
            }
            return true;
        }
    }

    /** Stores what is left, if that can be done in time, and stops. */
    void close(Duration patience) throws InterruptedException {
        boolean flushed = flush(patience);
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        thread.join();
        if (!flushed) {
            LOG.warn("ledger: stops before all is stored; the rest stays in the journal");
        }
    }

    LedgerStats stats() {
        JournalStats ofJournal = journal.stats();
        synchronized (lock) {
            boolean behind = stored.compareTo(journal.end()) < 0;
            return new LedgerStats(
                    ofJournal,
                    storedRecords,
                    knownRecords,
                    rejectedRecords,
                    behind ? Duration.ofNanos(System.nanoTime() - caughtUpAt) : Duration.ZERO,
                    Optional.ofNullable(problem));
        }
    }

    private void run() {
        while (true) {
            try {
                work();
            } catch (StoreUnavailableException e) {
                failed(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("ledger: unexpected", e);
                failed("store: unexpected failure, see the log");
            }
            synchronized (lock) {
                if (closing) {
                    break;
                }
                awaitWork();
            }
        }
        finish();
    }

    private void awaitWork() {
        long pause = pauseMillis;
        if (hurry) {
            // Somebody waits, but hammering a locked database would not help.
            pause = problem == null ? 0 : Math.min(pauseMillis, PAUSE_MILLIS);
            hurry = false;
        }
        long deadline = System.nanoTime() + pause * 1_000_000;
        try {
            for (long left = pause; left > 0 && !closing && !hurry; ) {
                lock.wait(left);
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException _) {
            LOG.debug("ledger: interrupted; it ends when it is closed");
        }
    }

    private void work() {
        RequestStore open = open();
        while (storeBatch(open)) {
            if (journal.settleable()) {
                open.makeDurable();
                journal.settle();
            }
        }
        works();
        housekeeping(open);
    }

    private RequestStore open() {
        RequestStore open = store;
        if (open == null) {
            open = opener.open();
            synchronized (lock) {
                store = open;
            }
        }
        return open;
    }

    /** Stores the next batch; false when there is none. */
    private boolean storeBatch(RequestStore open) {
        if (batch.isEmpty()) {
            batch = take();
        }
        int size = batch.size();
        int fresh = size == 0 ? 0 : store(open, batch);
        batch = List.of();
        synchronized (lock) {
            storedRecords += fresh;
            knownRecords += size - fresh;
            stored = journal.taken();
            lock.notifyAll();
        }
        return size > 0;
    }

    private int store(RequestStore open, List<EncodedRecord> records) {
        try {
            return open.store(records);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (records.size() == 1) {
                LOG.error("ledger: {} can't be stored", records.getFirst().entry().id(), e);
                reject(String.valueOf(e.getMessage()));
                return 0;
            }
            // One record must not keep all others out: find it.
            int half = records.size() / 2;
            return store(open, records.subList(0, half))
                    + store(open, records.subList(half, records.size()));
        }
    }

    private List<EncodedRecord> take() {
        List<EncodedRecord> taken = new ArrayList<>();
        List<byte[]> encoded = journal.take(BATCH_RECORDS, BATCH_BYTES);
        for (byte[] bytes : encoded) {
            try {
                taken.add(EncodedRecord.decode(bytes));
            } catch (UnreadableRecordException e) {
                reject(String.valueOf(e.getMessage()));
            }
        }
        // All of a batch unreadable: that is not the end of the journal.
        return taken.isEmpty() && !encoded.isEmpty() ? take() : taken;
    }

    private void reject(String reason) {
        journal.setAside(reason);
        synchronized (lock) {
            rejectedRecords++;
        }
    }

    private void housekeeping(RequestStore open) {
        long now = System.nanoTime();
        if (now - rolledAt > ROLL_NANOS) {
            // Even a quiet journal is settled, so that a restart has little to read again.
            journal.roll();
            rolledAt = now;
        }
        if (now - expiredAt > EXPIRE_NANOS) {
            int removed = open.expire(retention, clock.instant(), EXPIRE_AT_ONCE);
            // As long as there is more, go on after the next pause.
            expiredAt = removed < EXPIRE_AT_ONCE ? now : expiredAt;
        }
    }

    private void works() {
        pauseMillis = PAUSE_MILLIS;
        synchronized (lock) {
            caughtUpAt = System.nanoTime();
            if (problem != null) {
                problem = null;
                LOG.info("ledger: the store works again");
            }
        }
    }

    private void failed(String reason) {
        pauseMillis = Math.min(pauseMillis * 2, MOST_PAUSE_MILLIS);
        synchronized (lock) {
            if (problem == null) {
                LOG.error("ledger: records wait in the journal: {}", reason);
            }
            problem = reason;
        }
    }

    /** The last thing the thread does. */
    private void finish() {
        journal.seal();
        RequestStore open = store;
        if (open == null) {
            return;
        }
        try {
            while (storeBatch(open)) {
                LOG.debug("ledger: stored a last batch");
            }
            open.makeDurable();
            journal.settle();
        } catch (RuntimeException e) {
            LOG.warn("ledger: records wait in the journal: {}", e.getMessage());
        }
        synchronized (lock) {
            store = null;
            problem = "store: closed";
        }
        try {
            open.close();
        } catch (RuntimeException e) {
            LOG.warn("ledger: the store was not closed cleanly: {}", e.getMessage());
        }
    }
}
