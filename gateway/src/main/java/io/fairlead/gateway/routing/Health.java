package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.ProviderKey;
import io.fairlead.kernel.Dialect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which deployments and provider keys are fit for use: a breaker for each deployment with each key,
 * pauses that providers asked for, and keys set aside because their provider refused them. Only
 * trouble is remembered, so that a healthy gateway holds nothing here, and the memory is bounded.
 * It lives as long as one configuration: a changed key starts afresh. All moments are {@code
 * System.nanoTime()}. Safe for any number of threads.
 */
public final class Health {
    /** More than these slots in trouble are not remembered. */
    static final int MOST_SLOTS = 10_000;

    static final Duration FIRST_ASIDE = Duration.ofMinutes(5);
    static final Duration FIRST_ASIDE_UNPAID = Duration.ofMinutes(15);
    static final Duration LONGEST_ASIDE = Duration.ofHours(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final ConcurrentMap<Slot, Breaker> breakers = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Aside> asides = new ConcurrentHashMap<>();

    /** A deployment with one of its keys; the key is empty where none is sent. */
    record Slot(String deployment, String key) {
        static Slot of(Deployment deployment, Optional<ProviderKey> key) {
            // What the gateway does itself says nothing of how the provider is.
            return new Slot(
                    deployment.id(),
                    deployment.dialect() == Dialect.LOCAL
                            ? "(local)"
                            : key.map(ProviderKey::id).orElse(""));
        }
    }

    private record Aside(int times, long until) {}

    /** Whether a slot may be used now. */
    enum Fitness {
        /** It may be used. */
        FIT,
        /** Its provider asked for a pause, or refused its key: only if there is nothing else. */
        RESTING,
        /** Its breaker is open. */
        SHUT
    }

    /**
     * What is known against a deployment or a key, for operators.
     *
     * @param deployment the deployment; absent: the key at all deployments
     * @param key the key's id; absent: none is sent
     * @param state what is the matter
     * @param remaining how long still
     * @param failures failures in a row
     */
    public record Condition(
            Optional<String> deployment,
            Optional<String> key,
            State state,
            Duration remaining,
            int failures) {
        /** What is the matter with it. */
        public enum State {
            CLOSED,
            OPEN,
            HALF_OPEN,
            PAUSED,
            SET_ASIDE
        }
    }

    Fitness fitness(Slot slot, boolean breaker, long now) {
        Breaker known = breakers.isEmpty() ? null : breakers.get(slot);
        if (known != null && breaker && known.shut(now)) {
            return Fitness.SHUT;
        }
        if ((known != null && known.pausedAt(now)) || aside(slot.key(), now)) {
            return Fitness.RESTING;
        }
        return Fitness.FIT;
    }

    /** Takes the slot for one attempt; false if another probe was faster. */
    boolean take(Slot slot, boolean breaker, long now) {
        Breaker known = breaker ? breakers.get(slot) : null;
        if (known == null || known.closed()) {
            return true;
        }
        boolean[] taken = {true};
        breakers.computeIfPresent(
                slot,
                (_, present) -> {
                    taken[0] = !present.shut(now);
                    return taken[0] && !present.closed() ? present.probe(now) : present;
                });
        return taken[0];
    }

    void succeeded(Slot slot, long now) {
        if (!breakers.isEmpty()) {
            breakers.computeIfPresent(
                    slot, (_, present) -> present.stale(now) ? null : present.success(now));
        }
        if (!asides.isEmpty()) {
            asides.remove(slot.key());
        }
    }

    void failed(Slot slot, long now) {
        if (room(slot, now)) {
            breakers.compute(
                    slot,
                    (_, present) -> (present == null ? Breaker.fresh(now) : present).failure(now));
        }
    }

    /** The attempt told nothing about the deployment. */
    void undecided(Slot slot) {
        if (!breakers.isEmpty()) {
            breakers.computeIfPresent(slot, (_, present) -> present.probeDropped());
        }
    }

    void pause(Slot slot, Duration asked, long now) {
        if (asked.isPositive() && room(slot, now)) {
            Duration pause = asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
            breakers.compute(
                    slot,
                    (_, present) ->
                            (present == null ? Breaker.fresh(now) : present)
                                    .pause(now + pause.toNanos()));
        }
    }

    /** Its provider refused the key: 401 or 402 for everything, 403 for this deployment alone. */
    void refused(Slot slot, int status, long now) {
        undecided(slot);
        if (status == 403 || slot.key().isEmpty()) {
            pause(slot, FIRST_ASIDE, now);
            return;
        }
        Duration first = status == 402 ? FIRST_ASIDE_UNPAID : FIRST_ASIDE;
        asides.compute(
                slot.key(),
                (_, present) -> {
                    if (present != null && now - present.until() < 0) {
                        return present;
                    }
                    int times = present == null ? 1 : present.times() + 1;
                    Duration aside = Doubling.of(first, times, LONGEST_ASIDE);
                    return new Aside(times, now + aside.toNanos());
                });
    }

    /** How long until the slot's breaker lets a probe through; zero when it does already. */
    Duration untilProbe(Slot slot, long now) {
        Breaker known = breakers.get(slot);
        return known == null || known.closed()
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, known.openUntil() - now));
    }

    /** Everything that is in trouble now, in no order. */
    public List<Condition> conditions(long now) {
        List<Condition> conditions = new ArrayList<>();
        breakers.forEach((slot, breaker) -> {
            if (!breaker.stale(now)) {
                conditions.add(condition(slot, breaker, now));
            }
        });
        asides.forEach((key, aside) -> {
            if (now - aside.until() < 0) {
                conditions.add(
                        new Condition(
                                Optional.empty(),
                                Optional.of(key),
                                Condition.State.SET_ASIDE,
                                Duration.ofNanos(aside.until() - now),
                                aside.times()));
            }
        });
        return conditions;
    }

    private static Condition condition(Slot slot, Breaker breaker, long now) {
        boolean open = !breaker.closed() && now - breaker.openUntil() < 0;
        Condition.State state =
                open
                        ? Condition.State.OPEN
                        : !breaker.closed()
                                ? Condition.State.HALF_OPEN
                                : breaker.pausedAt(now)
                                        ? Condition.State.PAUSED
                                        : Condition.State.CLOSED;
        long remaining =
                open
                        ? breaker.openUntil() - now
                        : state == Condition.State.PAUSED ? breaker.pausedUntil() - now : 0;
        return new Condition(
                Optional.of(slot.deployment()),
                Optional.of(slot.key()).filter(key -> !key.isEmpty()),
                state,
                Duration.ofNanos(remaining),
                breaker.failuresInRow());
    }

    private boolean aside(String key, long now) {
        if (asides.isEmpty() || key.isEmpty()) {
            return false;
        }
        Aside aside = asides.get(key);
        return aside != null && now - aside.until() < 0;
    }

    private boolean room(Slot slot, long now) {
        if (breakers.size() < MOST_SLOTS || breakers.containsKey(slot)) {
            return true;
        }
        breakers.values().removeIf(breaker -> breaker.stale(now));
        return breakers.size() < MOST_SLOTS;
    }
}
