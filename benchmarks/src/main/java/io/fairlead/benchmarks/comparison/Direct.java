package io.fairlead.benchmarks.comparison;

import java.util.List;

/**
 * No proxy: the client speaks to the upstream, which shows what the two cost themselves. Used by
 * one thread.
 */
record Direct() implements Candidate {

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public Running start(Bench bench) {
        return new Running(this, bench.upstreamPort(), List.of());
    }

    @Override
    public String about(Running running) {
        return "client straight to upstream";
    }
}
