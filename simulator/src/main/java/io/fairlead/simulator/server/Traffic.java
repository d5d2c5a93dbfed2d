package io.fairlead.simulator.server;

import io.fairlead.simulator.SimRequest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What a server sees of its clients: open connections and requests, totals, and the last requests.
 * Thread-safe.
 */
public final class Traffic {
    private static final long POLL_NANOS = 1_000_000;

    private final int kept;
    private final ArrayDeque<ReceivedRequest> last = new ArrayDeque<>();
    private final AtomicInteger openConnections = new AtomicInteger();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicInteger openRequests = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong aborted = new AtomicLong();

    Traffic(int kept) {
        this.kept = kept;
    }

    /** Connections that are open now. */
    public int openConnections() {
        return openConnections.get();
    }

    /** Connections ever accepted. */
    public long connections() {
        return connections.get();
    }

    /** Requests received in full that are still being answered. */
    public int openRequests() {
        return openRequests.get();
    }

    /** Requests ever received in full. */
    public long requests() {
        return requests.get();
    }

    /** Requests whose client went away before the script was played. */
    public long aborted() {
        return aborted.get();
    }

    /** The last requests, oldest first. */
    public List<ReceivedRequest> received() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    /** The newest request. Throws if there is none. */
    public ReceivedRequest newest() {
        synchronized (last) {
            return last.getLast();
        }
    }

    /** Forgets the requests kept; the counters go on. */
    public void forget() {
        synchronized (last) {
            last.clear();
        }
    }

    /** Waits until no request is being answered; false if that takes longer. */
    public boolean awaitIdle(Duration atMost) {
        return await(() -> openRequests() == 0, atMost);
    }

    /** Waits until no connection is open; false if that takes longer. */
    public boolean awaitNoConnection(Duration atMost) {
        return await(() -> openConnections() == 0, atMost);
    }

    /** Waits until a condition on this traffic holds; false if that takes longer. */
    public boolean await(BooleanSupplier condition, Duration atMost) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    void connected() {
        connections.incrementAndGet();
        openConnections.incrementAndGet();
    }

    void disconnected() {
        openConnections.decrementAndGet();
    }

    ReceivedRequest begin(SimRequest request) {
        ReceivedRequest received = new ReceivedRequest(request);
        requests.incrementAndGet();
        openRequests.incrementAndGet();
        if (kept > 0) {
            synchronized (last) {
                if (last.size() == kept) {
                    last.removeFirst();
                }
                last.addLast(received);
            }
        }
        return received;
    }

    void end(ReceivedRequest received, ReceivedRequest.Outcome outcome) {
        received.become(outcome);
        if (outcome == ReceivedRequest.Outcome.ABORTED) {
            aborted.incrementAndGet();
        }
        openRequests.decrementAndGet();
    }
}
