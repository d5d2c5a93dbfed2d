package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.ledger.LedgerFullException;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.gateway.routing.Failover;
import io.fairlead.gateway.routing.Faults;
import io.fairlead.gateway.routing.Step;
import io.fairlead.gateway.telemetry.Passport;
import io.fairlead.gateway.telemetry.TraceContext;
import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.gateway.upstream.JoinedCalls;
import io.fairlead.gateway.upstream.UpstreamCall;
import io.fairlead.gateway.upstream.UpstreamRequest;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.translate.InHouse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request from its head to the end of its answer. What happens is given to {@link Transitions},
 * and the effects that come back are performed here, and nowhere else. Confined to one event loop.
 */
final class Exchange implements BodyIntake.Listener, Attempt.Listener, AnswerRelay.Host {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final byte[] NOTHING = {};

    /** When another instance, or this one started anew, may answer. */
    private static final Duration STOP_RETRY_AFTER = Duration.ofSeconds(5);

    private final LoopDataPlane loop;
    private final Steps steps;
    private final Routes routes;
    private final ClientRequest request;
    private final ClientResponse response;
    private final Outlet outlet;
    private final ClientAnswer answer;
    private final Passport passport = Passport.open();
    private final Settlement settlement;
    private final Deadlines deadlines;
    private final BodyIntake intake;
    private final TraceContext trace;
    private final List<Attempt> attempts = new ArrayList<>(1);

    private Phase phase = Phase.RECEIVING;
    private Principal caller = Principal.ANONYMOUS;
    private Ending ending = Ending.NONE;
    private boolean recordable;
    private boolean committed;
    private boolean streamOpen;
    private byte[] body = NOTHING;
    private final KeptBody requestKept;
    private final KeptBody answerKept;
    private final FetchedMedia media;
    private final Keeping keeping;
    private Optional<String> previous = Optional.empty();
    private List<Need> mediaMissing = List.of();
    private @Nullable Decision decision;
    private @Nullable Failover failover;
    private Step.@Nullable Try step;
    private @Nullable Attempt attempt;
    private @Nullable ErrorAnswer errorAnswer;
    private @Nullable ProviderFault fault;
    private @Nullable GatewayError error;
    private @Nullable RequestRecord written;

    private long bodyNanos;
    private long waitedNanos;
    private long firstTokenNanos = -1;

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
        this.answer = new ClientAnswer(request, response, outlet);
        this.settlement = new Settlement(request);
        this.requestKept = new KeptBody(routes.limits().storedBytes());
        this.answerKept = new KeptBody(routes.limits().storedBytes());
        if (routes.limits().storedBytes() > 0) {
            outlet.keep(answerKept);
        }
        this.deadlines = new Deadlines(routes.limits(), passport.startNanos());
        this.intake =
                new BodyIntake(
                        this,
                        steps.bodies(),
                        routes.limits().maxBodyBytes(),
                        request.contentLength());
        this.media = new FetchedMedia(steps.media(), routes.media(), steps.bodies());
        this.keeping = new Keeping(steps.archive(), steps.bodies());
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

    @Override
    public void bodyProgress() {
        deadlines.bodyProgress();
    }

    @Override
    public void bodyRead(byte[] bytes) {
        body = bytes;
        requestKept.add(bytes);
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
        deadlines.clientFull(loop.nowNanos());
        if (attempt != null) {
            attempt.pause();
        }
    }

    private void flowing() {
        if (deadlines.clientFlows()) {
            passport.mark(Passport.State.FLOWING);
            if (attempt != null) {
                attempt.resume();
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
        Optional<AnswerRelay> relay =
                Relays.of(this, decided(), from, routes.limits(), steps.bodies());
        if (relay.isPresent()) {
            fire(Happening.ANSWER_BEGAN);
        }
        return relay;
    }

    @Override
    public void refused(Attempt from, ErrorAnswer what) {
        errorAnswer = what;
        fault(what.classify(steps.clock().instant()));
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
    public void fault(ProviderFault seen) {
        ProviderFault what = attempt == null ? seen : attempt.secrets().hide(seen);
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

    /** Ends it with an error, because the gateway can't wait for it any longer. */
    void stop() {
        if (phase != Phase.SETTLING && phase != Phase.DONE) {
            error =
                    GatewayError.of(
                                    ErrorCode.OVERLOADED,
                                    "The gateway is shutting down and could not wait for the end of"
                                            + " this answer.")
                            .withRetryAfter(STOP_RETRY_AFTER);
            fire(Happening.STOPPED);
        }
    }

    /** Looks at the deadlines; called some times a second. */
    void tick(long now) {
        boolean streams = decision != null && decision.streams();
        switch (deadlines.due(phase, now, streams, outlet.headOut())) {
            case NOTHING -> {}
            case BODY_LATE ->
                    bodyRefused(
                            GatewayError.of(
                                    ErrorCode.REQUEST_TIMEOUT,
                                    "The request's body did not come in time."));
            case HOLD_OVER -> fire(Happening.HOLD_OVER);
            case KEEP_ALIVE -> answer.keepAlive();
            case CLIENT_STALLED -> fire(Happening.CLIENT_GONE);
        }
        if (attempt == null) {
            return;
        }
        if (phase == Phase.DONE) {
            attempt.checkLinger(now);
        } else if (!attempt.hasEnded()) {
            ProviderFault overdue = attempt.overdue(now, committed);
            if (overdue != null) {
                fault(overdue);
            }
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
            case LOAD_CHAIN -> loadChain();
            case START_ATTEMPT -> startAttempt();
            case PAUSE -> pause();
            case FETCH_MEDIA -> fetchMedia();
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

    private @Nullable Happening decide() {
        byte[] bytes = body;
        if (!keeping.goingOn()) {
            previous = OwnResponses.previous(request, bytes);
            keeping.asked(bytes);
            if (previous.isPresent()) {
                return Happening.CHAIN_WANTED;
            }
        }
        body = NOTHING;
        try {
            decision =
                    Decision.of(
                            request, caller, bytes, previous, routes.router(), keeping.archive());
        } catch (GatewayException e) {
            error = e.error();
            return Happening.REFUSED;
        }
        if (trace.tracestate().isPresent()) {
            decision.headers().set("tracestate", trace.tracestate().get());
        }
        passport.mark(Passport.State.PLANNED);
        failover =
                new Failover(
                        decision.plan(), routes.health(), steps.random(), passport.startNanos());
        return follow(failover.next(System.nanoTime()));
    }

    private @Nullable Happening loadChain() {
        String id = previous.orElseThrow();
        long begun = System.nanoTime();
        var _ =
                keeping.archive()
                        .continued(id, OwnResponses.owner(caller), body)
                        .whenComplete((whole, failure) ->
                                loop.run(() ->
                                        chainCame(
                                                id,
                                                whole == null ? Optional.empty() : whole,
                                                failure,
                                                begun)));
        return null;
    }

    private void chainCame(
            String id, Optional<byte[]> whole, @Nullable Throwable failure, long begun) {
        if (phase != Phase.DECIDING) {
            return; // it ended meanwhile
        }
        waitedNanos += System.nanoTime() - begun;
        if (failure != null) {
            error = ResponseArchive.failure(failure).error();
            fire(Happening.REFUSED);
        } else if (whole.isEmpty()) {
            error = OwnResponses.previousNotFound(id);
            fire(Happening.REFUSED);
        } else if (keeping.goesOn(whole.get().length)) {
            body = whole.get();
            fire(Happening.CHAIN_THERE);
        } else {
            error =
                    GatewayError.of(
                            ErrorCode.OVERLOADED, "There is no room for this conversation now.");
            fire(Happening.REFUSED);
        }
    }

    private Happening follow(Step next) {
        return switch (next) {
            case Step.Try attemptNext -> {
                step = attemptNext;
                yield attemptNext.delayNanos() > 0 ? Happening.TRY_LATER : Happening.TRY;
            }
            case Step.PassOn passOn -> {
                error = PassedOn.error(passOn.fault());
                yield errorAnswer == null ? Happening.GIVE_UP : Happening.PASS_ON;
            }
            case Step.GiveUp giveUp -> {
                error = giveUp.error();
                yield Happening.GIVE_UP;
            }
        };
    }

    private @Nullable Happening pause() {
        passport.mark(Passport.State.BACK_OFF);
        loop.after(step().delayNanos(), () -> fire(Happening.PAUSE_OVER));
        return null;
    }

    private @Nullable Happening startAttempt() {
        Decision what = decided();
        Step.Try where = step();
        Deployment deployment = where.deployment();
        fault = null;
        errorAnswer = null;
        what.headers().set("traceparent", trace.childTraceparent());
        Outbound outbound;
        try {
            mediaMissing = media.missing(what.mediaNeeds(deployment));
            if (!mediaMissing.isEmpty()) {
                return Happening.MEDIA_WANTED;
            }
            passport.mark(Passport.State.ATTEMPT, deployment.id());
            outbound = what.outbound(deployment, media.fetched());
        } catch (GatewayException e) {
            error = e.error();
            return Happening.REFUSED;
        } catch (Unsupported e) {
            fault = new ProviderFault.Unsuitable(e.parameter(), e.parameter() + ": " + e.why());
            return Happening.FAULT;
        }
        Attempt fresh = new Attempt(this, where, outbound, System.nanoTime());
        attempt = fresh;
        attempts.add(fresh);
        fresh.start(call(where, outbound, fresh));
        return null;
    }

    /** The gateway's own work refused the request, or has a defect. */
    private void workFailed(RuntimeException cause) {
        attempt().cancel();
        if (cause instanceof GatewayException refusal) {
            error = refusal.error();
            fire(Happening.REFUSED);
        } else {
            defect(cause);
        }
    }

    private UpstreamCall call(Step.Try where, Outbound outbound, Attempt listener) {
        if (outbound.translation().orElse(null) instanceof InHouse own) {
            return new InHouseCall(loop, own, listener, this::workFailed);
        }
        UpstreamRequest first = asSent(where, outbound, outbound.target(), outbound.body());
        if (outbound.further().isEmpty()) {
            return loop.upstream().call(first, listener);
        }
        List<UpstreamRequest> all = new ArrayList<>(outbound.further().size() + 1);
        all.add(first);
        for (Outbound.Further further : outbound.further()) {
            all.add(asSent(where, outbound, further.target(), further.body()));
        }
        return new JoinedCalls(
                loop.upstream(), all, listener, routes.limits().maxAnswerBytes(), steps.bodies());
    }

    private UpstreamRequest asSent(Step.Try where, Outbound outbound, String target, byte[] bytes) {
        return new UpstreamRequest(
                request.endpoint(),
                where.deployment(),
                where.key().orElse(null),
                request.method(),
                target,
                outbound.headers(),
                bytes.length == 0 ? null : Buffers.wrap(bytes));
    }

    private @Nullable Happening fetchMedia() {
        passport.mark(Passport.State.MEDIA);
        long begun = System.nanoTime();
        var _ =
                media.fetch(mediaMissing)
                        .whenComplete(
                                (came, failure) -> loop.run(() -> mediaCame(came, failure, begun)));
        return null;
    }

    private void mediaCame(
            @Nullable Map<Media, Source.Inline> came, @Nullable Throwable failure, long begun) {
        if (phase != Phase.DECIDING) {
            return; // it ended meanwhile
        }
        waitedNanos += System.nanoTime() - begun;
        if (came != null) {
            media.add(came);
            fire(Happening.MEDIA_THERE);
        } else if (failure instanceof GatewayException refusal) {
            error = refusal.error();
            fire(Happening.REFUSED);
        } else {
            defect(new IllegalStateException("media could not be fetched", failure));
        }
    }

    private @Nullable Happening cancelAttempt() {
        if (attempt != null) {
            attempt.cancel();
            relay().ifPresent(AnswerRelay::release);
        }
        return null;
    }

    private Happening judgeFault() {
        long now = System.nanoTime();
        failover().onFault(what(), now);
        return follow(failover().next(now));
    }

    private @Nullable Happening openStream() {
        passport.mark(Passport.State.HELD);
        deadlines.held(loop.nowNanos());
        answer.open();
        streamOpened();
        return null;
    }

    private @Nullable Happening commit() {
        committed = true;
        long now = System.nanoTime();
        firstTokenNanos = now - passport.startNanos();
        passport.mark(Passport.State.COMMITTED, now);
        succeeded(now);
        keeping.hold(decided().keeps(attempt().translation()));
        decided().dropBody();
        intake.release();
        media.release();
        answer.head(attempt(), notes(Optional.empty(), now));
        if (relay().filter(AnswerRelay::isStream).isPresent()) {
            streamOpened();
        }
        return null;
    }

    private void streamOpened() {
        if (!streamOpen) {
            streamOpen = true;
            steps.telemetry().streamOpened();
        }
    }

    private void succeeded(long now) {
        if (attempt().status() >= 500) {
            failover().onCancelled(); // a raw answer that tells of trouble, and is none of ours
        } else {
            failover().onSuccess(now);
        }
    }

    private AnswerHead.Notes notes(Optional<Money> cost, long now) {
        Attempt last = attempt();
        return new AnswerHead.Notes(
                request.id(),
                decided().idOf(last.step().deployment()),
                attempts.size(),
                last.dropped(),
                cost,
                overheadNanos(now) / 1_000);
    }

    /** Time that passed while neither a provider, nor the client's body, nor media were awaited. */
    private long overheadNanos(long now) {
        long upstream = 0;
        for (int i = 0; i < attempts.size(); i++) {
            upstream += attempts.get(i).tookNanos(now);
        }
        return Math.max(0, now - passport.startNanos() - bodyNanos - waitedNanos - upstream);
    }

    private Happening recordCompleted() {
        long now = System.nanoTime();
        if (!committed) {
            succeeded(now);
            keeping.hold(decided().keeps(attempt().translation()));
        }
        boolean fine = attempt().status() < 400;
        return append(fine ? Outcome.COMPLETED : Outcome.FAILED, attempt().status(), now);
    }

    private Happening recordFailed() {
        long now = System.nanoTime();
        if (committed) {
            if (fault != null && error == null) {
                error = PassedOn.error(fault);
                failover().onCut(fault, now);
            } else {
                failover().onCancelled();
            }
        } else if (failover != null && fault == null) {
            failover.onCancelled(); // broken off from our side, which tells nothing about it
        }
        int status = outlet.headOut() ? 200 : error == null ? 500 : error.status();
        return append(Outcome.FAILED, status, now);
    }

    private Happening recordCancelled() {
        if (failover != null && !committed) {
            failover.onCancelled();
        }
        passport.mark(Passport.State.CLIENT_CLOSED);
        int status = attempt != null && attempt.status() != 0 ? attempt.status() : 499;
        return append(Outcome.CANCELLED, status, System.nanoTime());
    }

    private Happening append(Outcome outcome, int status, long now) {
        relay().ifPresent(it -> answerKept.add(it.unsent()));
        RequestRecord entry =
                settlement.record(
                        new Settlement.Result(
                                outcome,
                                status,
                                error,
                                decision,
                                attempts,
                                firstTokenNanos,
                                overheadNanos(now),
                                intake.received(),
                                outlet.written() + relay().map(AnswerRelay::left).orElse(0L),
                                requestKept.text(),
                                answerKept.text()),
                        now);
        written = entry;
        if (!recordable) {
            return Happening.RECORDED; // nobody knows whose it is: it is counted, not recorded
        }
        try {
            steps.ledger().append(entry);
        } catch (LedgerFullException e) {
            return Happening.NOT_RECORDED;
        }
        passport.mark(Passport.State.JOURNALED);
        return Happening.RECORDED;
    }

    private @Nullable Happening finish() {
        long now = System.nanoTime();
        switch (ending) {
            case ANSWER -> {
                Attempt answering = attempt();
                if (!committed) {
                    answer.head(answering, notes(present(written).spend(), now));
                }
                AnswerRelay relay = present(answering.relay().orElse(null));
                keep(relay);
                relay.finish();
                answering.linger(loop.nowNanos());
            }
            case PROVIDERS_ERROR ->
                    answer.providersError(
                            present(errorAnswer), attempt(), error(), notes(Optional.empty(), now));
            case ERROR -> answer.error(error(), notesOfAttempts(now));
            case BROKEN_OFF -> answer.brokenOff(relay(), committed, error());
            case SILENCE, NONE -> outlet.cut();
        }
        passport.mark(Passport.State.ENDED);
        return null;
    }

    /** Before the client has all of its answer, so that it can go on from there at once. */
    private void keep(AnswerRelay relay) {
        if (keeping.wanted()) {
            keeping.keep(
                    OwnResponses.owner(caller),
                    OwnResponses.whole(relay.isStream(), relay.last()),
                    OwnResponses.idBase(request));
        }
    }

    private @Nullable Happening finishUnrecorded() {
        cancelAttempt();
        if (error == null) {
            error = Unrecorded.error();
        }
        if (outlet.headOut()) {
            answer.brokenOff(relay(), committed, error());
        } else {
            answer.error(error(), notesOfAttempts(System.nanoTime()));
        }
        return null;
    }

    private Optional<AnswerHead.Notes> notesOfAttempts(long now) {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(notes(Optional.empty(), now));
    }

    private Optional<AnswerRelay> relay() {
        return attempt == null ? Optional.empty() : attempt.relay();
    }

    private @Nullable Happening release() {
        intake.release();
        media.release();
        keeping.release();
        relay().ifPresent(AnswerRelay::release);
        if (streamOpen) {
            steps.telemetry().streamClosed();
        }
        loop.finished(this, attempt == null || attempt.hasEnded());
        if (written != null) {
            steps.telemetry().completed(written, passport);
        }
        return null;
    }

    private Decision decided() {
        return present(decision);
    }

    private Failover failover() {
        return present(failover);
    }

    private Step.Try step() {
        return present(step);
    }

    private Attempt attempt() {
        return present(attempt);
    }

    private ProviderFault what() {
        return present(fault);
    }

    private GatewayError error() {
        return error == null
                ? GatewayError.of(ErrorCode.INTERNAL, "Something went wrong in the gateway.")
                : error;
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not there yet (expected: Transitions sees to it)");
        }
        return value;
    }
}
