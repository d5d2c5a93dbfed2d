package io.fairlead.simulator;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A provider that a test directs: answers that were queued are given first, one a request; after
 * them another provider is asked, which can be changed at any time. Thread-safe.
 */
public final class ScriptedProvider implements SimProvider {
    private final Queue<SimProvider> queued = new ConcurrentLinkedQueue<>();
    private volatile SimProvider otherwise;

    public ScriptedProvider(SimProvider otherwise) {
        this.otherwise = otherwise;
    }

    /** Queues the answer to a further request. */
    public ScriptedProvider then(SimAnswer answer) {
        return then(_ -> answer);
    }

    /** Queues what answers a further request. */
    public ScriptedProvider then(SimProvider provider) {
        queued.add(provider);
        return this;
    }

    /** Forgets what is queued, and asks this provider from now on. */
    public void always(SimProvider provider) {
        queued.clear();
        otherwise = provider;
    }

    /** How many queued answers were not yet asked for. */
    public int left() {
        return queued.size();
    }

    @Override
    public SimAnswer answer(SimRequest request) {
        SimProvider next = queued.poll();
        return (next == null ? otherwise : next).answer(request);
    }
}
