package io.fairlead.gateway.upstream;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * How many connections to each provider there are, all event loops together, for metrics.
 * Thread-safe.
 */
public final class Pools {
    private final ConcurrentMap<String, List<Pool>> pools = new ConcurrentHashMap<>();

    /** The counts of one event loop's connections to one provider, which only that loop changes. */
    Pool open(String provider) {
        Pool pool = new Pool();
        pools.computeIfAbsent(provider, _ -> new CopyOnWriteArrayList<>()).add(pool);
        return pool;
    }

    /** Open connections by provider. */
    public Map<String, Integer> connections() {
        return sums(pool -> pool.connections.get());
    }

    /** Open connections without a request. */
    public Map<String, Integer> idle() {
        return sums(pool -> pool.idle.get());
    }

    /** Requests that wait for a connection, be it a free or a new one. */
    public Map<String, Integer> waiting() {
        return sums(pool -> pool.waiting.get());
    }

    private Map<String, Integer> sums(ToIntFunction<Pool> count) {
        Map<String, Integer> sums = new TreeMap<>();
        pools.forEach((provider, each) -> sums.put(provider, each.stream().mapToInt(count).sum()));
        return sums;
    }

    /** Counts of one event loop. Changed by that loop, read by any thread. */
    static final class Pool {
        private final AtomicInteger connections = new AtomicInteger();
        private final AtomicInteger idle = new AtomicInteger();
        private final AtomicInteger waiting = new AtomicInteger();

        void connections(int change) {
            add(connections, change);
        }

        void idle(int change) {
            add(idle, change);
        }

        void waiting(int change) {
            add(waiting, change);
        }

        /** One thread writes, so that no locked instruction is needed. */
        private static void add(AtomicInteger count, int change) {
            count.lazySet(count.getPlain() + change);
        }
    }
}
