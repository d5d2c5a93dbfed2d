package io.fairlead.gateway.upstream;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.simulator.Header;
import io.fairlead.simulator.Playback;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.SimStep;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One attempt at a simulated provider. Confined to its event loop. */
final class SimCall implements UpstreamCall, Playback.Sink {
    private static final byte[] NO_BODY = {};

    private final SimUpstream upstream;
    private final SimProvider provider;
    private final UpstreamRequest request;
    private final UpstreamListener listener;
    private @Nullable Playback playback;
    private boolean paused;
    private boolean headSeen;
    private boolean done;

    SimCall(
            SimUpstream upstream,
            SimProvider provider,
            UpstreamRequest request,
            UpstreamListener listener) {
        this.upstream = upstream;
        this.provider = provider;
        this.request = request;
        this.listener = listener;
    }

    @Override
    public void start() {
        upstream.began();
        listener.sent();
        // not before start has returned, as over a socket
        upstream.vertx().runOnContext(_ -> play());
    }

    private void play() {
        if (done) {
            return;
        }
        Playback fresh = new Playback(provider.answer(simulated()), this, this::after);
        playback = fresh;
        fresh.start();
    }

    private SimRequest simulated() {
        List<Header> all = new ArrayList<>();
        request.headers().each((name, value) -> all.add(new Header(name, value)));
        String target = request.target();
        int query = target.indexOf('?');
        Buffer body = request.body();
        return new SimRequest(
                request.method(),
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                all,
                body == null ? NO_BODY : body.getBytes());
    }

    private Runnable after(Duration delay, Runnable task) {
        long timer = upstream.vertx().setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
        return () -> upstream.vertx().cancelTimer(timer);
    }

    @Override
    public void head(int status, List<Header> headers, OptionalLong length) {
        headSeen = true;
        MultiMap all = MultiMap.caseInsensitiveMultiMap();
        for (Header header : headers) {
            all.add(header.name(), header.value());
        }
        listener.head(status, all);
    }

    @Override
    public boolean send(SimStep.Send bytes, boolean last) {
        if (done) {
            return false;
        }
        byte[] copy = new byte[bytes.length()];
        System.arraycopy(bytes.array(), bytes.offset(), copy, 0, copy.length);
        listener.data(Buffers.wrap(copy));
        if (last) {
            end();
        }
        return !done && !paused;
    }

    @Override
    public void flush() {}

    @Override
    public void end() {
        if (finish()) {
            listener.end();
        }
    }

    @Override
    public void cut() {
        broken("connection closed");
    }

    @Override
    public void reset() {
        broken("connection reset");
    }

    private void broken(String how) {
        if (finish()) {
            listener.failed(
                    new ProviderFault.Broken(
                            how + (headSeen ? " within the answer" : " before the answer")));
        }
    }

    private boolean finish() {
        if (done) {
            return false;
        }
        done = true;
        upstream.ended();
        return true;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        if (paused) {
            paused = false;
            if (!done && playback != null) {
                playback.resume();
            }
        }
    }

    @Override
    public void cancel() {
        if (finish() && playback != null) {
            playback.cancel();
        }
    }
}
