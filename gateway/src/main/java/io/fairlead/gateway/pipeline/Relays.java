package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.EventStream;
import io.fairlead.protocol.openai.AnswerStream;
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.service.ServiceForms;
import io.fairlead.protocol.service.Services;
import io.fairlead.protocol.translate.Translation;
import io.fairlead.protocol.translate.WatchedStream;
import io.fairlead.protocol.translate.Watching;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Chooses who takes an answer's body. Stateless. */
final class Relays {
    private static final String EVENTS = "text/event-stream";
    private static final String JSON = "application/json";

    /** Services whose answers are read, and put right, as OpenAI's are. */
    private static final Set<Endpoint> CONFORMED =
            EnumSet.of(
                    Endpoint.EMBEDDINGS,
                    Endpoint.IMAGE_GENERATIONS,
                    Endpoint.IMAGE_EDITS,
                    Endpoint.IMAGE_VARIATIONS,
                    Endpoint.SPEECH,
                    Endpoint.TRANSCRIPTIONS,
                    Endpoint.TRANSLATIONS,
                    Endpoint.MODERATIONS);

    /** Whose answers hold images or sound, in base64. */
    private static final Set<Endpoint> MEDIA =
            EnumSet.of(
                    Endpoint.IMAGE_GENERATIONS,
                    Endpoint.IMAGE_EDITS,
                    Endpoint.IMAGE_VARIATIONS,
                    Endpoint.SPEECH);

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
                                    ? new RawErrorRelay(host, attempt.secrets())
                                    : raw(host, events, attempt, limits, budget));
        }
        if (status < 200 || status > 299) {
            return Optional.empty();
        }
        Optional<String> contentType = Optional.ofNullable(type);
        long announced = length(attempt.headers().get("content-length"));
        if (decision.kept().isPresent()) {
            return Optional.of(
                    decision.kept().get().content()
                            ? new RawRelay(host)
                            : new WholeRelay(
                                    host,
                                    AnswerReading.marked(attempt.step().deployment().provider()),
                                    announced,
                                    false,
                                    limits,
                                    budget));
        }
        Optional<Translation> translation = attempt.translation();
        if (translation.isPresent()) {
            if (translation.get().passing().isPresent() && (type == null || isSound(type))) {
                return Optional.of(new RawRelay(host, translation.get().passing()));
            }
            translation.get().head(name -> Optional.ofNullable(attempt.headers().get(name)));
            boolean whole = type != null && type.toLowerCase(Locale.ROOT).startsWith(JSON);
            return Optional.of(
                    decision.streams() && !whole
                            ? new EventRelay(
                                    host,
                                    EventRelay.Last.SAID,
                                    translation.get().stream(limits.maxEventBytes()),
                                    attempt.secrets(),
                                    limits.maxEventBytes(),
                                    budget)
                            : new WholeRelay(
                                    host,
                                    AnswerReading.translated(translation.get(), contentType),
                                    announced,
                                    decision.streams(),
                                    MEDIA.contains(decision.answering())
                                            ? limits.forMedia()
                                            : limits,
                                    budget));
        }
        Endpoint endpoint = decision.answering();
        Conformance conformance = decision.conformance(attempt.step().deployment());
        Optional<ChatProtocol> watched =
                endpoint == Endpoint.MESSAGES || endpoint == Endpoint.GENERATE_CONTENT
                        ? decision.client()
                        : Optional.empty();
        if (events) {
            EventStream stream =
                    watched.isPresent()
                            ? new WatchedStream(
                                    watched.get().streamReader(), limits.maxEventBytes())
                            : new AnswerStream(
                                    endpoint,
                                    conformance,
                                    attempt.usageHidden(),
                                    limits.maxEventBytes());
            return Optional.of(
                    new EventRelay(
                            host,
                            EventRelay.Last.of(endpoint),
                            stream,
                            attempt.secrets(),
                            limits.maxEventBytes(),
                            budget));
        }
        Optional<ServiceForms> service =
                CONFORMED.contains(endpoint) ? Optional.empty() : Services.of(endpoint);
        if (endpoint == Endpoint.SPEECH && isSound(type)) {
            return Optional.of(new RawRelay(host));
        }
        AnswerReading reading =
                watched.isPresent()
                        ? AnswerReading.watched(body -> Watching.unary(watched.get(), body))
                        : service.isPresent()
                                ? AnswerReading.watched(body ->
                                        service.get()
                                                .watched(
                                                        endpoint,
                                                        attempt.step().deployment().dialect(),
                                                        body))
                                : AnswerReading.conformed(endpoint, conformance, contentType);
        return Optional.of(
                new WholeRelay(host, reading, announced, decision.streams(), limits, budget));
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
        return new RawEventRelay(host, watch, attempt.secrets(), budget);
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
