package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Service;
import io.fairlead.kernel.Usage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the record of an exchange: what was used, at which price, and what that costs. Where the
 * provider reports no usage and was at work (a cut or cancelled stream, a report that never came),
 * usage is estimated: four characters to a token, in and out. Confined to its exchange.
 */
final class Settlement {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int MOST_USER_AGENT = 200;
    private static final int MOST_MESSAGE = 500;

    private final ClientRequest request;
    private Principal principal = Principal.ANONYMOUS;
    private Annotations annotations = Annotations.NONE;
    private Optional<String> traceId = Optional.empty();

    Settlement(ClientRequest request) {
        this.request = request;
    }

    void principal(Principal newPrincipal) {
        principal = newPrincipal;
    }

    void annotations(Annotations newAnnotations) {
        annotations = newAnnotations;
    }

    void traceId(Optional<String> newTraceId) {
        traceId = newTraceId;
    }

    /**
     * What came of an exchange.
     *
     * @param status what the client got
     * @param error what the client was told, if it was an error
     * @param attempts every attempt, the last one being that which answered
     */
    record Result(
            Outcome outcome,
            int status,
            @Nullable GatewayError error,
            @Nullable Decision decision,
            List<Attempt> attempts,
            long firstTokenNanos,
            long overheadNanos,
            long requestBytes,
            long responseBytes,
            Optional<String> requestBody,
            Optional<String> responseBody) {}

    /** The record as of {@code now}. */
    RequestRecord record(Result result, long now) {
        Decision decision = result.decision();
        Attempt last = result.attempts().isEmpty() ? null : result.attempts().getLast();
        Charge charge = Charge.NONE;
        Optional<AnswerRelay> relay = Optional.empty();
        if (decision != null && last != null) {
            relay = last.relay();
            charge = charge(result.outcome(), decision, last);
        }
        return new RequestRecord(
                request.id(),
                request.receivedAt(),
                request.endpoint(),
                principal.keyId(),
                principal.keyName(),
                principal.team(),
                decision == null ? Optional.empty() : decision.facts().user(),
                decision == null ? "" : decision.requested(),
                last == null || decision == null
                        ? Optional.empty()
                        : Optional.of(decision.idOf(last.step().deployment())),
                last == null ? Optional.empty() : Optional.of(last.step().deployment().provider()),
                last == null ? Optional.empty() : last.step().key().map(key -> key.id()),
                relay.flatMap(AnswerRelay::model),
                relay.filter(AnswerRelay::isStream).isPresent()
                        || (decision != null && decision.facts().stream()),
                result.status(),
                result.outcome(),
                Optional.ofNullable(result.error()).map(it -> it.code().wireName()),
                Optional.ofNullable(result.error())
                        .map(it -> shortened(it.message(), MOST_MESSAGE)),
                relay.flatMap(AnswerRelay::finishReason),
                charge.usage(),
                charge.estimated(),
                charge.price(),
                charge.spend(),
                attempts(result.attempts(), now),
                (now - request.receivedNanos()) / 1_000,
                result.firstTokenNanos() < 0 ? -1 : result.firstTokenNanos() / 1_000,
                result.overheadNanos() / 1_000,
                result.requestBytes(),
                result.responseBytes(),
                tags(),
                metadata(decision),
                traceId,
                Optional.of(request.peerAddress()),
                Optional.ofNullable(request.header("user-agent"))
                        .map(it -> shortened(it, MOST_USER_AGENT)),
                result.requestBody(),
                result.responseBody());
    }

    /** Usage and its price. */
    private record Charge(
            Usage usage, boolean estimated, Optional<Price> price, Optional<Money> spend) {
        private static final Charge NONE =
                new Charge(Usage.NONE, false, Optional.empty(), Optional.of(Money.ZERO));
    }

    private Charge charge(Outcome outcome, Decision decision, Attempt last) {
        if (!decision.makes()
                || decision.answering().service().equals(Optional.of(Service.TOKEN_COUNTING))) {
            return Charge.NONE; // nobody asks money for counting
        }
        Optional<AnswerRelay> relay = last.relay();
        Optional<Usage> reported = relay.flatMap(AnswerRelay::usage);
        Optional<Price> price = decision.priceOf(last.step().deployment());
        Optional<Usage> usage = reported;
        boolean estimated = false;
        if (reported.isEmpty() && worked(outcome, last) && countsTokens(decision.answering())) {
            usage = Optional.of(estimate(decision, relay));
            estimated = true;
        }
        if (usage.isEmpty() && outcome == Outcome.COMPLETED && pricedByRequest(decision, price)) {
            usage = Optional.of(Usage.NONE);
        }
        if (usage.isEmpty()) {
            // nothing was used, unless it was something that is not counted in tokens
            boolean free = outcome != Outcome.COMPLETED && !last.relay().isPresent();
            return free
                    ? Charge.NONE
                    : new Charge(Usage.NONE, false, Optional.empty(), Optional.empty());
        }
        Usage counted = usage.get();
        return new Charge(counted, estimated, price, price.map(it -> it.of(counted)));
    }

    /** Whether a rank that counts no tokens has a price of its own. */
    private static boolean pricedByRequest(Decision decision, Optional<Price> price) {
        return decision.answering() == Endpoint.RERANK
                && price.flatMap(it -> it.rates().request()).isPresent();
    }

    /** Whether the provider probably bills what it did although it did not say how much. */
    private static boolean worked(Outcome outcome, Attempt last) {
        return switch (outcome) {
            case COMPLETED -> true;
            case CANCELLED -> last.wasSent();
            case FAILED -> last.relay().filter(it -> it.outputCharacters() > 0).isPresent();
        };
    }

    private static boolean countsTokens(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS,
                    COMPLETIONS,
                    RESPONSES,
                    EMBEDDINGS,
                    MESSAGES,
                    GENERATE_CONTENT,
                    EMBED_CONTENT,
                    BATCH_EMBED_CONTENTS ->
                    true;
            case IMAGE_GENERATIONS,
                    IMAGE_EDITS,
                    IMAGE_VARIATIONS,
                    SPEECH,
                    TRANSCRIPTIONS,
                    TRANSLATIONS,
                    MODERATIONS,
                    RERANK,
                    INPUT_TOKENS,
                    COUNT_TOKENS,
                    COUNT_CONTENT,
                    FILES,
                    UPLOADS,
                    BATCHES,
                    REALTIME,
                    ANTHROPIC_FILES,
                    MESSAGE_BATCHES,
                    PASSTHROUGH ->
                    false;
        };
    }

    private static Usage estimate(Decision decision, Optional<AnswerRelay> relay) {
        long input = tokens(decision.facts().inputCharacters());
        long output =
                decision.answering().service().isPresent()
                        ? 0
                        : tokens(relay.map(AnswerRelay::outputCharacters).orElse(0L));
        return Usage.of(input, output);
    }

    private static long tokens(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    private static List<AttemptRecord> attempts(List<Attempt> attempts, long now) {
        if (attempts.size() == 1) {
            return List.of(attempts.getFirst().record(now));
        }
        List<AttemptRecord> records = new ArrayList<>(attempts.size());
        for (Attempt attempt : attempts) {
            records.add(attempt.record(now));
        }
        return records;
    }

    private List<String> tags() {
        if (annotations.tags().isEmpty()) {
            return principal.tags();
        }
        if (principal.tags().isEmpty()) {
            return annotations.tags();
        }
        List<String> all = new ArrayList<>(principal.tags());
        for (String tag : annotations.tags()) {
            if (!all.contains(tag)) {
                all.add(tag);
            }
        }
        return all;
    }

    /** What the operator says of the key can't be overridden by what a client says. */
    private Map<String, String> metadata(@Nullable Decision decision) {
        Map<String, String> ofBody = decision == null ? Map.of() : decision.facts().metadata();
        if (ofBody.isEmpty() && annotations.metadata().isEmpty()) {
            return principal.metadata();
        }
        Map<String, String> all = new LinkedHashMap<>(ofBody);
        all.putAll(annotations.metadata());
        all.putAll(principal.metadata());
        return all;
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
