package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.ledger.LedgerFullException;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.gateway.telemetry.Passport;
import io.fairlead.gateway.telemetry.TraceContext;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record of an exchange: gathers what goes into it, makes it, and sees it into the ledger and
 * the telemetry. Confined to its exchange.
 */
final class Settlement {
    private static final int CLIENT_GONE = 499;
    private static final int MOST_USER_AGENT = 200;
    private static final int MOST_MESSAGE = 500;

    private final ClientRequest request;
    private final BodyIntake intake;
    private final Outlet outlet;
    private final Attempts attempts;
    private final Timing timing;
    private final Steps steps;
    private final Passport passport;
    private final KeptBody requestKept;
    private final KeptBody answerKept;
    private Principal principal = Principal.ANONYMOUS;
    private Annotations annotations = Annotations.NONE;
    private Optional<String> traceId = Optional.empty();
    private boolean admitted;
    private @Nullable RequestRecord written;

    Settlement(
            ClientRequest request,
            BodyIntake intake,
            Outlet outlet,
            Attempts attempts,
            Timing timing,
            Steps steps,
            Passport passport,
            int storedBytes) {
        this.request = request;
        this.intake = intake;
        this.outlet = outlet;
        this.attempts = attempts;
        this.timing = timing;
        this.steps = steps;
        this.passport = passport;
        this.requestKept = new KeptBody(storedBytes);
        this.answerKept = new KeptBody(storedBytes);
        if (storedBytes > 0) {
            outlet.keep(answerKept);
        }
    }

    /** It is known who calls, so from here on the request is recorded, however it ends. */
    void admitted(Principal caller, TraceContext trace) {
        principal = caller;
        admitted = true;
        annotations = Annotations.of(request);
        if (trace.continued()) {
            traceId = Optional.of(trace.traceId());
        }
    }

    /** Who calls. */
    Principal caller() {
        return principal;
    }

    void bodyRead(byte[] body) {
        requestKept.add(body);
    }

    /** The provider's answer is there to its end; false: the ledger does not take the record. */
    boolean completed(@Nullable Decision decision, @Nullable GatewayError error, long now) {
        int status = attempts.status();
        Outcome outcome = status < 400 ? Outcome.COMPLETED : Outcome.FAILED;
        return settle(outcome, status, decision, error, now);
    }

    /** There is no answer, or it broke off; {@code error} is what the client is told. */
    boolean failed(@Nullable Decision decision, @Nullable GatewayError error, long now) {
        int status = outlet.headOut() ? 200 : error == null ? 500 : error.status();
        return settle(Outcome.FAILED, status, decision, error, now);
    }

    /** The client went away. */
    boolean cancelled(@Nullable Decision decision, @Nullable GatewayError error, long now) {
        int status = attempts.status() == 0 ? CLIENT_GONE : attempts.status();
        return settle(Outcome.CANCELLED, status, decision, error, now);
    }

    private boolean settle(
            Outcome outcome,
            int status,
            @Nullable Decision decision,
            @Nullable GatewayError error,
            long now) {
        RequestRecord entry = record(outcome, status, decision, error, now);
        written = entry;
        if (!admitted) {
            return true; // nobody knows whose it is: it is counted, not recorded
        }
        try {
            steps.ledger().append(entry);
        } catch (LedgerFullException e) {
            return false;
        }
        passport.mark(Passport.State.JOURNALED);
        return true;
    }

    /** What the exchange cost, as far as that is known; asked after it was settled. */
    Optional<Money> spend() {
        return Present.value(written).spend();
    }

    /** Tells the telemetry, if there is something to tell. */
    void publish() {
        if (written != null) {
            steps.telemetry().completed(written, passport);
        }
    }

    private RequestRecord record(
            Outcome outcome,
            int status,
            @Nullable Decision decision,
            @Nullable GatewayError error,
            long now) {
        Attempt last = attempts.made().isEmpty() ? null : attempts.last();
        Optional<AnswerRelay> begun = last == null ? Optional.empty() : last.relay();
        begun.ifPresent(it -> answerKept.add(it.unsent()));
        long responseBytes = outlet.written() + (begun.isPresent() ? begun.get().left() : 0);
        Bill bill = Bill.NONE;
        Optional<AnswerRelay> relay = Optional.empty();
        if (decision != null && last != null) {
            relay = begun;
            bill = Bill.of(outcome, decision, last);
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
                status,
                outcome,
                Optional.ofNullable(error).map(it -> it.code().wireName()),
                Optional.ofNullable(error).map(it -> shortened(it.message(), MOST_MESSAGE)),
                relay.flatMap(AnswerRelay::finishReason),
                bill.usage(),
                bill.estimated(),
                bill.price(),
                bill.spend(),
                attempts(now),
                (now - request.receivedNanos()) / 1_000,
                timing.firstTokenNanos() < 0 ? -1 : timing.firstTokenNanos() / 1_000,
                timing.overheadNanos(attempts, now) / 1_000,
                intake.received(),
                responseBytes,
                tags(),
                metadata(decision),
                traceId,
                Optional.of(request.peerAddress()),
                Optional.ofNullable(request.header("user-agent"))
                        .map(it -> shortened(it, MOST_USER_AGENT)),
                requestKept.text(),
                answerKept.text());
    }

    private List<AttemptRecord> attempts(long now) {
        List<Attempt> made = attempts.made();
        if (made.size() == 1) {
            return List.of(made.getFirst().record(now));
        }
        List<AttemptRecord> records = new ArrayList<>(made.size());
        for (Attempt attempt : made) {
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
