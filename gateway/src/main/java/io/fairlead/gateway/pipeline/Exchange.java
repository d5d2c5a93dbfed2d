package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.routing.Step;
import io.fairlead.gateway.telemetry.Passport;
import io.fairlead.gateway.telemetry.TraceContext;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.ProviderFault;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/**
 * One request from its head to the end of its answer. What happens is given to {@link Transitions},
 * and the effects that come back are performed here, and nowhere else. Confined to one event loop.
 */
final class Exchange implements BodyIntake.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final LoopDataPlane loop;
    private final Steps steps;
    private final Routes routes;
    private final ClientRequest request;
    private final ClientResponse response;
    private final TraceContext trace;
    private final Passport passport = Passport.open();
    private final Timing timing = new Timing(passport.startNanos());
    private final Deadlines deadlines;
    private final Outlet outlet;
    private final BodyIntake intake;
    private final Keeping keeping;
    private final Preparation preparation;
    private final Attempts attempts;
    private final Settlement settlement;
    private final ClientAnswer answer;

    private Phase phase = Phase.RECEIVING;
    private Ending ending = Ending.NONE;
    private @Nullable Decision decision;
    private @Nullable GatewayError error;

    /** Index in the loop's list of exchanges. */
    int slot;

    Exchange(
            LoopDataPlane loop,
            Steps steps,
            Routes routes,
            ClientRequest request,
            ClientResponse response) {
        ExchangeLimits limits = routes.limits();
        this.loop = loop;
        this.steps = steps;
        this.routes = routes;
        this.request = request;
        this.response = response;
        this.trace = RequestWords.trace(request);
        this.deadlines = new Deadlines(limits, passport.startNanos());
        this.outlet = new Outlet(response);
        BodyBudget bodies = steps.bodies();
        this.intake = new BodyIntake(this, bodies, limits.maxBodyBytes(), request.contentLength());
        this.keeping = new Keeping(steps.archive(), bodies);
        FetchedMedia media = new FetchedMedia(steps.media(), routes.media(), bodies);
        this.preparation = new Preparation(this, loop, request, keeping, media, timing);
        this.attempts = new Attempts(this, loop, steps, routes, request, trace, outlet, passport);
        this.settlement =
                new Settlement(
                        request,
                        intake,
                        outlet,
                        attempts,
                        timing,
                        steps,
                        passport,
                        limits.storedBytes());
        this.answer =
                new ClientAnswer(request, response, outlet, attempts, timing, steps.telemetry());
    }

    // ---- the client ----

    /** Begins: who calls, and may it be served at all; then the body is read. */
    void begin() {
        response.onClose(this::clientGone);
        outlet.onPressure(this::stalled, this::flowing);
        try {
            admit();
            Optional<GatewayError> refusal = intake.prepare(request.header("content-encoding"));
            if (refusal.isPresent()) {
                refused(refusal.get());
            } else {
                request.read(intake);
            }
        } catch (GatewayException e) {
            refused(e.error());
        } catch (RuntimeException e) {
            defect(e);
        }
    }

    private void admit() {
        if (!steps.ledger().accepting()) {
            throw new GatewayException(OwnErrors.unrecorded());
        }
        Principal caller =
                steps.access().authenticate(request::header, QueryKey.of(request.query()));
        passport.mark(Passport.State.AUTHENTICATED);
        settlement.admitted(caller, trace);
    }

    @Override
    public void bodyProgress() {
        deadlines.bodyProgress();
    }

    @Override
    public void bodyRead(byte[] bytes) {
        preparation.bodyRead(bytes);
        settlement.bodyRead(bytes);
        timing.bodyRead();
        passport.mark(Passport.State.BODY_COMPLETE);
        fire(Happening.BODY_READ);
    }

    @Override
    public void bodyRefused(GatewayError refusal) {
        refused(refusal);
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
        deadlines.clientFull(loop.nowNanos());
        attempts.pause();
    }

    private void flowing() {
        if (deadlines.clientFlows()) {
            passport.mark(Passport.State.FLOWING);
            attempts.resume();
        }
    }

    // ---- what the parts of the exchange, and those who run it, tell ----

    /** Media can't be had that this deployment wants the bytes of; another may take the address. */
    void mediaRefused(GatewayError why) {
        attempts.mediaRefused(why);
        fire(Happening.MEDIA_REFUSED);
    }

    /** A step of ours refuses the request. */
    void refused(GatewayError refusal) {
        error = refusal;
        fire(Happening.REFUSED);
    }

    void defect(RuntimeException cause) {
        LOG.error("defect in request {}", request.id(), cause);
        error = OwnErrors.DEFECT;
        fire(Happening.DEFECT);
    }

    /** The last provider that was called has nothing more to say. */
    void providerEnded() {
        if (phase == Phase.DONE) {
            loop.remove(this);
        }
    }

    /** Ends it with an error, because the gateway can't wait for it any longer. */
    void stop() {
        if (phase != Phase.SETTLING && phase != Phase.DONE) {
            error = OwnErrors.stopping("this answer");
            fire(Happening.STOPPED);
        }
    }

    /** Looks at the deadlines; called some times a second. */
    void tick(long now) {
        boolean streams = decision != null && decision.streams();
        switch (deadlines.due(phase, now, streams, outlet.headOut())) {
            case NOTHING -> {}
            case BODY_LATE ->
                    refused(
                            GatewayError.of(
                                    ErrorCode.REQUEST_TIMEOUT,
                                    "The request's body did not come in time."));
            case HOLD_OVER -> fire(Happening.HOLD_OVER);
            case KEEP_ALIVE -> answer.keepAlive();
            case CLIENT_STALLED -> fire(Happening.CLIENT_GONE);
        }
        if (phase == Phase.DONE) {
            attempts.checkLinger(now);
        } else {
            attempts.tick(now);
        }
    }

    // ---- the machine ----

    /** Something happened; what follows from it is done when this returns. */
    void fire(Happening first) {
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
            case LOAD_CHAIN -> loadChain();
            case START_ATTEMPT -> attempts.start(preparation);
            case PAUSE -> pause();
            case FETCH_MEDIA -> fetchMedia();
            case CANCEL_ATTEMPT -> cancelAttempt();
            case JUDGE_FAULT -> follow(attempts.judge());
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

    // ---- effects: up to an answer ----

    private Happening decide() {
        if (preparation.wantsChain()) {
            return Happening.CHAIN_WANTED;
        }
        try {
            decision =
                    Decision.of(
                            request,
                            settlement.caller(),
                            preparation.takeBody(),
                            preparation.named(),
                            routes.router(),
                            steps.archive());
        } catch (GatewayException e) {
            error = e.error();
            return Happening.REFUSED;
        }
        passport.mark(Passport.State.PLANNED);
        return follow(attempts.plan(decided()));
    }

    private @Nullable Happening loadChain() {
        preparation.loadChain(settlement.caller());
        return null;
    }

    private Happening follow(Step next) {
        return switch (next) {
            case Step.Try attempt -> attempt.delayNanos() > 0 ? Happening.TRY_LATER : Happening.TRY;
            case Step.PassOn passOn -> {
                error = PassedOn.error(passOn.fault());
                yield attempts.refusal().isEmpty() ? Happening.GIVE_UP : Happening.PASS_ON;
            }
            case Step.GiveUp giveUp -> {
                error = preparation.told(giveUp.error());
                yield Happening.GIVE_UP;
            }
        };
    }

    private @Nullable Happening pause() {
        passport.mark(Passport.State.BACK_OFF);
        loop.after(attempts.delayNanos(), () -> fire(Happening.PAUSE_OVER));
        return null;
    }

    private @Nullable Happening fetchMedia() {
        passport.mark(Passport.State.MEDIA);
        preparation.fetchMedia();
        return null;
    }

    private @Nullable Happening cancelAttempt() {
        attempts.cancel();
        return null;
    }

    private @Nullable Happening openStream() {
        passport.mark(Passport.State.HELD);
        deadlines.held(loop.nowNanos());
        answer.open();
        return null;
    }

    private @Nullable Happening commit() {
        long now = System.nanoTime();
        timing.firstToken(now);
        passport.mark(Passport.State.COMMITTED, now);
        attempts.commit(now);
        keepIfWanted();
        decided().dropBody();
        intake.release();
        preparation.release();
        answer.commit(now);
        return null;
    }

    private void keepIfWanted() {
        keeping.hold(decided().keeps(attempts.last(), routes.router().accounts()));
    }

    // ---- effects: the record, then the end ----

    private Happening recordCompleted() {
        long now = System.nanoTime();
        if (!attempts.committed()) {
            attempts.succeeded(now);
            keepIfWanted();
        }
        return recorded(settlement.completed(decision, error, now));
    }

    private Happening recordFailed() {
        long now = System.nanoTime();
        Optional<ProviderFault> fault = attempts.fault();
        if (attempts.committed() && fault.isPresent() && error == null) {
            error = PassedOn.error(fault.get());
            attempts.cut(now);
        } else if (attempts.committed() || fault.isEmpty()) {
            attempts.givenUp();
        }
        return recorded(settlement.failed(decision, error, now));
    }

    private Happening recordCancelled() {
        if (!attempts.committed()) {
            attempts.givenUp();
        }
        passport.mark(Passport.State.CLIENT_CLOSED);
        return recorded(settlement.cancelled(decision, error, System.nanoTime()));
    }

    private static Happening recorded(boolean inLedger) {
        return inLedger ? Happening.RECORDED : Happening.NOT_RECORDED;
    }

    private @Nullable Happening finish() {
        boolean well = ending == Ending.ANSWER;
        if (well) { // kept before the client has all of it, so that it can go on from there at once
            keeping.keep(request, settlement.caller(), attempts.relay().orElseThrow());
        }
        answer.end(ending, error(), settlement.spend(), System.nanoTime());
        if (well) {
            attempts.last().linger(loop.nowNanos());
        }
        passport.mark(Passport.State.ENDED);
        return null;
    }

    private @Nullable Happening finishUnrecorded() {
        attempts.cancel();
        answer.endBadly(error == null ? OwnErrors.unrecorded() : error, System.nanoTime());
        return null;
    }

    private @Nullable Happening release() {
        intake.release();
        preparation.release();
        keeping.release();
        attempts.release();
        answer.over();
        loop.finished(this, attempts.ended());
        settlement.publish();
        return null;
    }

    private Decision decided() {
        return Present.value(decision);
    }

    private GatewayError error() {
        return error == null ? OwnErrors.DEFECT : error;
    }
}
