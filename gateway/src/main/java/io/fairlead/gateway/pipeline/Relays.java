package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.openai.AnswerStream;
import io.fairlead.protocol.openai.Conformance;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/** Chooses who takes an answer's body. Stateless. */
final class Relays {
    private static final String EVENTS = "text/event-stream";

    private Relays() {}

    /** The relay for the answer that {@code attempt} has got; empty: it is an error answer. */
    static Optional<AnswerRelay> of(
            AnswerRelay.Host host,
            Decision decision,
            Attempt attempt,
            ExchangeLimits limits,
            BodyBudget budget) {
        int status = attempt.status();
        String type = attempt.headers().get("content-type");
        boolean events = type != null && type.toLowerCase(Locale.ROOT).startsWith(EVENTS);
        if (decision.isRaw()) {
            return isOperatorsFault(status)
                    ? Optional.empty()
                    : Optional.of(
                            status >= 400
                                    ? new RawErrorRelay(host, attempt.step())
                                    : raw(host, events, attempt, limits, budget));
        }
        if (status < 200 || status > 299) {
            return Optional.empty();
        }
        Endpoint endpoint = decision.answering();
        Conformance conformance = decision.conformance(attempt.step().deployment());
        if (events) {
            return Optional.of(
                    new EventRelay(
                            host,
                            endpoint,
                            new AnswerStream(
                                    endpoint,
                                    conformance,
                                    attempt.usageHidden(),
                                    limits.maxEventBytes()),
                            attempt.step(),
                            limits.maxEventBytes(),
                            budget));
        }
        if (endpoint == Endpoint.SPEECH && isSound(type)) {
            return Optional.of(new RawRelay(host));
        }
        return Optional.of(
                new WholeRelay(
                        host,
                        endpoint,
                        conformance,
                        Optional.ofNullable(type),
                        length(attempt.headers().get("content-length")),
                        decision.streams(),
                        limits,
                        budget));
    }

    /** The client of a raw route must not learn that our credential is bad, nor see it named. */
    private static boolean isOperatorsFault(int status) {
        return status == 401 || status == 402 || status == 403;
    }

    private static AnswerRelay raw(
            AnswerRelay.Host host,
            boolean events,
            Attempt attempt,
            ExchangeLimits limits,
            BodyBudget budget) {
        if (!events) {
            return new RawRelay(host);
        }
        AnswerStream watch =
                new AnswerStream(
                        Endpoint.PASSTHROUGH, Conformance.OFF, false, limits.maxEventBytes());
        return new RawEventRelay(host, watch, attempt.step(), budget);
    }

    private static long length(@Nullable String announced) {
        if (announced == null) {
            return -1;
        }
        try {
            return Long.parseLong(announced);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static boolean isSound(@Nullable String type) {
        return type != null
                && !type.toLowerCase(Locale.ROOT).startsWith("application/json")
                && !type.toLowerCase(Locale.ROOT).startsWith("text/");
    }
}
