package io.fairlead.gateway.ledger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The append-only journal: memory-mapped segments whose room on the disk is taken beforehand. An
 * append copies a record into the page cache, which outlives the process; the disk follows in the
 * background. The next segment is made ahead, and when that can't be done {@link #accepting} turns
 * false while there is still room for what is under way. {@link #append}, {@link #accepting} and
 * the counters may be used by any thread, the methods that take records out by one.
 */
public final class Journal implements Ledger, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final JournalSettings settings;
    private final SegmentDisk disk;
    private final JournalFolder folder;
    private final Object lock = new Object();
    private final JournalKeeper keeper;

    /** Leftovers, sealed segments and, last, the current one. Guarded by the lock. */
    private final Deque<Segment> segments = new ArrayDeque<>();

    private @Nullable Segment current;
    private @Nullable Segment spare;
    private boolean closed;
    private long appended;
    private long refused;
    private volatile boolean accepting;

    /** The segment records are taken from; only the taking thread uses it. */
    private @Nullable Segment taking;

    private Position takenBefore = Position.START;
    private final AtomicInteger damaged = new AtomicInteger();

    private Journal(JournalSettings settings, SegmentDisk disk, JournalFolder folder) {
        this.settings = settings;
        this.disk = disk;
        this.folder = folder;
        this.keeper = new JournalKeeper(this);
        segments.addAll(folder.leftovers());
    }

    /**
     * Opens the journal; takes milliseconds. A full disk does not fail it: it is not accepting
     * then, until there is room.
     *
     * @throws IOException when the folder can't be used or another process uses it
     */
    public static Journal open(JournalSettings settings) throws IOException {
        return open(settings, SegmentDisk.leaving(settings.keepFreeBytes()));
    }

    static Journal open(JournalSettings settings, SegmentDisk disk) throws IOException {
        JournalFolder folder = JournalFolder.open(settings.directory());
        Journal journal = new Journal(settings, disk, folder);
        journal.keeper.start();
        return journal;
    }

    @Override
    public boolean accepting() {
        return accepting;
    }

    @Override
    public void append(RequestRecord entry) {
        // Bodies are the first thing to go when room is short.
        byte[] payload = RecordCodec.encode(entry, accepting ? settings.maxBodyBytes() : 0);
        int checksum = Segment.checksum(payload);
        synchronized (lock) {
            Segment target = roomFor(payload.length);
            if (target != null) {
                target.append(payload, checksum);
                appended++;
                updateAccepting();
                return;
            }
            refused++;
            updateAccepting();
        }
        throw new LedgerFullException("journal: no room for " + payload.length + " bytes");
    }

    /** Where the next record would go: everything before it has been appended. */
    Position end() {
        synchronized (lock) {
            Segment last = segments.peekLast();
            return last == null ? Position.START : new Position(last.sequence(), last.end());
        }
    }

    /** Takes the next records out, in the order they were appended; empty when there are none. */
    List<byte[]> take(int maxRecords, int maxBytes) {
        List<byte[]> taken = new ArrayList<>();
        int bytes = 0;
        while (taken.size() < maxRecords && bytes < maxBytes) {
            byte[] payload = takeOne();
            if (payload == null) {
                break;
            }
            bytes += payload.length;
            taken.add(payload);
        }
        return taken;
    }

    /** Up to where records were taken out. */
    Position taken() {
        Segment segment = taking;
        return segment == null ? takenBefore : new Position(segment.sequence(), segment.readAt());
    }

    /** Keeps the files that are being read, because of a record that nobody understands. */
    void setAside(String reason) {
        Position upTo = taken();
        synchronized (lock) {
            for (Segment segment : segments) {
                if (segment.sequence() <= upTo.sequence() && !segment.damaged()) {
                    segment.markDamaged();
                    damaged.incrementAndGet();
                    LOG.error("journal: {}: {}; the file is kept", segment.file(), reason);
                }
            }
        }
    }

    /** Whether whole segments have been taken out. */
    boolean settleable() {
        synchronized (lock) {
            Segment first = segments.peekFirst();
            return first != null && first != current && exhausted(first);
        }
    }

    /** Deletes the segments that were taken out as a whole; their records must be durable. */
    void settle() {
        synchronized (lock) {
            for (Iterator<Segment> all = segments.iterator(); all.hasNext(); ) {
                Segment segment = all.next();
                if (segment == current || !exhausted(segment)) {
                    break;
                }
                all.remove();
                if (taking == segment) {
                    takenBefore = taken();
                    taking = null;
                }
                keeper.discard(segment);
            }
            lock.notifyAll();
        }
    }

    /** Starts a new segment if that can be done at once, so that the one before can be settled. */
    void roll() {
        synchronized (lock) {
            if (spare != null && current != null && current.end() > Segment.HEADER_BYTES) {
                rollToSpare();
                updateAccepting();
            }
        }
    }

    /** Takes no more records. What is in the journal can still be taken out and settled. */
    void seal() {
        synchronized (lock) {
            current = null;
            closed = true;
            accepting = false;
            lock.notifyAll();
        }
        keeper.stop();
    }

    /** Stops, and leaves what is not settled for the next start. */
    @Override
    public void close() throws IOException {
        seal();
        keeper.cleanUp();
        synchronized (lock) {
            segments.forEach(Segment::release);
            segments.clear();
            taking = null;
        }
        folder.close();
    }

    JournalStats stats() {
        synchronized (lock) {
            long bytes = 0;
            for (Segment segment : segments) {
                bytes += segment.size();
            }
            return new JournalStats(
                    accepting,
                    segments.size(),
                    bytes,
                    appended,
                    refused,
                    damaged.get(),
                    folder.unreadable());
        }
    }

    // What the keeper needs.

    /** Waits until a segment is wanted, or the time is over. */
    boolean awaitWanted(long millis) throws InterruptedException {
        synchronized (lock) {
            long deadline = System.nanoTime() + millis * 1_000_000;
            for (long left = millis; left > 0 && !closed && !wanted(); ) {
                lock.wait(left);
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
            return wanted();
        }
    }

    boolean closed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** The segment that is written to, to bring it to the disk. */
    @Nullable Segment current() {
        synchronized (lock) {
            return current;
        }
    }

    Segment prepare() throws IOException {
        return folder.create(settings.segmentBytes(), disk);
    }

    /** Takes a segment that {@link #prepare} made; false when it is no longer wanted. */
    boolean offer(Segment prepared) {
        synchronized (lock) {
            if (closed) {
                return false;
            }
            if (current == null) {
                current = prepared;
                segments.addLast(prepared);
            } else {
                spare = prepared;
            }
            updateAccepting();
            return true;
        }
    }

    /** The segment that nobody wrote to, at the end. */
    @Nullable Segment takeSpare() {
        synchronized (lock) {
            Segment unused = spare;
            spare = null;
            return unused;
        }
    }

    private boolean wanted() {
        return !closed
                && (current == null || spare == null)
                && (segments.size() + 1L) * settings.segmentBytes() <= settings.maxBytes();
    }

    private @Nullable Segment roomFor(int bytes) {
        if (current == null || bytes > settings.segmentBytes() / 2) {
            return null;
        }
        if (current.room() >= bytes) {
            return current;
        }
        if (spare == null) {
            return null;
        }
        return rollToSpare();
    }

    private @Nullable Segment rollToSpare() {
        Segment next = spare;
        if (next != null) {
            segments.addLast(next);
            current = next;
            spare = null;
            lock.notifyAll();
        }
        return next;
    }

    private void updateAccepting() {
        boolean now =
                !closed
                        && current != null
                        && (spare != null || current.room() >= settings.segmentBytes() / 2);
        if (now != accepting) {
            accepting = now;
        }
    }

    private byte @Nullable [] takeOne() {
        while (true) {
            Segment segment = taking;
            if (segment == null) {
                segment = following(null);
                if (segment == null) {
                    return null;
                }
                taking = segment;
            }
            // Asked before reading: what is appended until a segment is sealed must be seen.
            boolean sealed = sealed(segment);
            try {
                byte[] payload = segment.read();
                if (payload != null) {
                    return payload;
                }
            } catch (UnreadableRecordException e) {
                damaged.incrementAndGet();
                LOG.error("journal: damaged, the file is kept: {}", e.getMessage());
            }
            Segment next = sealed ? following(segment) : null;
            if (next == null) {
                return null;
            }
            taking = next;
        }
    }

    private boolean sealed(Segment segment) {
        synchronized (lock) {
            return segment != current;
        }
    }

    private @Nullable Segment following(@Nullable Segment segment) {
        synchronized (lock) {
            boolean found = segment == null;
            for (Segment candidate : segments) {
                if (found) {
                    return candidate;
                }
                found = candidate == segment;
            }
            return null;
        }
    }

    /** Whether all has been read of a segment that gets no more records. */
    private boolean exhausted(Segment segment) {
        Segment reading = taking;
        return reading != null
                && (segment.sequence() < reading.sequence()
                        || (segment == reading
                                && segment.end() - segment.readAt() < Segment.FRAME_BYTES));
    }
}
