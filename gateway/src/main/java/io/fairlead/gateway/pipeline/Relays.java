package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.EventStream;
import io.fairlead.protocol.openai.AnswerStream;
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.service.ServiceForms;
import io.fairlead.protocol.service.Services;
import io.fairlead.protocol.translate.Protocols;
import io.fairlead.protocol.translate.Translation;
import io.fairlead.protocol.translate.WatchedStream;
import io.fairlead.protocol.translate.Watching;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Chooses who takes an answer's body, by how it was asked for. Stateless. */
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

    /** Whether the provider gave what was asked for; else it is an error answer. */
    static boolean isUsable(Attempt attempt) {
        return attempt.status() >= 200 && attempt.status() <= 299;
    }

    /** For an answer that passes as it is, whatever it is. */
    static AnswerRelay raw(
            AnswerRelay.Host host, Attempt attempt, ExchangeLimits limits, BodyBudget budget) {
        if (!isOf(type(attempt), EVENTS)) {
            return new RawRelay(host);
        }
        AnswerStream watch =
                new AnswerStream(
                        Endpoint.PASSTHROUGH, Conformance.OFF, false, limits.maxEventBytes());
        return new RawEventRelay(host, watch, attempt.secrets(), budget);
    }

    /** For the answer of a provider that was asked by a translation. */
    static AnswerRelay translated(
            AnswerRelay.Host host,
            Decision decision,
            Attempt attempt,
            ExchangeLimits limits,
            BodyBudget budget) {
        Translation translation = attempt.translation().orElseThrow();
        String type = type(attempt);
        if (translation.passing().isPresent() && (type == null || isSound(type))) {
            return new RawRelay(host, translation.passing());
        }
        translation.head(name -> Optional.ofNullable(attempt.headers().get(name)));
        if (decision.streams() && !isOf(type, JSON)) {
            return events(
                    host,
                    EventRelay.Last.SAID,
                    translation.stream(limits.maxEventBytes()),
                    attempt,
                    limits,
                    budget);
        }
        return whole(
                host,
                AnswerReading.translated(translation, Optional.ofNullable(type)),
                attempt,
                decision.streams(),
                MEDIA.contains(decision.answering()) ? limits.forMedia() : limits,
                budget);
    }

    /** For the answer of a provider that speaks as the client does. */
    static AnswerRelay alike(
            AnswerRelay.Host host,
            Decision decision,
            Conformance conformance,
            Attempt attempt,
            ExchangeLimits limits,
            BodyBudget budget) {
        Endpoint endpoint = decision.answering();
        String type = type(attempt);
        Optional<ChatProtocol> watched =
                endpoint == Endpoint.MESSAGES || endpoint == Endpoint.GENERATE_CONTENT
                        ? endpoint.conversation().flatMap(Protocols::of)
                        : Optional.empty();
        if (isOf(type, EVENTS)) {
            EventStream stream =
                    watched.isPresent()
                            ? new WatchedStream(
                                    watched.get().streamReader(), limits.maxEventBytes())
                            : new AnswerStream(
                                    endpoint,
                                    conformance,
                                    attempt.usageHidden(),
                                    limits.maxEventBytes());
            return events(host, EventRelay.Last.of(endpoint), stream, attempt, limits, budget);
        }
        if (endpoint == Endpoint.SPEECH && isSound(type)) {
            return new RawRelay(host);
        }
        return whole(
                host,
                reading(endpoint, watched, conformance, attempt, type),
                attempt,
                decision.streams(),
                limits,
                budget);
    }

    private static AnswerReading reading(
            Endpoint endpoint,
            Optional<ChatProtocol> watched,
            Conformance conformance,
            Attempt attempt,
            @Nullable String type) {
        if (watched.isPresent()) {
            return AnswerReading.watched(body -> Watching.unary(watched.get(), body));
        }
        Optional<ServiceForms> service =
                CONFORMED.contains(endpoint) ? Optional.empty() : Services.of(endpoint);
        if (service.isPresent()) {
            Dialect dialect = attempt.step().deployment().dialect();
            return AnswerReading.watched(body -> service.get().watched(endpoint, dialect, body));
        }
        return AnswerReading.conformed(endpoint, conformance, Optional.ofNullable(type));
    }

    private static AnswerRelay events(
            AnswerRelay.Host host,
            EventRelay.Last last,
            EventStream stream,
            Attempt attempt,
            ExchangeLimits limits,
            BodyBudget budget) {
        return new EventRelay(
                host, last, stream, attempt.secrets(), limits.maxEventBytes(), budget);
    }

    /**
     * For an answer that is held to its end.
     *
     * @param streams whether the client waits for a stream
     */
    static AnswerRelay whole(
            AnswerRelay.Host host,
            AnswerReading reading,
            Attempt attempt,
            boolean streams,
            ExchangeLimits limits,
            BodyBudget budget) {
        long announced = length(attempt.headers().get("content-length"));
        return new WholeRelay(host, reading, announced, streams, limits, budget);
    }

    private static @Nullable String type(Attempt attempt) {
        return attempt.headers().get("content-type");
    }

    private static boolean isOf(@Nullable String type, String wanted) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(wanted);
    }

    private static boolean isSound(@Nullable String type) {
        return type != null && !isOf(type, JSON) && !isOf(type, "text/");
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
}
