package io.fairlead.gateway.upstream;

import org.jspecify.annotations.Nullable;

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

        void waits() {
            add(waiting, 1);
        }

        void waitsNoMore() {
            add(waiting, -1);
        }

        /** One thread writes, so that no locked instruction is needed. */
        private static void add(AtomicInteger count, int change) {
            count.lazySet(count.getPlain() + change);
        }
    }

    /** One connection and the requests on it. Confined to its event loop. */
    static final class Member {
        /** Whose connection it is; not known before its first request. */
        private @Nullable Pool pool;

        private int requests;
        private boolean closed;

        /** A request begins on it; true: the first one. */
        boolean begin(Pool of) {
            boolean first = pool == null;
            if (first && !closed) {
                Pool.add(of.connections, 1);
                Pool.add(of.idle, 1);
            }
            pool = of;
            if (requests++ == 0) {
                idle(-1);
            }
            return first;
        }

        void end() {
            if (--requests == 0) {
                idle(1);
            }
        }

        void close() {
            if (pool != null && !closed) {
                Pool.add(pool.connections, -1);
                if (requests == 0) {
                    idle(-1);
                }
            }
            closed = true;
        }

        private void idle(int change) {
            if (pool != null && !closed) {
                Pool.add(pool.idle, change);
            }
        }
    }
}
