package io.fairlead.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the file may say about retries, breaker and deadlines. Immutable. */
final class ResilienceShapes {
    private static final DefaultsConfig D = DefaultsConfig.DEFAULT;
    private static final String CONNECT_DOC = "Longest wait for a connection.";
    private static final String FIRST_TOKEN_DOC =
            "Longest wait for the first output token, or for the head of an answer that is not"
                    + " streamed.";
    private static final String IDLE_DOC = "Longest silence between two pieces of an answer.";
    private static final String TOTAL_DOC =
            "Longest time for the whole request, all attempts included.";
    private static final String RETRIES_DOC =
            "Further attempts after a fault worth retrying; 0 switches retrying off.";
    private static final String BREAKER_DOC =
            "Whether a deployment that keeps failing is left out for a time.";
    private static final ScalarKind<Integer> RETRIES_KIND = Kinds.integer(0, 20);

    private static final Key<Optional<Duration>> CONNECT =
            Key.optional("connect", Kinds.POSITIVE_DURATION, CONNECT_DOC);
    private static final Key<Optional<Duration>> FIRST_TOKEN =
            Key.optional("first_token", Kinds.POSITIVE_DURATION, FIRST_TOKEN_DOC);
    private static final Key<Optional<Duration>> IDLE =
            Key.optional("idle", Kinds.POSITIVE_DURATION, IDLE_DOC);
    private static final Key<Optional<Duration>> TOTAL =
            Key.optional("total", Kinds.POSITIVE_DURATION, TOTAL_DOC);

    private static final Shape<ResilienceConfig.Timeouts> TIMEOUTS =
            Shape.of(
                    "timeout",
                    "Deadlines; what is absent comes from further out: target, model name,"
                            + " provider, defaults.",
                    f ->
                            new ResilienceConfig.Timeouts(
                                    f.get(CONNECT), f.get(FIRST_TOKEN), f.get(IDLE), f.get(TOTAL)),
                    List.of(CONNECT, FIRST_TOKEN, IDLE, TOTAL));

    private static final Kind<ResilienceConfig.Timeouts> TIMEOUT_KIND =
            new FormKind<>(Kinds.POSITIVE_DURATION.as(ResilienceShapes::totalOnly), TIMEOUTS);

    static final Key<Optional<Integer>> RETRIES =
            Key.optional("retries", RETRIES_KIND, RETRIES_DOC);
    static final Key<Optional<Boolean>> BREAKER =
            Key.optional("breaker", Kinds.BOOLEAN, BREAKER_DOC);
    static final Key<ResilienceConfig.Timeouts> TIMEOUT =
            Key.orElse(
                    "timeout",
                    TIMEOUT_KIND,
                    ResilienceConfig.Timeouts.NONE,
                    "Deadlines; a single duration is the total.");

    private static final Key<Duration> DEFAULT_CONNECT =
            Key.of("connect", Kinds.POSITIVE_DURATION, D.connect(), CONNECT_DOC);
    private static final Key<Duration> DEFAULT_FIRST_TOKEN =
            Key.of("first_token", Kinds.POSITIVE_DURATION, D.firstToken(), FIRST_TOKEN_DOC);
    private static final Key<Duration> DEFAULT_IDLE =
            Key.of("idle", Kinds.POSITIVE_DURATION, D.idle(), IDLE_DOC);
    private static final Key<Duration> DEFAULT_TOTAL =
            Key.of("total", Kinds.POSITIVE_DURATION, D.total(), TOTAL_DOC);

    /** All four deadlines. */
    private record Deadlines(
            Duration connect, Duration firstToken, Duration idle, Duration total) {}

    private static final Shape<Deadlines> DEADLINES =
            Shape.of(
                    "default-timeout",
                    "Deadlines where nothing nearer says otherwise.",
                    f ->
                            new Deadlines(
                                    f.get(DEFAULT_CONNECT),
                                    f.get(DEFAULT_FIRST_TOKEN),
                                    f.get(DEFAULT_IDLE),
                                    f.get(DEFAULT_TOTAL)),
                    List.of(DEFAULT_CONNECT, DEFAULT_FIRST_TOKEN, DEFAULT_IDLE, DEFAULT_TOTAL));

    private static final Key<Integer> DEFAULT_RETRIES =
            Key.of("retries", RETRIES_KIND, D.retries(), RETRIES_DOC);
    private static final Key<Boolean> DEFAULT_BREAKER =
            Key.of("breaker", Kinds.BOOLEAN, D.breaker(), BREAKER_DOC);
    private static final Key<Deadlines> DEFAULT_TIMEOUT =
            Key.orElse(
                    "timeout",
                    new FormKind<>(
                            Kinds.POSITIVE_DURATION.as(total ->
                                    new Deadlines(D.connect(), D.firstToken(), D.idle(), total)),
                            DEADLINES),
                    new Deadlines(D.connect(), D.firstToken(), D.idle(), D.total()),
                    "Deadlines; a single duration is the total.");

    static final Shape<DefaultsConfig> DEFAULTS =
            Shape.of(
                    "defaults",
                    "How hard a deployment is tried where no target, model name or provider says"
                            + " otherwise.",
                    ResilienceShapes::defaults,
                    List.of(DEFAULT_RETRIES, DEFAULT_BREAKER, DEFAULT_TIMEOUT));

    private ResilienceShapes() {}

    static ResilienceConfig resilience(Fields f) {
        return new ResilienceConfig(f.get(RETRIES), f.get(BREAKER), f.get(TIMEOUT));
    }

    private static DefaultsConfig defaults(Fields f) {
        Deadlines deadlines = f.get(DEFAULT_TIMEOUT);
        return new DefaultsConfig(
                f.get(DEFAULT_RETRIES),
                f.get(DEFAULT_BREAKER),
                deadlines.connect(),
                deadlines.firstToken(),
                deadlines.idle(),
                deadlines.total());
    }

    private static ResilienceConfig.Timeouts totalOnly(Duration total) {
        return new ResilienceConfig.Timeouts(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(total));
    }
}
