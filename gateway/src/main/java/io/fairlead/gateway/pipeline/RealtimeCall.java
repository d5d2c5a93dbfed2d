package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.HeaderLookup;
import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.ledger.LedgerFullException;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.gateway.telemetry.Passport;
import io.fairlead.gateway.telemetry.TraceContext;
import io.fairlead.gateway.upstream.HttpUpstream;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.error.ErrorShapes;
import io.fairlead.protocol.service.realtime.RealtimeEvents.Done;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One realtime conversation: has a provider open a WebSocket, and only then lets the client have
 * one, so that whatever fails before is an HTTP error; then records each response as it ends.
 * Confined to one event loop.
 */
final class RealtimeCall implements RealtimeOpening.Listener, RealtimeRelay.Host {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeCall.class);
    private static final long PULSE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long LONGEST_SILENCE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long LONGEST_IDLE_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int SWITCHED = 101;
    private static final int CLIENT_GONE = 499;

    private final LoopDataPlane loop;
    private final Steps steps;
    private final Routes routes;
    private final ClientRequest request;
    private final ClientResponse response;
    private final DataPlane.Upgrade upgrade;
    private final RealtimeWords words;
    private final HeaderLookup credentials;
    private final TraceContext trace;
    private final Passport passport = Passport.open();
    private final RealtimeOpening opening;
    private @Nullable RealtimeRecords records;
    private @Nullable RealtimeRelay relay;
    private String requested = "";
    private int responses;
    private String transcriber = "";
    private @Nullable Instant responseBegun;
    private long responseNanos;
    private boolean over;

    RealtimeCall(
            LoopDataPlane loop,
            Steps steps,
            Routes routes,
            ClientRequest request,
            ClientResponse response,
            DataPlane.Upgrade upgrade) {
        this.loop = loop;
        this.steps = steps;
        this.routes = routes;
        this.request = request;
        this.response = response;
        this.upgrade = upgrade;
        this.words = new RealtimeWords(request);
        this.credentials = words.credentials();
        this.trace = TraceContext.of(request.header("traceparent"), List.of());
        this.opening =
                new RealtimeOpening(this, loop, steps, routes, request, words, trace, passport);
    }

    // ---- before the upgrade ----

    void begin() {
        response.onClose(this::clientGone);
        try {
            if (!steps.ledger().accepting()) {
                throw new GatewayException(OwnErrors.unrecorded());
            }
            Principal principal = authenticate();
            RealtimeRecords made =
                    new RealtimeRecords(
                            request,
                            Annotations.of(request),
                            trace.continued() ? Optional.of(trace.traceId()) : Optional.empty());
            made.principal(principal);
            records = made;
            passport.mark(Passport.State.AUTHENTICATED);
            requested = words.model();
            made.requested(requested);
            RoutePlan plan = routes.router().plan(requested, request.endpoint());
            if (!Decision.mayUse(principal, requested, plan)) {
                throw new GatewayException(
                        ErrorCode.MODEL_NOT_ALLOWED,
                        "This API key may not use the model " + requested + ".");
            }
            passport.mark(Passport.State.PLANNED);
            opening.begin(plan);
        } catch (GatewayException e) {
            refuse(e.error());
        } catch (RuntimeException e) {
            defect(e);
        }
    }

    private Principal authenticate() {
        return steps.access().authenticate(credentials, QueryKey.of(request.query()));
    }

    @Override
    public void opened(WebSocketBase socket, Deployment deployment) {
        response.headers().set("x-fairlead-model", deployment.id());
        upgrade.upgrade()
                .onSuccess(client -> talk(client, socket))
                .onFailure(_ -> {
                    var _ = socket.close((short) 1001);
                    clientGone();
                });
    }

    private void talk(WebSocketBase client, WebSocketBase socket) {
        if (over) {
            var _ = client.close((short) 1001);
            var _ = socket.close((short) 1001);
            return;
        }
        passport.mark(Passport.State.COMMITTED);
        Present.value(records).step(opening.step().orElseThrow());
        steps.telemetry().streamOpened();
        RealtimeRelay talking =
                new RealtimeRelay(
                        client,
                        socket,
                        HttpUpstream.LARGEST_SOCKET_MESSAGE,
                        this,
                        steps.bodies(),
                        System.nanoTime());
        relay = talking;
        talking.begin();
        pulse();
    }

    private void pulse() {
        loop.after(
                PULSE_NANOS,
                () -> {
                    if (!over) {
                        Present.value(relay)
                                .pulse(
                                        System.nanoTime(),
                                        LONGEST_SILENCE_NANOS,
                                        LONGEST_IDLE_NANOS);
                        pulse();
                    }
                });
    }

    @Override
    public void refuse(GatewayError error) {
        if (over) {
            return;
        }
        over = true;
        if (record(Outcome.FAILED, error.status(), error)) {
            answer(error);
        } else {
            answer(OwnErrors.unrecorded());
        }
    }

    private void answer(GatewayError error) {
        AnswerHead.error(response, error, request.id(), Optional.empty());
        response.end(Buffer.buffer(ErrorShapes.body(request.errorShape(), error, request.id())));
    }

    private void defect(RuntimeException cause) {
        LOG.error("defect in request {}", request.id(), cause);
        refuse(OwnErrors.DEFECT);
    }

    private void clientGone() {
        if (over || relay != null) {
            return;
        }
        over = true;
        opening.giveUp();
        record(Outcome.CANCELLED, CLIENT_GONE, null);
    }

    /** Ends it, because the gateway can't wait for it any longer. */
    void stop() {
        GatewayError error = OwnErrors.stopping("this conversation");
        if (relay != null) {
            relay.goAway(error);
        } else {
            opening.stop();
            refuse(error);
        }
    }

    // ---- the conversation ----

    @Override
    public void asks() {
        Principal now = authenticate();
        RoutePlan plan = routes.router().plan(requested, request.endpoint());
        if (!Decision.mayUse(now, requested, plan)) {
            throw new GatewayException(
                    ErrorCode.MODEL_NOT_ALLOWED,
                    "This API key may not use the model " + requested + " any more.");
        }
        if (!steps.ledger().accepting()) {
            throw new GatewayException(OwnErrors.unrecorded());
        }
    }

    @Override
    public String named(String model) {
        Deployment deployment = opening.step().orElseThrow().deployment();
        if (model.equals(requested)) {
            return deployment.model();
        }
        try {
            return routes.router()
                    .plan(model, request.endpoint())
                    .keptBy(deployment.provider())
                    .map(plan -> plan.candidates().getFirst().deployment().model())
                    .orElse(model);
        } catch (GatewayException unknown) {
            return model;
        }
    }

    @Override
    public byte[] hide(byte[] event) {
        return opening.secrets().hide(event);
    }

    @Override
    public void model(String model) {
        Present.value(records).model(model);
    }

    @Override
    public void responseBegan() {
        responseBegun = steps.clock().instant();
        responseNanos = System.nanoTime();
    }

    @Override
    public void responseDone(Done done) {
        Instant begun = responseBegun == null ? steps.clock().instant() : responseBegun;
        long took = responseBegun == null ? 0 : System.nanoTime() - responseNanos;
        responseBegun = null;
        responses++;
        append(Present.value(records).response(responses, done, begun, took / 1_000));
    }

    private void append(RequestRecord entry) {
        try {
            steps.ledger().append(entry);
        } catch (LedgerFullException e) {
            throw new GatewayException(OwnErrors.unrecorded());
        }
        steps.telemetry().started();
        steps.telemetry().completed(entry, Passport.open());
    }

    @Override
    public void transcriber(String model) {
        transcriber = model;
    }

    @Override
    public void transcribed(Done done) {
        responses++;
        append(
                Present.value(records)
                        .transcript(responses, done, steps.clock().instant(), transcriber()));
    }

    /** The deployment of the model that writes down what is heard, with its price. */
    private Optional<Deployment> transcriber() {
        if (transcriber.isEmpty()) {
            return Optional.empty();
        }
        try {
            String id = opening.step().orElseThrow().deployment().provider() + "/" + transcriber;
            return Optional.of(
                    routes.router()
                            .plan(id, Endpoint.TRANSCRIPTIONS)
                            .candidates()
                            .getFirst()
                            .deployment());
        } catch (GatewayException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public void ended(Outcome outcome, @Nullable GatewayError error) {
        if (!over) {
            over = true;
            steps.telemetry().streamClosed();
            record(outcome, SWITCHED, error);
        }
    }

    @Override
    public String requestId() {
        return request.id();
    }

    /** Writes the last record; false: the ledger does not take it. */
    private boolean record(Outcome outcome, int status, @Nullable GatewayError error) {
        loop.ended(this);
        RealtimeRecords made = records;
        if (made != null) {
            opening.step().ifPresent(made::step);
        }
        RequestRecord entry =
                (made != null
                                ? made
                                : new RealtimeRecords(request, Annotations.NONE, Optional.empty()))
                        .conversation(
                                outcome,
                                status,
                                error,
                                responseBegun != null,
                                opening.attempts(),
                                relay == null ? 0 : relay.clientBytes(),
                                relay == null ? 0 : relay.providerBytes());
        boolean written = true;
        if (made != null) { // else nobody knows whose it is: it is counted, not recorded
            try {
                steps.ledger().append(entry);
            } catch (LedgerFullException e) {
                written = false;
            }
        }
        passport.mark(Passport.State.ENDED);
        steps.telemetry().completed(entry, passport);
        return written;
    }
}
