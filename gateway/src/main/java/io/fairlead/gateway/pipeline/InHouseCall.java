package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.gateway.upstream.UpstreamCall;
import io.fairlead.gateway.upstream.UpstreamListener;
import io.fairlead.protocol.translate.InHouse;
import io.vertx.core.MultiMap;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * One attempt that asks no provider: the work is done in a virtual thread, beside the event loops.
 * Used only on its event loop.
 */
final class InHouseCall implements UpstreamCall {
    /** Work takes processors from requests, so there is not much of it at a time. */
    private static final Semaphore TURNS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final LoopDataPlane loop;
    private final InHouse work;
    private final UpstreamListener listener;
    private final Consumer<RuntimeException> failure;
    private @Nullable Thread worker;
    private volatile boolean over;

    InHouseCall(
            LoopDataPlane loop,
            InHouse work,
            UpstreamListener listener,
            Consumer<RuntimeException> failure) {
        this.loop = loop;
        this.work = work;
        this.listener = listener;
        this.failure = failure;
    }

    @Override
    public void start() {
        listener.sent();
        worker = Thread.ofVirtual().name("in-house").start(this::work);
    }

    private void work() {
        byte[] made;
        try {
            TURNS.acquire();
            try {
                made = work.made(() -> over);
            } finally {
                TURNS.release();
            }
        } catch (InterruptedException | CancellationException e) {
            return; // it was given up, and nobody listens
        } catch (RuntimeException e) {
            loop.run(() -> failed(e));
            return;
        }
        loop.run(() -> done(made));
    }

    private void done(byte[] made) {
        if (over) {
            return;
        }
        listener.head(
                200, MultiMap.caseInsensitiveMultiMap().add("content-type", "application/json"));
        if (!over) {
            listener.data(Buffers.wrap(made));
        }
        if (!over) {
            over = true;
            listener.end();
        }
    }

    private void failed(RuntimeException cause) {
        if (!over) {
            failure.accept(cause);
        }
    }

    /** The answer is one piece: it is not held back. */
    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {
        over = true;
        if (worker != null) {
            worker.interrupt();
        }
    }
}
