package io.fairlead.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.routing.Health.Condition;
import io.fairlead.gateway.routing.Health.Fitness;
import io.fairlead.gateway.routing.Health.Slot;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

final class HealthTest {
    private static final Slot SLOT = new Slot("a/x", "a#1");
    private final Health health = new Health();

    private void open(long now) {
        for (int i = 0; i < Breaker.CONSECUTIVE; i++) {
            health.failed(SLOT, now);
        }
    }

    @Test
    void healthyDeploymentsLeaveNoTrace() {
        for (int i = 0; i < 100; i++) {
            assertThat(health.take(SLOT, true, i)).isTrue();
            health.succeeded(SLOT, i);
        }
        assertThat(health.conditions(0)).isEmpty();
    }

    @Test
    void opensAfterFailuresInARowOnly() {
        for (int i = 0; i < Breaker.CONSECUTIVE - 1; i++) {
            health.failed(SLOT, 0);
        }
        health.succeeded(SLOT, 0);
        for (int i = 0; i < Breaker.CONSECUTIVE - 1; i++) {
            health.failed(SLOT, 0);
            assertThat(health.fitness(SLOT, true, 0)).isEqualTo(Fitness.FIT);
        }
        health.failed(SLOT, 0);
        assertThat(health.fitness(SLOT, true, 0)).isEqualTo(Fitness.SHUT);
        assertThat(health.fitness(SLOT, false, 0)).isEqualTo(Fitness.FIT);
    }

    @Test
    void opensWhenHalfOfManyCallsFail() {
        for (int i = 0; i < Breaker.ENOUGH_CALLS; i++) {
            assertThat(health.fitness(SLOT, true, i)).isEqualTo(Fitness.FIT);
            if (i % 2 == 0) {
                health.failed(SLOT, i);
            } else {
                health.succeeded(SLOT, i);
            }
        }
        health.failed(SLOT, 100);
        assertThat(health.fitness(SLOT, true, 100)).isEqualTo(Fitness.SHUT);
    }

    @Test
    void staysOpenTwiceAsLongAfterAFailedProbe() {
        open(0);
        long halfOpen = Breaker.FIRST_COOLDOWN.toNanos();
        assertThat(health.take(SLOT, true, halfOpen)).isTrue();
        health.failed(SLOT, halfOpen);
        assertThat(health.untilProbe(SLOT, halfOpen))
                .isEqualTo(Breaker.FIRST_COOLDOWN.multipliedBy(2));
        assertThat(Breaker.cooldown(1_000)).isEqualTo(Breaker.LONGEST_COOLDOWN);
    }

    @Test
    void lateFailuresOfOlderCallsDoNotReopen() {
        open(0);
        Duration before = health.untilProbe(SLOT, 0);
        health.failed(SLOT, 1);
        assertThat(health.untilProbe(SLOT, 0)).isEqualTo(before);
    }

    @Test
    void tellsOperatorsWhatIsTheMatter() {
        open(0);
        health.refused(new Slot("b/y", "b#1"), 401, 0);
        health.pause(new Slot("c/z", "c#1"), Duration.ofSeconds(9), 0);
        assertThat(health.conditions(1))
                .extracting(Condition::state)
                .containsExactlyInAnyOrder(
                        Condition.State.OPEN, Condition.State.SET_ASIDE, Condition.State.PAUSED);
    }

    @Test
    void remembersABoundedNumberOfSlots() {
        for (int i = 0; i < Health.MOST_SLOTS + 500; i++) {
            health.failed(new Slot("a/" + i, ""), 0);
        }
        assertThat(health.conditions(0)).hasSizeLessThanOrEqualTo(Health.MOST_SLOTS);
        long later = Breaker.WINDOW.toNanos() * 2;
        health.failed(new Slot("a/new", ""), later);
        assertThat(health.conditions(later)).hasSize(1);
    }

    @Test
    void letsExactlyOneOfManyThreadsProbe() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            Health contended = new Health();
            for (int i = 0; i < Breaker.CONSECUTIVE; i++) {
                contended.failed(SLOT, 0);
            }
            long halfOpen = Breaker.FIRST_COOLDOWN.toNanos();
            AtomicInteger probes = new AtomicInteger();
            inParallel(
                    16,
                    () -> {
                        if (contended.take(SLOT, true, halfOpen)) {
                            probes.incrementAndGet();
                        }
                    });
            assertThat(probes).hasValue(1);
        }
    }

    @Test
    void losesNoFailureOfManyThreads() throws InterruptedException {
        AtomicInteger failures = new AtomicInteger();
        inParallel(
                8,
                () -> {
                    for (int i = 0; i < 500; i++) {
                        health.failed(SLOT, 0);
                        failures.incrementAndGet();
                    }
                });
        assertThat(health.conditions(0).getFirst().failures()).isEqualTo(failures.get());
    }

    private static void inParallel(int threads, Runnable work) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    start.await();
                                    work.run();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }));
        }
        start.countDown();
        for (Thread thread : running) {
            thread.join();
        }
    }
}
