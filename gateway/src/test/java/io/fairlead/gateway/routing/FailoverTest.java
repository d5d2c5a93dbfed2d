package io.fairlead.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.ProviderKey;
import io.fairlead.gateway.catalogue.Resilience;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.ProviderFault.Deadline;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

final class FailoverTest {
    private static final ProviderFault.ServerError BROKEN =
            new ProviderFault.ServerError(500, "oops");
    private static final ProviderFault.CredentialRefused REFUSED =
            new ProviderFault.CredentialRefused(401, "bad key");

    private final Health health = new Health();
    private long now = -5_000_000_000L;

    private Failover failover(Deployment... deployments) {
        return new Failover(Some.plan(deployments), health, new Random(7), now);
    }

    private static ProviderFault throttled(Duration retryAfter) {
        return new ProviderFault.Throttled(429, Optional.of(retryAfter), "slow down");
    }

    private Step.Try attempt(Failover failover) {
        Step step = failover.next(now);
        assertThat(step).isInstanceOf(Step.Try.class);
        now += ((Step.Try) step).delayNanos();
        return (Step.Try) step;
    }

    private GatewayError error(Failover failover) {
        Step step = failover.next(now);
        assertThat(step).isInstanceOf(Step.GiveUp.class);
        return ((Step.GiveUp) step).error();
    }

    private List<String> failAlways(Failover failover, ProviderFault fault) {
        List<String> tried = new ArrayList<>();
        while (failover.next(now) instanceof Step.Try attempt) {
            now += attempt.delayNanos();
            tried.add(
                    attempt.deployment().id()
                            + attempt.key().map(key -> " " + key.id()).orElse(""));
            failover.onFault(fault, now);
            assertThat(tried).hasSizeLessThan(100);
        }
        return tried;
    }

    @Test
    void retriesThenFallsBackThenNamesEveryAttempt() {
        Failover failover =
                failover(
                        Some.deployment("a/x", 1, Resilience.DEFAULT),
                        Some.deployment("b/y", 1, Some.NO_RETRIES));
        assertThat(failAlways(failover, BROKEN))
                .containsExactly("a/x a#1", "a/x a#1", "a/x a#1", "b/y b#1");
        GatewayError error = error(failover);
        assertThat(error.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(error.status()).isEqualTo(502);
        assertThat(error.message()).contains("a/x 500, a/x 500, a/x 500, b/y 500").contains("oops");
    }

    @Test
    void backsOffLongerEachTimeAndNeverInStep() {
        Failover failover = failover(Some.deployment("a/x", 0, Some.resilience(3, false)));
        List<Long> delays = new ArrayList<>();
        while (failover.next(now) instanceof Step.Try attempt) {
            delays.add(Duration.ofNanos(attempt.delayNanos()).toMillis());
            failover.onFault(BROKEN, now);
        }
        assertThat(delays.get(0)).isZero();
        assertThat(delays.get(1)).isBetween(125L, 250L);
        assertThat(delays.get(2)).isBetween(250L, 500L);
        assertThat(delays.get(3)).isBetween(500L, 1_000L);
    }

    @Test
    void successAfterARetryLeavesNothingBehind() {
        Failover failover = failover(Some.deployment("a/x", 1, Resilience.DEFAULT));
        attempt(failover);
        failover.onFault(BROKEN, now);
        assertThat(attempt(failover).number()).isEqualTo(2);
        failover.onSuccess(now);
        assertThat(failover.failures()).hasSize(1);
        assertThat(health.conditions(now)).allSatisfy(it -> assertThat(it.failures()).isZero());
    }

    @Test
    void rejectionStopsAtOnceAndPassesOn() {
        Failover failover =
                failover(
                        Some.deployment("a/x", 1, Resilience.DEFAULT),
                        Some.deployment("b/y", 1, Resilience.DEFAULT));
        attempt(failover);
        ProviderFault.Rejected rejected = new ProviderFault.Rejected(422, "no such parameter");
        assertThat(failover.onFault(rejected, now)).isEqualTo(Verdict.PASS_ON);
        assertThat(failover.next(now)).isEqualTo(new Step.PassOn(rejected));
        assertThat(health.conditions(now)).isEmpty();
    }

    @Test
    void modelThatIsNotThereMayBeElsewhere() {
        Failover failover =
                failover(
                        Some.deployment("a/x", 1, Resilience.DEFAULT),
                        Some.deployment("b/y", 1, Resilience.DEFAULT));
        attempt(failover);
        failover.onFault(new ProviderFault.NotThere(404, "unknown model"), now);
        assertThat(attempt(failover).deployment().id()).isEqualTo("b/y");
    }

    @Test
    void modelThatIsNowhereKeepsThe404() {
        Failover failover = failover(Some.deployment("a/x", 1, Resilience.DEFAULT));
        attempt(failover);
        ProviderFault fault = new ProviderFault.NotThere(404, "unknown model");
        failover.onFault(fault, now);
        assertThat(failover.next(now)).isEqualTo(new Step.PassOn(fault));
    }

    @Test
    void throttledKeyGivesWayToAnotherAtOnce() {
        Failover failover = failover(Some.deployment("a/x", 2, Some.NO_RETRIES));
        ProviderKey first = attempt(failover).key().orElseThrow();
        failover.onFault(throttled(Duration.ofSeconds(30)), now);
        Step.Try second = attempt(failover);
        assertThat(second.delayNanos()).isZero();
        assertThat(second.key().orElseThrow()).isNotEqualTo(first);
        failover.onSuccess(now);
        for (int i = 0; i < 20; i++) {
            Failover later = failover(Some.deployment("a/x", 2, Some.NO_RETRIES));
            assertThat(attempt(later).key()).isEqualTo(second.key());
        }
    }

    @Test
    void honoursAShortRetryAfterOfTheOnlyProvider() {
        Failover failover = failover(Some.deployment("a/x", 1, Resilience.DEFAULT));
        attempt(failover);
        failover.onFault(throttled(Duration.ofSeconds(2)), now);
        assertThat(attempt(failover).delayNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void doesNotWaitForASlowProviderWhileAnotherCouldAnswer() {
        Failover failover =
                failover(
                        Some.deployment("a/x", 1, Resilience.DEFAULT),
                        Some.deployment("b/y", 1, Resilience.DEFAULT));
        attempt(failover);
        failover.onFault(throttled(Duration.ofSeconds(2)), now);
        Step.Try next = attempt(failover);
        assertThat(next.deployment().id()).isEqualTo("b/y");
        assertThat(next.delayNanos()).isZero();
    }

    @Test
    void throttlingStays429WithTheProvidersOwnRetryAfter() {
        Failover failover = failover(Some.deployment("a/x", 1, Resilience.DEFAULT));
        assertThat(failAlways(failover, throttled(Duration.ofSeconds(77)))).hasSize(1);
        GatewayError error = error(failover);
        assertThat(error.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(error.status()).isEqualTo(429);
        assertThat(error.retryAfter()).contains(Duration.ofSeconds(77));
    }

    @Test
    void throttledDeploymentIsStillAskedWhenThereIsNoOther() {
        Deployment only = Some.deployment("a/x", 1, Some.NO_RETRIES);
        failAlways(failover(only), throttled(Duration.ofSeconds(30)));
        Failover next = failover(only);
        attempt(next);
        next.onSuccess(now);
    }

    @Test
    void refusedKeyIsSetAsideForLaterRequests() {
        Deployment pool = Some.deployment("a/x", 2, Resilience.DEFAULT);
        Failover first = failover(pool);
        ProviderKey bad = attempt(first).key().orElseThrow();
        first.onFault(REFUSED, now);
        Step.Try second = attempt(first);
        assertThat(second.key().orElseThrow()).isNotEqualTo(bad);
        first.onSuccess(now);
        for (int i = 0; i < 20; i++) {
            assertThat(attempt(failover(pool)).key().orElseThrow()).isNotEqualTo(bad);
        }
    }

    @Test
    void refusedCredentialIsNeverTheClientsFault() {
        for (int status : new int[] {401, 402, 403}) {
            Failover failover =
                    failover(Some.deployment("p" + status + "/x", 2, Resilience.DEFAULT));
            ProviderFault fault = new ProviderFault.CredentialRefused(status, "no");
            assertThat(failAlways(failover, fault)).hasSize(2).doesNotHaveDuplicates();
            assertThat(error(failover).status()).isEqualTo(502);
        }
    }

    @Test
    void soleRefusedKeyIsAskedOncePerRequestSoThatTheCauseIsSeen() {
        Deployment only = Some.deployment("a/x", 1, Resilience.DEFAULT);
        failAlways(failover(only), REFUSED);
        Failover next = failover(only);
        assertThat(failAlways(next, REFUSED)).hasSize(1);
        assertThat(error(next).code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void statusesBecomeWhatTheContractSays() {
        assertThat(finalStatus(new ProviderFault.ServerError(500, ""))).isEqualTo(502);
        assertThat(finalStatus(new ProviderFault.ServerError(504, ""))).isEqualTo(504);
        assertThat(finalStatus(new ProviderFault.ServerError(408, ""))).isEqualTo(504);
        assertThat(finalStatus(new ProviderFault.Overloaded(503, Optional.empty(), "")))
                .isEqualTo(503);
        assertThat(finalStatus(new ProviderFault.Overloaded(529, Optional.empty(), "")))
                .isEqualTo(503);
        assertThat(finalStatus(new ProviderFault.Unreachable("refused"))).isEqualTo(502);
        assertThat(finalStatus(new ProviderFault.Broken("reset"))).isEqualTo(502);
        assertThat(finalStatus(new ProviderFault.Malformed("html"))).isEqualTo(502);
        assertThat(finalStatus(new ProviderFault.Empty(""))).isEqualTo(502);
        assertThat(
                        finalStatus(
                                new ProviderFault.TimedOut(
                                        Deadline.FIRST_TOKEN, Duration.ofSeconds(1))))
                .isEqualTo(504);
        assertThat(finalStatus(new ProviderFault.TimedOut(Deadline.TOTAL, Duration.ofSeconds(1))))
                .isEqualTo(504);
        assertThat(finalStatus(new ProviderFault.InStreamError(0, Optional.empty(), "")))
                .isEqualTo(502);
        assertThat(finalStatus(new ProviderFault.InStreamError(429, Optional.empty(), "")))
                .isEqualTo(429);
        assertThat(finalStatus(new ProviderFault.InStreamError(400, Optional.empty(), "")))
                .isEqualTo(400);
        assertThat(finalStatus(new ProviderFault.InStreamError(529, Optional.empty(), "")))
                .isEqualTo(503);
    }

    private int finalStatus(ProviderFault fault) {
        Health fresh = new Health();
        Failover failover =
                new Failover(
                        Some.plan(Some.deployment("a/x", 1, Some.NO_RETRIES)),
                        fresh,
                        new Random(1),
                        now);
        failover.next(now);
        failover.onFault(fault, now);
        return error(failover).status();
    }

    @Test
    void allCoolingDownIs503WithTheTimeToComeBack() {
        Deployment flaky = Some.deployment("a/x", 1, Some.resilience(0, true));
        for (int i = 0; i < Breaker.CONSECUTIVE; i++) {
            failAlways(failover(flaky), BROKEN);
        }
        Failover next = failover(flaky);
        GatewayError error = error(next);
        assertThat(error.code()).isEqualTo(ErrorCode.NO_DEPLOYMENT_AVAILABLE);
        assertThat(error.status()).isEqualTo(503);
        assertThat(error.retryAfter()).contains(Breaker.FIRST_COOLDOWN);
        now += Breaker.FIRST_COOLDOWN.toNanos();
        Failover probe = failover(flaky);
        attempt(probe);
        assertThat(failover(flaky).next(now)).isInstanceOf(Step.GiveUp.class);
        probe.onSuccess(now);
        attempt(failover(flaky));
    }

    @Test
    void breakerThatIsOffNeverOpens() {
        Deployment flaky = Some.deployment("a/x", 1, Some.resilience(0, false));
        for (int i = 0; i < 50; i++) {
            assertThat(failAlways(failover(flaky), BROKEN)).hasSize(1);
        }
    }

    @Test
    void cancelledProbeLetsTheNextOneThrough() {
        Deployment flaky = Some.deployment("a/x", 1, Some.resilience(0, true));
        for (int i = 0; i < Breaker.CONSECUTIVE; i++) {
            failAlways(failover(flaky), BROKEN);
        }
        now += Breaker.FIRST_COOLDOWN.toNanos();
        Failover probe = failover(flaky);
        attempt(probe);
        probe.onCancelled();
        attempt(failover(flaky));
    }

    @Test
    void cutAfterTheCommitPointCountsAgainstTheDeployment() {
        Deployment flaky = Some.deployment("a/x", 1, Some.resilience(0, true));
        for (int i = 0; i < Breaker.CONSECUTIVE; i++) {
            Failover failover = failover(flaky);
            attempt(failover);
            failover.onCut(new ProviderFault.Broken("reset"), now);
        }
        assertThat(failover(flaky).next(now)).isInstanceOf(Step.GiveUp.class);
    }

    @Test
    void noAttemptBeginsAfterTheTotalDeadline() {
        Resilience usual = Resilience.DEFAULT;
        Resilience brief =
                new Resilience(
                        9,
                        true,
                        usual.connect(),
                        usual.firstToken(),
                        usual.idle(),
                        Duration.ofMillis(600));
        Failover failover = failover(Some.deployment("a/x", 1, brief));
        long start = now;
        while (failover.next(now) instanceof Step.Try attempt) {
            now += attempt.delayNanos();
            assertThat(now).isLessThan(start + Duration.ofMillis(600).toNanos());
            assertThat(attempt.deadlineNanos()).isEqualTo(start + Duration.ofMillis(600).toNanos());
            now += Duration.ofMillis(100).toNanos();
            failover.onFault(BROKEN, now);
        }
        assertThat(failover.failures()).hasSizeBetween(1, 3);
        assertThat(error(failover).status()).isEqualTo(502);
    }

    @Test
    void weighsKeysByTheirShare() {
        Deployment base = Some.deployment("a/x", 2, Resilience.DEFAULT);
        List<ProviderKey> keys =
                List.of(
                        new ProviderKey("a#1", base.keys().get(0).secret(), 3),
                        new ProviderKey("a#2", base.keys().get(1).secret(), 1));
        Deployment weighted =
                new Deployment(
                        base.id(),
                        base.provider(),
                        base.catalogueProvider(),
                        base.model(),
                        base.protocol(),
                        base.dialect(),
                        base.address(),
                        base.auth(),
                        keys,
                        base.headers(),
                        base.price(),
                        base.quirks(),
                        base.conform(),
                        base.resilience(),
                        base.facts());
        Random random = new Random(42);
        int first = 0;
        for (int i = 0; i < 4_000; i++) {
            Failover failover = new Failover(Some.plan(weighted), health, random, now);
            first += attempt(failover).key().orElseThrow().id().equals("a#1") ? 1 : 0;
        }
        assertThat(first).isBetween(2_850, 3_150);
    }

    @Test
    void anyFaultsEndInBoundedAttemptsAndOneAnswer() {
        long seed = 20_261_122L;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            Health fresh = new Health();
            Deployment[] deployments = new Deployment[1 + random.nextInt(4)];
            int bound = 0;
            for (int i = 0; i < deployments.length; i++) {
                int keys = random.nextInt(4);
                int retries = random.nextInt(4);
                deployments[i] =
                        Some.deployment(
                                "p" + i + "/m",
                                keys,
                                Some.resilience(retries, random.nextBoolean()));
                bound += retries + 1 + Math.max(1, keys);
            }
            Failover failover = new Failover(Some.plan(deployments), fresh, random, now);
            List<String> gone = new ArrayList<>();
            int attempts = 0;
            while (failover.next(now) instanceof Step.Try attempt) {
                attempts++;
                assertThat(attempt.number())
                        .as("seed %d round %d", seed, round)
                        .isEqualTo(attempts);
                String slot = attempt.deployment().id() + attempt.key().map(ProviderKey::id);
                assertThat(gone).as("seed %d round %d", seed, round).doesNotContain(slot);
                now += attempt.delayNanos() + random.nextInt(1_000_000);
                ProviderFault fault = fault(random);
                if (failover.onFault(fault, now) == Verdict.SET_KEY_ASIDE) {
                    gone.add(slot);
                }
                assertThat(attempts).as("seed %d round %d", seed, round).isLessThanOrEqualTo(bound);
            }
            Step end = failover.next(now);
            assertThat(failover.next(now)).as("seed %d round %d", seed, round).isSameAs(end);
            assertThat(attempts).as("seed %d round %d", seed, round).isPositive();
            if (end instanceof Step.GiveUp giveUp) {
                assertThat(giveUp.error().status()).isBetween(400, 504);
            }
        }
    }

    private static ProviderFault fault(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> new ProviderFault.Unreachable("refused");
            case 1 -> new ProviderFault.Broken("reset");
            case 2 -> throttled(Duration.ofMillis(random.nextInt(20_000)));
            case 3 -> new ProviderFault.Throttled(429, Optional.empty(), "");
            case 4 -> REFUSED;
            case 5 -> BROKEN;
            case 6 -> new ProviderFault.NotThere(404, "");
            case 7 -> new ProviderFault.Empty("");
            default ->
                    random.nextInt(10) == 0
                            ? new ProviderFault.Rejected(400, "")
                            : new ProviderFault.Malformed("");
        };
    }
}
