package io.fairlead.gateway.edge;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.pipeline.ClientRequest;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.error.ErrorShapes.Shape;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Takes the admin API and the metrics off the event loop: each call runs on a virtual thread, a
 * bounded number at a time. Confined to one event loop.
 */
final class AdminGate {
    private static final Logger LOG = LoggerFactory.getLogger(AdminGate.class);
    private static final int LARGEST_BODY = 1 << 20;

    private final EdgeParts parts;
    private final Context loop;
    private final Executor threads;
    private final Semaphore places;

    AdminGate(EdgeParts parts, Context loop, Executor threads, Semaphore places) {
        this.parts = parts;
        this.loop = loop;
        this.threads = threads;
        this.places = places;
    }

    void metrics(Incoming in, Outgoing out) {
        run(
                in,
                out,
                () ->
                        new ControlPlane.Answer(
                                200,
                                "text/plain; version=0.0.4; charset=utf-8",
                                Buffer.buffer(parts.telemetry().scrape())));
    }

    void handle(Principal admin, Incoming in, Outgoing out) {
        Buffer body = Buffer.buffer();
        in.read(
                new ClientRequest.BodySink() {
                    @Override
                    public void data(Buffer piece) {
                        if (body.length() + piece.length() > LARGEST_BODY) {
                            in.fail(
                                    new GatewayException(
                                            ErrorCode.REQUEST_TOO_LARGE,
                                            "The admin API takes bodies up to 1 MB."));
                        } else {
                            body.appendBuffer(piece);
                        }
                    }

                    @Override
                    public void end() {
                        ControlPlane.Call call =
                                new ControlPlane.Call(
                                        in.method(),
                                        in.target().path(),
                                        in.target().query(),
                                        body,
                                        admin);
                        run(in, out, () -> answer(call));
                    }

                    @Override
                    public void failed(Throwable cause) {
                        error(in, out, cause);
                    }
                });
    }

    private ControlPlane.Answer answer(ControlPlane.Call call) {
        try {
            return parts.control().answer(call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(Incoming in, Outgoing out, Supplier<ControlPlane.Answer> work) {
        if (!places.tryAcquire()) {
            error(
                    in,
                    out,
                    new GatewayException(
                            ErrorCode.OVERLOADED, "Too many calls of the admin API at a time."));
            return;
        }
        threads.execute(() -> {
            try {
                ControlPlane.Answer answer = work.get();
                loop.runOnContext(_ -> send(in, out, answer));
            } catch (RuntimeException e) {
                loop.runOnContext(_ -> error(in, out, e));
            } finally {
                places.release();
            }
        });
    }

    private void send(Incoming in, Outgoing out, ControlPlane.Answer answer) {
        parts.telemetry().answered("admin", answer.status());
        out.headers().set("cache-control", "no-store");
        Replies.send(in, out, answer.status(), answer.contentType(), answer.body().getBytes());
    }

    private void error(Incoming in, Outgoing out, Throwable cause) {
        GatewayError error;
        if (cause instanceof GatewayException refused) {
            error = refused.error();
        } else if (out.isClosed()) {
            return;
        } else {
            LOG.error("request {}: defect", in.id(), cause);
            error = GatewayError.of(ErrorCode.INTERNAL, Dispatcher.internal(in));
        }
        parts.telemetry().answered("admin", error.status());
        Replies.error(in, out, Shape.OPENAI, error);
    }
}
