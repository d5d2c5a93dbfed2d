package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.ProviderKey;
import io.fairlead.gateway.catalogue.Resilience;
import io.fairlead.gateway.routing.Health.Slot;
import io.fairlead.kernel.ProviderFault;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Carries one request through its {@link RoutePlan}: says which attempt to make next and with which
 * key, hears how it went, and says when to give up and with what answer. {@link Verdict} is its
 * table of decisions. Call {@link #next}, then exactly one of {@link #onSuccess}, {@link #onFault}
 * and {@link #onCancelled}, then, after a fault, {@link #next} again. It does no I/O and reads no
 * clock: all moments are {@code System.nanoTime()} values handed in. Confined to one thread at a
 * time.
 */
public final class Failover {
    static final Duration FIRST_BACK_OFF = Duration.ofMillis(250);
    static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(8);

    /**
     * A pause that a provider asks for is waited out only if shorter, while others could answer.
     */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** The same when there is nobody else. */
    static final Duration LONGEST_LAST_WAIT = Duration.ofSeconds(10);

    private final RoutePlan plan;
    private final Health health;
    private final RandomGenerator random;
    private final long startNanos;
    private final List<Attempt> attempts = new ArrayList<>(2);
    private final List<Slot> spent = new ArrayList<>(2);
    private int candidate;
    private int retries;
    private long delayNanos;
    private boolean lastResort;
    private boolean late;
    private Step.@Nullable Try current;
    private @Nullable Slot slot;
    private @Nullable Slot again;
    private @Nullable Step end;

    /**
     * One attempt that was made.
     *
     * @param number counts from 1
     * @param deployment where
     * @param key the key used; absent: none was sent
     * @param fault what went wrong
     */
    public record Attempt(
            int number, Deployment deployment, Optional<ProviderKey> key, ProviderFault fault) {}

    /**
     * A request that begins.
     *
     * @param startNanos from when the total deadlines count
     */
    public Failover(RoutePlan plan, Health health, RandomGenerator random, long startNanos) {
        this.plan = plan;
        this.health = health;
        this.random = random;
        this.startNanos = startNanos;
    }

    /** What to do now. */
    public Step next(long nowNanos) {
        if (end != null) {
            return end;
        }
        while (candidate < plan.candidates().size()) {
            Step.Try attempt = attempt(plan.candidates().get(candidate).deployment(), nowNanos);
            if (attempt != null) {
                current = attempt;
                return attempt;
            }
            advance();
        }
        if (!lastResort) {
            lastResort = true;
            candidate = 0;
            return next(nowNanos);
        }
        Step ended = Ending.of(plan, attempts, late, health, nowNanos);
        end = ended;
        return ended;
    }

    /**
     * The attempt goes well: call it at the commit point of a stream, or when a whole answer is
     * there.
     */
    public void onSuccess(long nowNanos) {
        health.succeeded(slot(), nowNanos);
    }

    /** The attempt failed before anything was promised to the client. */
    public Verdict onFault(ProviderFault fault, long nowNanos) {
        Step.Try tried = current();
        attempts.add(new Attempt(tried.number(), tried.deployment(), tried.key(), fault));
        Verdict verdict = Verdict.of(fault);
        switch (verdict) {
            case RETRY -> {
                judge(fault, nowNanos);
                retry(askedPause(fault));
            }
            case ROTATE -> {
                health.undecided(slot());
                askedPause(fault).ifPresent(pause -> health.pause(slot(), pause, nowNanos));
                rotate(askedPause(fault), nowNanos);
            }
            case SET_KEY_ASIDE -> {
                health.refused(slot(), Faults.status(fault), nowNanos);
                spent.add(slot());
            }
            case MOVE_ON -> {
                health.undecided(slot());
                advance();
            }
            case PASS_ON, STOP -> {
                judge(fault, nowNanos);
                candidate = plan.candidates().size();
                lastResort = true;
            }
        }
        return verdict;
    }

    /** The answer broke after the commit point: counts against the deployment, decides nothing. */
    public void onCut(ProviderFault fault, long nowNanos) {
        judge(fault, nowNanos);
    }

    /** The client went away, so the attempt tells nothing about the deployment. */
    public void onCancelled() {
        if (slot != null) {
            health.undecided(slot);
        }
    }

    /** Every attempt that failed, in order. */
    public List<Attempt> failures() {
        return Collections.unmodifiableList(attempts);
    }

    private void judge(ProviderFault fault, long now) {
        boolean blameless = fault instanceof ProviderFault.Rejected;
        if (blameless) {
            health.succeeded(slot(), now);
        } else if (Verdict.of(fault) == Verdict.RETRY
                && current().deployment().resilience().breaker()) {
            health.failed(slot(), now);
        } else {
            health.undecided(slot());
        }
    }

    private void retry(Optional<Duration> asked) {
        Resilience resilience = current().deployment().resilience();
        if (retries >= resilience.retries()) {
            advance();
            return;
        }
        retries++;
        long backOff =
                Doubling.jittered(
                        Doubling.of(FIRST_BACK_OFF, retries, LONGEST_BACK_OFF).toNanos(), random);
        delayNanos = Math.max(backOff, asked.orElse(Duration.ZERO).toNanos());
        boolean last = candidate == plan.candidates().size() - 1;
        Duration bound = last ? LONGEST_LAST_WAIT : LONGEST_WAIT;
        if (asked.isPresent() && asked.get().compareTo(bound) > 0) {
            advance();
        }
    }

    private void rotate(Optional<Duration> asked, long now) {
        spent.add(slot());
        if (pick(current().deployment(), now) != null) {
            delayNanos = 0;
            return;
        }
        Slot same = slot();
        int before = candidate;
        retry(asked);
        if (candidate == before) {
            again = same;
        }
    }

    private void advance() {
        candidate++;
        retries = 0;
        delayNanos = 0;
        again = null;
    }

    private Step.@Nullable Try attempt(Deployment deployment, long now) {
        long deadline = startNanos + deployment.resilience().total().toNanos();
        if (now + delayNanos - deadline >= 0) {
            late = true;
            return null;
        }
        ProviderKey key = null;
        Slot chosen = again;
        if (chosen == null) {
            Choice choice = pick(deployment, now);
            if (choice == null
                    || !health.take(choice.slot(), deployment.resilience().breaker(), now)) {
                return null;
            }
            chosen = choice.slot();
            key = choice.key();
        } else {
            again = null;
            key = current().key().orElse(null);
        }
        slot = chosen;
        long delay = delayNanos;
        delayNanos = 0;
        return new Step.Try(
                deployment, Optional.ofNullable(key), attempts.size() + 1, delay, deadline);
    }

    private record Choice(Slot slot, @Nullable ProviderKey key) {}

    /** One of the keys that are fit, by weight. */
    private @Nullable Choice pick(Deployment deployment, long now) {
        List<ProviderKey> keys = deployment.keys();
        if (keys.isEmpty()) {
            Slot keyless = new Slot(deployment.id(), "");
            return usable(keyless, deployment, now) ? new Choice(keyless, null) : null;
        }
        int total = 0;
        Choice choice = null;
        for (ProviderKey key : keys) {
            Slot candidateSlot = new Slot(deployment.id(), key.id());
            if (usable(candidateSlot, deployment, now)) {
                total += key.weight();
                if (total == key.weight() || random.nextInt(total) < key.weight()) {
                    choice = new Choice(candidateSlot, key);
                }
            }
        }
        return choice;
    }

    private boolean usable(Slot candidateSlot, Deployment deployment, long now) {
        if (isSpent(candidateSlot)) {
            return false;
        }
        return switch (health.fitness(candidateSlot, deployment.resilience().breaker(), now)) {
            case FIT -> !lastResort;
            case RESTING -> lastResort;
            case SHUT -> false;
        };
    }

    private boolean isSpent(Slot candidateSlot) {
        for (int i = 0; i < spent.size(); i++) {
            Slot gone = spent.get(i);
            if (gone.equals(candidateSlot)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Duration> askedPause(ProviderFault fault) {
        return switch (fault) {
            case ProviderFault.Throttled throttled -> throttled.retryAfter();
            case ProviderFault.Overloaded overloaded -> overloaded.retryAfter();
            case ProviderFault.Unreachable _,
                    ProviderFault.Broken _,
                    ProviderFault.TimedOut _,
                    ProviderFault.CredentialRefused _,
                    ProviderFault.ServerError _,
                    ProviderFault.Rejected _,
                    ProviderFault.NotThere _,
                    ProviderFault.Unsuitable _,
                    ProviderFault.Malformed _,
                    ProviderFault.TooLarge _,
                    ProviderFault.Empty _,
                    ProviderFault.InStreamError _ ->
                    Optional.empty();
        };
    }

    private Step.Try current() {
        if (current == null) {
            throw new IllegalStateException("no attempt yet (expected: next() first)");
        }
        return current;
    }

    private Slot slot() {
        if (slot == null) {
            throw new IllegalStateException("no attempt yet (expected: next() first)");
        }
        return slot;
    }
}
