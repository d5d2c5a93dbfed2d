package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.telemetry.Telemetry;
import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.Money;
import io.fairlead.protocol.error.ErrorShapes;

import java.util.Optional;

/**
 * Gives the client its answer, from a status that is sent to keep it waiting to each of the forms
 * an exchange can end in. Confined to its exchange.
 */
final class ClientAnswer {
    private final ClientRequest request;
    private final ClientResponse response;
    private final Outlet outlet;
    private final Attempts attempts;
    private final Timing timing;
    private final Telemetry telemetry;
    private boolean streamOpen;

    ClientAnswer(
            ClientRequest request,
            ClientResponse response,
            Outlet outlet,
            Attempts attempts,
            Timing timing,
            Telemetry telemetry) {
        this.request = request;
        this.response = response;
        this.outlet = outlet;
        this.attempts = attempts;
        this.timing = timing;
        this.telemetry = telemetry;
    }

    /** Keeps the client of a stream waiting: status and a comment. */
    void open() {
        AnswerHead.open(response, request.id(), StreamForm.of(request).contentType());
        keepAlive();
        streamOpened();
    }

    /** Keeps the client of a stream waiting further. */
    void keepAlive() {
        outlet.keepAlive(StreamForm.of(request).keepAlive());
    }

    private void streamOpened() {
        if (!streamOpen) {
            streamOpen = true;
            telemetry.streamOpened();
        }
    }

    /** The last attempt's answer goes to the client from here on: its head, and what is held. */
    void commit(long now) {
        head(Optional.empty(), now);
        if (isStream()) {
            streamOpened();
        }
    }

    private boolean isStream() {
        return attempts.relay().filter(AnswerRelay::isStream).isPresent();
    }

    /** Fixes status and headers of the last attempt's answer, unless they are out. */
    private void head(Optional<Money> cost, long now) {
        if (outlet.headOut()) {
            return;
        }
        Attempt attempt = attempts.last();
        AnswerHead.answer(response, attempt.status(), attempt.headers(), notes(cost, now));
        attempt.notes().forEach(response.headers()::set);
        if (attempt.translation().isPresent()) {
            response.headers()
                    .set(
                            "content-type",
                            isStream()
                                    ? attempt.translation().get().streamType()
                                    : attempt.relay()
                                            .flatMap(AnswerRelay::contentType)
                                            .orElse("application/json"));
        }
        if (isStream()) {
            AnswerHead.events(response.headers());
        }
    }

    private AnswerHead.Notes notes(Optional<Money> cost, long now) {
        return attempts.notes(cost, timing.overheadNanos(attempts, now));
    }

    /**
     * Ends it.
     *
     * @param error what the client is told, where it ends badly
     * @param cost of a good answer, as far as it is known
     */
    void end(Ending ending, GatewayError error, Optional<Money> cost, long now) {
        switch (ending) {
            case ANSWER -> {
                if (!attempts.committed()) {
                    head(cost, now);
                }
                attempts.relay().orElseThrow().finish();
            }
            case PROVIDERS_ERROR -> providersError(error, now);
            case ERROR -> error(error, now);
            case BROKEN_OFF -> brokenOff(error);
            case SILENCE, NONE -> outlet.cut();
        }
    }

    /** Ends it with an error in the only way that is left. */
    void endBadly(GatewayError error, long now) {
        if (outlet.headOut()) {
            brokenOff(error);
        } else {
            error(error, now);
        }
    }

    /** The provider's own error: the request is at fault. */
    private void providersError(GatewayError error, long now) {
        ErrorAnswer answer = attempts.refusal().orElseThrow();
        Attempt attempt = attempts.last();
        AnswerHead.answer(
                response, answer.status(), answer.headers(), notes(Optional.empty(), now));
        response.headers().set("content-type", "application/json");
        outlet.end(
                Buffers.wrap(
                        PassedOn.body(
                                answer,
                                attempt.step().deployment(),
                                attempt.translation().isPresent(),
                                request.errorShape(),
                                error,
                                request.id())));
    }

    /** An error of ours. */
    private void error(GatewayError error, long now) {
        Optional<AnswerHead.Notes> notes =
                attempts.made().isEmpty()
                        ? Optional.empty()
                        : Optional.of(notes(Optional.empty(), now));
        AnswerHead.error(response, error, request.id(), notes);
        outlet.end(Buffers.wrap(ErrorShapes.body(request.errorShape(), error, request.id())));
    }

    /**
     * The status is out and the answer can't be completed: events have a form for errors,
     * everything else is cut.
     */
    private void brokenOff(GatewayError error) {
        Optional<AnswerRelay> relay = attempts.relay();
        boolean committed = attempts.committed(); // something of it went out
        boolean events = !committed || isStream();
        if (!events) {
            outlet.cut();
        } else if (relay.filter(AnswerRelay::errorRelayed).isPresent()) {
            outlet.end();
        } else {
            long sequenceNumber = relay.map(AnswerRelay::sequenceNumber).orElse(-1L) + 1;
            outlet.end(
                    Buffers.wrap(
                            StreamForm.of(request)
                                    .error(request, error, committed, sequenceNumber)));
        }
    }

    /** Nothing more goes to the client. */
    void over() {
        if (streamOpen) {
            telemetry.streamClosed();
        }
    }
}
