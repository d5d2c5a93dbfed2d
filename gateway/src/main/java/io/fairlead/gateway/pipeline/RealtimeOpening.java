package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.fairlead.gateway.routing.Failover;
import io.fairlead.gateway.routing.Faults;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.gateway.routing.Step;
import io.fairlead.gateway.telemetry.Passport;
import io.fairlead.gateway.telemetry.TraceContext;
import io.fairlead.gateway.upstream.ForwardedHeaders;
import io.fairlead.gateway.upstream.SocketListener;
import io.fairlead.gateway.upstream.Socketing;
import io.fairlead.gateway.upstream.UpstreamRequest;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.ProviderFault;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a provider that opens a WebSocket for a realtime conversation, in as many attempts as its
 * routes allow. Confined to one event loop.
 */
final class RealtimeOpening implements SocketListener {
    /** What comes of it; exactly one of these, unless it is given up. */
    interface Listener {
        void opened(WebSocketBase provider, Deployment deployment);

        void refuse(GatewayError error);
    }

    private static final int SWITCHED = 101;
    private static final short GOING_AWAY = 1001;

    private final Listener listener;
    private final LoopDataPlane loop;
    private final Steps steps;
    private final Routes routes;
    private final ClientRequest request;
    private final RealtimeWords words;
    private final TraceContext trace;
    private final Passport passport;
    private final List<AttemptRecord> attempts = new ArrayList<>(1);
    private @Nullable Failover failover;
    private Step.@Nullable Try step;
    private @Nullable Socketing call;
    private @Nullable WebSocketBase provider;
    private long attemptNanos;
    private boolean over;

    RealtimeOpening(
            Listener listener,
            LoopDataPlane loop,
            Steps steps,
            Routes routes,
            ClientRequest request,
            RealtimeWords words,
            TraceContext trace,
            Passport passport) {
        this.listener = listener;
        this.loop = loop;
        this.steps = steps;
        this.routes = routes;
        this.request = request;
        this.words = words;
        this.trace = trace;
        this.passport = passport;
    }

    void begin(RoutePlan plan) {
        failover = new Failover(plan, routes.health(), steps.random(), passport.startNanos());
        follow(failover.next(System.nanoTime()));
    }

    /** The attempts that were made. */
    List<AttemptRecord> attempts() {
        return attempts;
    }

    /** The last attempt, which is the one that was opened, if one was. */
    Optional<Step.Try> step() {
        return Optional.ofNullable(step);
    }

    /** What the provider was sent in confidence. */
    SentSecrets secrets() {
        return new SentSecrets(Present.value(step), () -> call == null ? List.of() : call.lent());
    }

    /** Makes no further attempt. */
    void stop() {
        over = true;
        if (call != null) {
            call.cancel();
        }
    }

    /** Nobody waits for it any more. */
    void giveUp() {
        stop();
        if (provider != null) {
            if (!provider.isClosed()) {
                var _ = provider.close(GOING_AWAY);
            }
        } else if (failover != null) {
            failover.onCancelled();
        }
    }

    private void follow(Step next) {
        switch (next) {
            case Step.Try attempt when attempt.delayNanos() > 0 ->
                    loop.after(attempt.delayNanos(), () -> open(attempt));
            case Step.Try attempt -> open(attempt);
            case Step.PassOn passOn -> listener.refuse(PassedOn.error(passOn.fault()));
            case Step.GiveUp giveUp -> listener.refuse(giveUp.error());
        }
    }

    private void open(Step.Try attempt) {
        if (over) {
            return;
        }
        step = attempt;
        Deployment deployment = attempt.deployment();
        passport.mark(Passport.State.ATTEMPT, deployment.id());
        attemptNanos = System.nanoTime();
        ForwardedHeaders headers = words.headers();
        headers.set("traceparent", trace.childTraceparent());
        Socketing next =
                loop.upstream()
                        .socket(
                                new UpstreamRequest(
                                        request.endpoint(),
                                        deployment,
                                        attempt.key().orElse(null),
                                        "GET",
                                        words.target(deployment),
                                        headers,
                                        null),
                                this);
        call = next;
        next.start();
    }

    @Override
    public void opened(WebSocketBase socket) {
        attempted(SWITCHED, Optional.empty());
        Present.value(failover).onSuccess(System.nanoTime());
        provider = socket;
        listener.opened(socket, Present.value(step).deployment());
    }

    @Override
    public void refused(int status, MultiMap headers, Buffer body) {
        ErrorAnswer answer = new ErrorAnswer(status, headers, secrets());
        answer.add(body);
        failed(status, answer.classify(steps.clock().instant()));
    }

    @Override
    public void failed(ProviderFault fault) {
        failed(0, fault);
    }

    private void failed(int status, ProviderFault fault) {
        passport.mark(Passport.State.FAULT, Faults.name(fault));
        attempted(status, Optional.of(fault));
        long now = System.nanoTime();
        Present.value(failover).onFault(fault, now);
        follow(Present.value(failover).next(now));
    }

    private void attempted(int status, Optional<ProviderFault> fault) {
        Step.Try tried = Present.value(step);
        attempts.add(
                new AttemptRecord(
                        tried.deployment().id(),
                        tried.key().map(key -> key.id()),
                        status,
                        fault.map(Faults::name),
                        fault.map(ProviderFault::message),
                        (System.nanoTime() - attemptNanos) / 1_000));
    }
}
