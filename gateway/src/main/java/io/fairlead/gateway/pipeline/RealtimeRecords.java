package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.gateway.routing.Step;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.service.realtime.RealtimeEvents.Done;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the records of one realtime conversation: one for each response, with what it used, and one
 * for the conversation as a whole, which used nothing more. Confined to its exchange.
 */
final class RealtimeRecords {
    private static final int MOST_MESSAGE = 500;
    private static final int MOST_USER_AGENT = 500;

    private final ClientRequest request;
    private final Annotations annotations;
    private final Optional<String> traceId;
    private Principal principal = Principal.ANONYMOUS;
    private String requested = "";
    private Optional<String> model = Optional.empty();
    private Step.@Nullable Try step;

    RealtimeRecords(ClientRequest request, Annotations annotations, Optional<String> traceId) {
        this.request = request;
        this.annotations = annotations;
        this.traceId = traceId;
    }

    void principal(Principal newPrincipal) {
        principal = newPrincipal;
    }

    void requested(String newRequested) {
        requested = newRequested;
    }

    void step(Step.Try newStep) {
        step = newStep;
    }

    /** What the provider says of itself. */
    void model(String newModel) {
        model = Optional.of(newModel);
    }

    /**
     * A response.
     *
     * @param number counts from 1
     */
    RequestRecord response(int number, Done done, Instant begun, long durationMicros) {
        boolean failed = done.status().filter("failed"::equals).isPresent();
        Optional<Price> price = done.usage().flatMap(_ -> deployment()).flatMap(Deployment::price);
        return record(
                deployment(),
                request.id() + "." + number,
                begun,
                failed ? Outcome.FAILED : Outcome.COMPLETED,
                200,
                null,
                done.status(),
                done.usage().orElse(Usage.NONE),
                price,
                price.flatMap(it -> done.usage().map(it::of)),
                List.of(),
                durationMicros,
                0,
                0);
    }

    /**
     * What was heard, written down.
     *
     * @param number counts on from those of the responses
     * @param by who wrote it; empty: it is not known
     */
    RequestRecord transcript(int number, Done done, Instant at, Optional<Deployment> by) {
        Optional<Price> price = done.usage().flatMap(_ -> by).flatMap(Deployment::price);
        return record(
                by.or(this::deployment),
                request.id() + "." + number,
                at,
                Outcome.COMPLETED,
                200,
                null,
                Optional.empty(),
                done.usage().orElse(Usage.NONE),
                price,
                price.flatMap(it -> done.usage().map(it::of)),
                List.of(),
                0,
                0,
                0);
    }

    /**
     * The conversation.
     *
     * @param inResponse a response was cut off: what it used is not known
     */
    RequestRecord conversation(
            Outcome outcome,
            int status,
            @Nullable GatewayError error,
            boolean inResponse,
            List<AttemptRecord> attempts,
            long requestBytes,
            long responseBytes) {
        return record(
                deployment(),
                request.id(),
                request.receivedAt(),
                outcome,
                status,
                error,
                Optional.empty(),
                Usage.NONE,
                Optional.empty(),
                inResponse ? Optional.empty() : Optional.of(Money.ZERO),
                attempts,
                (System.nanoTime() - request.receivedNanos()) / 1_000,
                requestBytes,
                responseBytes);
    }

    private RequestRecord record(
            Optional<Deployment> at,
            String id,
            Instant begun,
            Outcome outcome,
            int status,
            @Nullable GatewayError error,
            Optional<String> finish,
            Usage usage,
            Optional<Price> price,
            Optional<Money> spend,
            List<AttemptRecord> attempts,
            long durationMicros,
            long requestBytes,
            long responseBytes) {
        return new RequestRecord(
                id,
                begun,
                request.endpoint(),
                principal.keyId(),
                principal.keyName(),
                principal.team(),
                Optional.empty(),
                requested,
                at.map(Deployment::id),
                at.map(Deployment::provider),
                Optional.ofNullable(step).flatMap(Step.Try::key).map(key -> key.id()),
                model,
                true,
                status,
                outcome,
                Optional.ofNullable(error).map(it -> it.code().wireName()),
                Optional.ofNullable(error).map(it -> shortened(it.message(), MOST_MESSAGE)),
                finish,
                usage,
                false,
                price,
                spend,
                attempts,
                durationMicros,
                -1,
                0,
                requestBytes,
                responseBytes,
                tags(),
                metadata(),
                traceId,
                Optional.of(request.peerAddress()),
                Optional.ofNullable(request.header("user-agent"))
                        .map(it -> shortened(it, MOST_USER_AGENT)),
                Optional.empty(),
                Optional.empty());
    }

    private Optional<Deployment> deployment() {
        return Optional.ofNullable(step).map(Step.Try::deployment);
    }

    private List<String> tags() {
        List<String> all = new ArrayList<>(principal.tags());
        annotations.tags().stream().filter(tag -> !all.contains(tag)).forEach(all::add);
        return all;
    }

    private Map<String, String> metadata() {
        Map<String, String> all = new LinkedHashMap<>(annotations.metadata());
        all.putAll(principal.metadata());
        return all;
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
