package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.upstream.Buffers;
import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.error.ErrorShapes;

import java.util.Optional;

/**
 * Gives the client its answer in each of the forms an exchange can end in. Confined to its
 * exchange.
 */
final class ClientAnswer {
    private final ClientRequest request;
    private final ClientResponse response;
    private final Outlet outlet;

    ClientAnswer(ClientRequest request, ClientResponse response, Outlet outlet) {
        this.request = request;
        this.response = response;
        this.outlet = outlet;
    }

    /** Keeps the client of a stream waiting: status and a comment. */
    void open() {
        AnswerHead.open(response, request.id(), StreamForm.of(request).contentType());
        keepAlive();
    }

    /** Keeps the client of a stream waiting further. */
    void keepAlive() {
        outlet.keepAlive(StreamForm.of(request).keepAlive());
    }

    /** Fixes status and headers of the answer that {@code attempt} brought, unless they are out. */
    void head(Attempt attempt, AnswerHead.Notes notes) {
        if (outlet.headOut()) {
            return;
        }
        AnswerHead.answer(response, attempt.status(), attempt.headers(), notes);
        attempt.notes().forEach(response.headers()::set);
        if (attempt.translation().isPresent()) {
            boolean stream = attempt.relay().filter(AnswerRelay::isStream).isPresent();
            response.headers()
                    .set(
                            "content-type",
                            stream
                                    ? attempt.translation().get().streamType()
                                    : attempt.relay()
                                            .flatMap(AnswerRelay::contentType)
                                            .orElse("application/json"));
        }
        if (attempt.relay().filter(AnswerRelay::isStream).isPresent()) {
            AnswerHead.events(response.headers());
        }
    }

    /** The provider's own error: the request is at fault. */
    void providersError(
            ErrorAnswer answer, Attempt attempt, GatewayError error, AnswerHead.Notes notes) {
        AnswerHead.answer(response, answer.status(), answer.headers(), notes);
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
    void error(GatewayError error, Optional<AnswerHead.Notes> notes) {
        AnswerHead.error(response, error, request.id(), notes);
        outlet.end(Buffers.wrap(ErrorShapes.body(request.errorShape(), error, request.id())));
    }

    /**
     * The status is out and the answer can't be completed: events have a form for errors,
     * everything else is cut.
     *
     * @param relay the answer, if one had begun
     * @param committed whether something of it went out
     */
    void brokenOff(Optional<AnswerRelay> relay, boolean committed, GatewayError error) {
        boolean events = committed ? relay.filter(AnswerRelay::isStream).isPresent() : true;
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
}
