package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The data plane of one event loop: its exchanges, its connections to providers, and the one timer
 * that looks at all deadlines. Confined to its event loop.
 */
final class LoopDataPlane implements DataPlane {
    /** How exact the coarse clock is. */
    private static final long TICK_MILLIS = 20;

    /** Each tick looks at the deadlines of one exchange in so many: 100 ms between two looks. */
    private static final int SLICES = 5;

    private static final long NO_TIMER = -1;

    private final Context context;
    private final Vertx vertx;
    private final Upstream upstream;
    private final Steps steps;
    private final Supplier<Routes> routes;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Set<RealtimeCall> talking = new HashSet<>();
    private long timer = NO_TIMER;
    private long nowNanos = System.nanoTime();
    private int slice;
    private int inFlight;
    private boolean aborted;
    private boolean hungUp;

    LoopDataPlane(Context context, Upstream upstream, Steps steps, Supplier<Routes> routes) {
        this.context = context;
        this.vertx = context.owner();
        this.upstream = upstream;
        this.steps = steps;
        this.routes = routes;
    }

    @Override
    public void handle(ClientRequest request, ClientResponse response) {
        steps.telemetry().started();
        inFlight++;
        if (timer == NO_TIMER) {
            nowNanos = System.nanoTime();
            timer = vertx.setPeriodic(TICK_MILLIS, _ -> tick());
        }
        Exchange exchange = new Exchange(this, steps, routes.get(), request, response);
        exchange.slot = exchanges.size();
        exchanges.add(exchange);
        exchange.begin();
        if (aborted) {
            exchange.stop();
        }
    }

    @Override
    public void talk(ClientRequest request, ClientResponse response, Upgrade upgrade) {
        steps.telemetry().started();
        inFlight++;
        RealtimeCall call = new RealtimeCall(this, steps, routes.get(), request, response, upgrade);
        talking.add(call);
        call.begin();
        if (hungUp) {
            call.stop();
        }
    }

    void ended(RealtimeCall call) {
        if (talking.remove(call)) {
            inFlight--;
        }
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public void abort() {
        aborted = true;
        for (Exchange exchange : List.copyOf(exchanges)) {
            exchange.stop();
        }
        hangUp();
    }

    @Override
    public void hangUp() {
        hungUp = true;
        for (RealtimeCall call : List.copyOf(talking)) {
            call.stop();
        }
    }

    @Override
    public void close() {
        upstream.close();
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    Upstream upstream() {
        return upstream;
    }

    /** {@link System#nanoTime()} as of the last tick. */
    long nowNanos() {
        return nowNanos;
    }

    /** The exchange is over; it stays in the list until its upstream call has ended too. */
    void finished(Exchange exchange, boolean upstreamEnded) {
        inFlight--;
        if (upstreamEnded) {
            remove(exchange);
        }
    }

    void remove(Exchange exchange) {
        int slot = exchange.slot;
        if (slot < 0) {
            return;
        }
        exchange.slot = -1;
        Exchange last = exchanges.removeLast();
        if (last != exchange) {
            exchanges.set(slot, last);
            last.slot = slot;
        }
    }

    /** Runs {@code task} after {@code delayNanos}, at least a millisecond later. */
    void after(long delayNanos, Runnable task) {
        vertx.setTimer(Math.max(1, delayNanos / 1_000_000), _ -> task.run());
    }

    /** Runs {@code task} on this event loop; any thread may ask for it. */
    void run(Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    private void tick() {
        nowNanos = System.nanoTime();
        slice = (slice + 1) % SLICES;
        // one that ends is replaced by the last, whose turn comes in the next round
        for (int i = slice; i < exchanges.size(); i += SLICES) {
            exchanges.get(i).tick(nowNanos);
        }
        if (exchanges.isEmpty()) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }
}
