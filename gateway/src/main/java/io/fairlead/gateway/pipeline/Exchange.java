package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.ledger.LedgerFullException;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.gateway.routing.Failover;
import io.fairlead.gateway.routing.Faults;
import io.fairlead.gateway.routing.Step;
import io.fairlead.gateway.telemetry.Passport;
import io.fairlead.gateway.telemetry.TraceContext;
import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.gateway.upstream.UpstreamRequest;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.error.ErrorShapes;
import io.fairlead.protocol.openai.RewrittenBody;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request from its head to the end of its answer. What happens is given to {@link Transitions},
 * and the effects that come back are performed here, and nowhere else. Confined to one event loop.
 */
final class Exchange implements BodyIntake.Listener, Attempt.Listener, AnswerRelay.Host {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final byte[] NOTHING = {};

    private final LoopDataPlane loop;
    private final Steps steps;
    private final Routes routes;
    private final ClientRequest request;
    private final ClientResponse response;
    private final Outlet outlet;
    private final Passport passport = Passport.open();
    private final Settlement settlement;
    private final BodyIntake intake;
    private final TraceContext trace;
    private final List<Attempt> attempts = new ArrayList<>(1);

    private Phase phase = Phase.RECEIVING;
    private Ending ending = Ending.NONE;
    private boolean recordable;
    private boolean committed;
    private byte[] body = NOTHING;
    private @Nullable Decision decision;
    private @Nullable Failover failover;
    private Step.@Nullable Try step;
    private @Nullable Attempt attempt;
    private @Nullable ErrorAnswer errorAnswer;
    private @Nullable ProviderFault fault;
    private @Nullable GatewayError error;
    private @Nullable RequestRecord written;

    private long touchedNanos;
    private long bodyNanos;
    private long firstTokenNanos = -1;
    private long resumeAtNanos;
    private long keepAliveAtNanos;
    private long fullSinceNanos;

    /** Index in the loop's list of exchanges. */
    int slot;

    Exchange(
            LoopDataPlane loop,
            Steps steps,
            Routes routes,
            ClientRequest request,
            ClientResponse response) {
        this.loop = loop;
        this.steps = steps;
        this.routes = routes;
        this.request = request;
        this.response = response;
        this.outlet = new Outlet(response);
        this.settlement = new Settlement(request);
        this.touchedNanos = passport.startNanos();
        this.intake =
                new BodyIntake(
                        this,
                        steps.bodies(),
                        routes.limits().maxBodyBytes(),
                        request.contentLength());
        String traceparent = request.header("traceparent");
        String state = traceparent == null ? null : request.header("tracestate");
        this.trace = TraceContext.of(traceparent, state == null ? List.of() : List.of(state));
    }

    // ---- what happens ----

    /** Begins: who calls, and may it be served at all; then the body is read. */
    void begin() {
        response.onClose(this::clientGone);
        outlet.onPressure(this::stalled, this::flowing);
        try {
            admit();
            Optional<GatewayError> refusal = intake.prepare(request.header("content-encoding"));
            if (refusal.isPresent()) {
                bodyRefused(refusal.get());
            } else {
                request.read(intake);
            }
        } catch (GatewayException e) {
            bodyRefused(e.error());
        } catch (RuntimeException e) {
            defect(e);
        }
    }

    private void admit() {
        if (!steps.ledger().accepting()) {
            throw new GatewayException(Unrecorded.error());
        }
        Principal principal =
                steps.access().authenticate(request::header, QueryKey.of(request.query()));
        settlement.principal(principal);
        recordable = true;
        passport.mark(Passport.State.AUTHENTICATED);
        settlement.annotations(Annotations.of(request));
        if (trace.continued()) {
            settlement.traceId(Optional.of(trace.traceId()));
        }
        caller = principal;
    }

    private Principal caller = Principal.ANONYMOUS;

    @Override
    public void bodyProgress() {
        touchedNanos = loop.nowNanos();
    }

    @Override
    public void bodyRead(byte[] bytes) {
        body = bytes;
        bodyNanos = System.nanoTime() - passport.startNanos();
        passport.mark(Passport.State.BODY_COMPLETE);
        fire(Happening.BODY_READ);
    }

    @Override
    public void bodyRefused(GatewayError refusal) {
        error = refusal;
        fire(Happening.REFUSED);
    }

    @Override
    public void bodyCut() {
        fire(Happening.CLIENT_GONE);
    }

    private void clientGone() {
        fire(Happening.CLIENT_GONE);
    }

    private void stalled() {
        passport.mark(Passport.State.STALLED);
        fullSinceNanos = loop.nowNanos();
        if (attempt != null) {
            attempt.pause();
        }
    }

    private void flowing() {
        if (fullSinceNanos != 0) {
            fullSinceNanos = 0;
            passport.mark(Passport.State.FLOWING);
            if (attempt != null) {
                attempt.resume(loop.nowNanos());
            }
        }
    }

    @Override
    public void sent(Attempt from) {
        passport.mark(Passport.State.SENT);
    }

    @Override
    public Optional<AnswerRelay> head(Attempt from) {
        passport.mark(Passport.State.UPSTREAM_HEAD, Integer.toString(from.status()));
        Optional<AnswerRelay> relay = Relays.of(this, decided(), from, routes.limits());
        if (relay.isPresent()) {
            fire(Happening.ANSWER_BEGAN);
        }
        return relay;
    }

    @Override
    public void refused(Attempt from, ErrorAnswer answer) {
        errorAnswer = answer;
        fault(answer.classify(steps.clock().instant()));
    }

    @Override
    public void failed(Attempt from, ProviderFault what) {
        fault(what);
    }

    @Override
    public void ended(Attempt from) {
        if (from == attempt) {
            passport.mark(Passport.State.UPSTREAM_END);
        }
        if (phase == Phase.DONE) {
            loop.remove(this);
        }
    }

    @Override
    public boolean committed() {
        return committed;
    }

    @Override
    public void commitPoint() {
        fire(Happening.COMMIT_POINT);
    }

    @Override
    public void complete() {
        fire(Happening.ANSWER_COMPLETE);
    }

    @Override
    public void fault(ProviderFault what) {
        fault = what;
        if (attempt != null) {
            attempt.note(what);
        }
        passport.mark(Passport.State.FAULT, Faults.name(what));
        fire(Happening.FAULT);
    }

    @Override
    public Outlet outlet() {
        return outlet;
    }

    @Override
    public void defect(RuntimeException cause) {
        LOG.error("defect in request {}", request.id(), cause);
        error = GatewayError.of(ErrorCode.INTERNAL, "Something went wrong in the gateway.");
        fire(Happening.DEFECT);
    }

    /** Looks at the deadlines; called every few milliseconds. */
    void tick(long now) {
        switch (phase) {
            case RECEIVING -> {
                if (now - touchedNanos >= routes.limits().bodyIdle().toNanos()) {
                    bodyRefused(
                            GatewayError.of(
                                    ErrorCode.REQUEST_TIMEOUT,
                                    "The request's body did not come in time."));
                }
            }
            case DECIDING -> {
                if (resumeAtNanos != 0 && now - resumeAtNanos >= 0) {
                    resumeAtNanos = 0;
                    fire(Happening.PAUSE_OVER);
                } else {
                    checkHold(now);
                }
            }
            case ATTEMPTING, HOLDING -> {
                checkAttempt(now);
                if (phase == Phase.ATTEMPTING || phase == Phase.HOLDING) {
                    checkHold(now);
                }
            }
            case RELAYING -> {
                if (fullSinceNanos != 0
                        && now - fullSinceNanos >= routes.limits().clientStall().toNanos()) {
                    fire(Happening.CLIENT_GONE);
                } else {
                    checkAttempt(now);
                }
            }
            case SETTLING -> {}
            case DONE -> {
                if (attempt != null) {
                    attempt.checkLinger(now);
                }
            }
        }
    }

    private void checkAttempt(long now) {
        ProviderFault overdue = attempt == null ? null : attempt.overdue(now, committed);
        if (overdue != null) {
            fault(overdue);
        }
    }

    private void checkHold(long now) {
        if (decision == null || !decision.facts().stream() || decision.isRaw()) {
            return;
        }
        if (!outlet.headOut()) {
            if (now - passport.startNanos() >= routes.limits().hold().toNanos()) {
                fire(Happening.HOLD_OVER);
            }
        } else if (now - keepAliveAtNanos >= 0) {
            keepAliveAtNanos = now + routes.limits().keepAlive().toNanos();
            outlet.keepAlive();
        }
    }

    // ---- the machine ----

    private void fire(Happening first) {
        Happening happening = first;
        try {
            while (happening != null) {
                Move move = Transitions.next(phase, happening, outlet.headOut());
                phase = move.next();
                if (move.ending() != Ending.NONE) {
                    ending = move.ending();
                }
                happening = perform(move.effects());
            }
        } catch (RuntimeException e) {
            if (phase == Phase.DONE) {
                LOG.error("defect at the end of request {}", request.id(), e);
                outlet.cut();
                release();
            } else {
                defect(e);
            }
        }
    }

    /** Performs effects in order; one that leads on is the last of them. */
    private @Nullable Happening perform(List<Effect> effects) {
        Happening follows = null;
        for (int i = 0; i < effects.size(); i++) {
            follows = perform(effects.get(i));
        }
        return follows;
    }

    private @Nullable Happening perform(Effect effect) {
        return switch (effect) {
            case DECIDE -> decide();
            case START_ATTEMPT -> startAttempt();
            case PAUSE -> pause();
            case CANCEL_ATTEMPT -> cancelAttempt();
            case JUDGE_FAULT -> judgeFault();
            case OPEN_STREAM -> openStream();
            case COMMIT -> commit();
            case RECORD_COMPLETED -> recordCompleted();
            case RECORD_FAILED -> recordFailed();
            case RECORD_CANCELLED -> recordCancelled();
            case FINISH -> finish();
            case FINISH_UNRECORDED -> finishUnrecorded();
            case RELEASE -> release();
        };
    }
