package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.routing.Failover;
import io.fairlead.gateway.routing.Faults;
import io.fairlead.gateway.routing.Step;
import io.fairlead.gateway.telemetry.Passport;
import io.fairlead.gateway.telemetry.TraceContext;
import io.fairlead.gateway.upstream.JoinedCalls;
import io.fairlead.gateway.upstream.UpstreamCall;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.translate.InHouse;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The attempts of one request: makes them, hears the last one and its answer, keeps what went wrong
 * with it, and tells the routes' health how it went. What the machine must know of is told to the
 * exchange. Confined to its exchange.
 */
final class Attempts implements Attempt.Listener, AnswerRelay.Host {
    private final Exchange exchange;
    private final LoopDataPlane loop;
    private final Steps steps;
    private final Routes routes;
    private final ClientRequest request;
    private final TraceContext trace;
    private final Outlet outlet;
    private final Passport passport;
    private final List<Attempt> made = new ArrayList<>(1);
    private @Nullable Decision decision;
    private @Nullable Failover failover;
    private Step.@Nullable Try next;
    private @Nullable Attempt last;
    private @Nullable ErrorAnswer refusal;
    private @Nullable ProviderFault fault;
    private boolean committed;

    Attempts(
            Exchange exchange,
            LoopDataPlane loop,
            Steps steps,
            Routes routes,
            ClientRequest request,
            TraceContext trace,
            Outlet outlet,
            Passport passport) {
        this.exchange = exchange;
        this.loop = loop;
        this.steps = steps;
        this.routes = routes;
        this.request = request;
        this.trace = trace;
        this.outlet = outlet;
        this.passport = passport;
    }

    // ---- the next one ----

    /** It is known who may answer; says what to do first. */
    Step plan(Decision decided) {
        decision = decided;
        if (trace.tracestate().isPresent()) {
            decided.headers().set("tracestate", trace.tracestate().get());
        }
        failover =
                new Failover(
                        decided.plan(), routes.health(), steps.random(), passport.startNanos());
        return step(System.nanoTime());
    }

    /** What to do after the fault of the last one. */
    Step judge() {
        long now = System.nanoTime();
        failover().onFault(Present.value(fault), now);
        return step(now);
    }

    private Step step(long now) {
        Step step = failover().next(now);
        if (step instanceof Step.Try attempt) {
            next = attempt;
        }
        return step;
    }

    /** How long to wait before the next one. */
    long delayNanos() {
        return Present.value(next).delayNanos();
    }

    /**
     * Makes the next one, unless something for it is not there yet; what went wrong with the one
     * before is forgotten.
     */
    @Nullable Happening start(Preparation preparation) {
        fault = null;
        refusal = null;
        Decision what = Present.value(decision);
        Deployment deployment = Present.value(next).deployment();
        what.headers().set("traceparent", trace.childTraceparent());
        Outbound outbound;
        try {
            if (preparation.lacks(what.mediaNeeds(deployment))) {
                Optional<GatewayError> known = preparation.refused();
                known.ifPresent(this::mediaRefused);
                return known.isPresent() ? Happening.FAULT : Happening.MEDIA_WANTED;
            }
            passport.mark(Passport.State.ATTEMPT, deployment.id());
            outbound = what.outbound(deployment, preparation.media());
        } catch (GatewayException e) {
            exchange.refused(e.error());
            return null;
        } catch (Unsupported e) {
            fault = new ProviderFault.Unsuitable(e.parameter(), e.parameter() + ": " + e.why());
            return Happening.FAULT;
        }
        start(outbound);
        return null;
    }

    /** The next one can't be made: it wants the bytes of media that can't be had. */
    void mediaRefused(GatewayError why) {
        fault = new ProviderFault.Unsuitable(why.param().orElse(""), why.message());
    }

    private void start(Outbound outbound) {
        Step.Try where = Present.value(next);
        Attempt fresh = new Attempt(this, where, outbound, System.nanoTime());
        last = fresh;
        made.add(fresh);
        fresh.start(call(where, outbound, fresh));
    }

    private UpstreamCall call(Step.Try where, Outbound outbound, Attempt attempt) {
        if (outbound.translation().orElse(null) instanceof InHouse own) {
            return new InHouseCall(loop, own, attempt, this::ownWorkFailed);
        }
        return outbound.further().isEmpty()
                ? loop.upstream().call(outbound.call(request, where), attempt)
                : new JoinedCalls(
                        loop.upstream(),
                        outbound.calls(request, where),
                        attempt,
                        routes.limits().maxAnswerBytes(),
                        steps.bodies());
    }

    /** The gateway, asked in a provider's place, refused the request or has a defect. */
    private void ownWorkFailed(RuntimeException cause) {
        last().cancel();
        if (cause instanceof GatewayException own) {
            exchange.refused(own.error());
        } else {
            exchange.defect(cause);
        }
    }

    // ---- what the last one tells ----

    @Override
    public void sent(Attempt from) {
        passport.mark(Passport.State.SENT);
    }

    @Override
    public Optional<AnswerRelay> head(Attempt from) {
        passport.mark(Passport.State.UPSTREAM_HEAD, Integer.toString(from.status()));
        Optional<AnswerRelay> relay =
                Present.value(decision).relay(this, from, routes.limits(), steps.bodies());
        if (relay.isPresent()) {
            exchange.fire(Happening.ANSWER_BEGAN);
        }
        return relay;
    }

    @Override
    public void refused(Attempt from, ErrorAnswer what) {
        refusal = what;
        fault(what.classify(steps.clock().instant()));
    }

    @Override
    public void failed(Attempt from, ProviderFault what) {
        fault(what);
    }

    @Override
    public void ended(Attempt from) {
        if (from == last) {
            passport.mark(Passport.State.UPSTREAM_END);
        }
        exchange.providerEnded();
    }

    @Override
    public void defect(RuntimeException cause) {
        exchange.defect(cause);
    }

    // ---- what its answer tells ----

    @Override
    public boolean committed() {
        return committed;
    }

    @Override
    public void commitPoint() {
        exchange.fire(Happening.COMMIT_POINT);
    }

    @Override
    public void complete() {
        exchange.fire(Happening.ANSWER_COMPLETE);
    }

    @Override
    public void fault(ProviderFault seen) {
        ProviderFault what = last == null ? seen : last.secrets().hide(seen);
        fault = what;
        if (last != null) {
            last.note(what);
        }
        passport.mark(Passport.State.FAULT, Faults.name(what));
        exchange.fire(Happening.FAULT);
    }

    @Override
    public Outlet outlet() {
        return outlet;
    }

    // ---- what is done with it ----

    void pause() {
        if (last != null) {
            last.pause();
        }
    }

    void resume() {
        if (last != null) {
            last.resume();
        }
    }

    void cancel() {
        if (last != null) {
            last.cancel();
            release();
        }
    }

    /** Looks at the deadlines of the last one. */
    void tick(long now) {
        ProviderFault overdue = last == null ? null : last.overdue(now, committed);
        if (overdue != null) {
            fault(overdue);
        }
    }

    /** Cancels an answer that goes on too long after the client has all of it. */
    void checkLinger(long now) {
        if (last != null) {
            last.checkLinger(now);
        }
    }

    void release() {
        relay().ifPresent(AnswerRelay::release);
    }

    // ---- what becomes of it ----

    /** Its answer goes to the client from here on, and nothing is tried again. */
    void commit(long now) {
        committed = true;
        succeeded(now);
    }

    /** It has brought a usable answer. */
    void succeeded(long now) {
        if (last().status() >= 500) {
            failover().onCancelled(); // a raw answer that tells of trouble, and is none of ours
        } else {
            failover().onSuccess(now);
        }
    }

    /** The provider broke off the answer that the client was getting. */
    void cut(long now) {
        failover().onCut(Present.value(fault), now);
    }

    /** It is given up from our side or the client's, which tells nothing about the provider. */
    void givenUp() {
        if (failover != null) {
            failover.onCancelled();
        }
    }

    // ---- what is known ----

    /** Every one that was made, the last one being that which answered, if one did. */
    List<Attempt> made() {
        return made;
    }

    Attempt last() {
        return Present.value(last);
    }

    /** The answer of the last one, if it has begun. */
    Optional<AnswerRelay> relay() {
        return last == null ? Optional.empty() : last.relay();
    }

    /** The status of the last one's answer; 0: there is none. */
    int status() {
        return last == null ? 0 : last.status();
    }

    /** The error answer that the last one got; empty: none, so there is nothing to hand on. */
    Optional<ErrorAnswer> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** What went wrong with the last one. */
    Optional<ProviderFault> fault() {
        return Optional.ofNullable(fault);
    }

    /** Whether no provider has anything more to say. */
    boolean ended() {
        return last == null || last.hasEnded();
    }

    /** Time in calls to providers up to now. */
    long tookNanos(long now) {
        long took = 0;
        for (int i = 0; i < made.size(); i++) {
            took += made.get(i).tookNanos(now);
        }
        return took;
    }

    /** What our headers say of the last one's answer. */
    AnswerHead.Notes notes(Optional<Money> cost, long overheadNanos) {
        Attempt answering = last();
        return new AnswerHead.Notes(
                request.id(),
                Present.value(decision).idOf(answering.step().deployment()),
                made.size(),
                answering.dropped(),
                cost,
                overheadNanos / 1_000);
    }

    private Failover failover() {
        return Present.value(failover);
    }
}
