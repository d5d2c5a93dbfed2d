package io.fairlead.gateway.ledger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The journal's own thread: makes segments ahead, brings the current one to the disk once a second
 * and removes settled ones. Only its own thread does file work; the other methods may be called by
 * any thread.
 */
final class JournalKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(JournalKeeper.class);
    private static final long FORCE_EVERY_MILLIS = 1000;
    private static final long RETRY_MILLIS = 200;

    private final Journal journal;
    private final Thread thread;
    private final List<Segment> discarded = new ArrayList<>();
    private boolean failing;
    private @Nullable Segment forced;
    private int forcedTo;

    JournalKeeper(Journal journal) {
        this.journal = journal;
        this.thread = Thread.ofPlatform().name("journal").daemon().unstarted(this::run);
    }

    /** Makes the first segment before it returns, if there is room. */
    void start() {
        prepare();
        thread.start();
    }

    /** Returns when the thread has ended. */
    void stop() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes what nobody needs any more, after {@link #stop}. */
    void cleanUp() {
        removeDiscarded();
        Segment spare = journal.takeSpare();
        if (spare != null) {
            remove(spare);
        }
    }

    void discard(Segment segment) {
        synchronized (discarded) {
            discarded.add(segment);
        }
    }

    private void run() {
        long lastForce = System.nanoTime();
        while (!journal.closed()) {
            try {
                boolean wanted = journal.awaitWanted(RETRY_MILLIS);
                removeDiscarded();
                if (wanted && !prepare()) {
                    Thread.sleep(RETRY_MILLIS);
                }
                if (System.nanoTime() - lastForce > FORCE_EVERY_MILLIS * 1_000_000) {
                    force();
                    lastForce = System.nanoTime();
                }
            } catch (InterruptedException _) {
                LOG.debug("journal: interrupted; it ends when it is closed");
            }
        }
        force();
    }

    private boolean prepare() {
        try {
            Segment prepared = journal.prepare();
            if (!journal.offer(prepared)) {
                prepared.discard();
            }
            if (failing) {
                LOG.info("journal: there is room again");
            }
            failing = false;
            return true;
        } catch (IOException e) {
            if (!failing) {
                LOG.error(
                        "journal: no room for the next segment, requests will be refused: {}",
                        e.getMessage());
            }
            failing = true;
            return false;
        }
    }

    private void force() {
        Segment segment = journal.current();
        if (segment == null) {
            return;
        }
        try {
            if (segment != forced) {
                if (forced != null) {
                    forced.force(forcedTo);
                }
                forced = segment;
                forcedTo = 0;
            }
            int end = segment.end();
            if (end > forcedTo) {
                segment.force(forcedTo);
                forcedTo = end;
            }
        } catch (IllegalStateException _) {
            LOG.debug("journal: a segment was settled before it was forced");
        } catch (RuntimeException e) {
            LOG.error("journal: could not be brought to the disk", e);
        }
    }

    private void removeDiscarded() {
        List<Segment> all;
        synchronized (discarded) {
            all = List.copyOf(discarded);
            discarded.clear();
        }
        all.forEach(JournalKeeper::remove);
    }

    private static void remove(Segment segment) {
        try {
            segment.discard();
        } catch (IOException e) {
            // It would be read again at the next start, where the store knows its records.
            LOG.warn("journal: {} could not be removed: {}", segment.file(), e.getMessage());
        }
    }
}
