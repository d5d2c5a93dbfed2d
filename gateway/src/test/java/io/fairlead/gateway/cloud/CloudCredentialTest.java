package io.fairlead.gateway.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Secret;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

class CloudCredentialTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private volatile Instant now = START;
    private final AtomicInteger fetched = new AtomicInteger();
    private volatile boolean broken;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private final CloudCredential credential =
            new CloudCredential(
                    "a token",
                    () -> {
                        int number = fetched.incrementAndGet();
                        gate.await();
                        if (broken) {
                            throw new IOException("secret-host.internal");
                        }
                        return new Grant.Token(
                                Secret.of("token-" + number), now.plus(Duration.ofHours(1)));
                    },
                    () -> now);

    private Grant asked() throws Exception {
        return credential.ask().get(20, TimeUnit.SECONDS);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void isFetchedOnceForAThousandCalls() throws Exception {
        gate = new CountDownLatch(1);
        List<CompletableFuture<Grant>> asked = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                CompletableFuture<Grant> one = credential.ask();
                                synchronized (asked) {
                                    asked.add(one);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        gate.countDown();

        for (CompletableFuture<Grant> one : asked) {
            assertThat(((Grant.Token) one.get(20, TimeUnit.SECONDS)).secret())
                    .isEqualTo(Secret.of("token-1"));
        }
        assertThat(asked).hasSize(1_000);
        assertThat(fetched).hasValue(1);
    }

    @Test
    void isRenewedBeforeItExpiresWhileTheOldOneServes() throws Exception {
        Grant first = asked();
        pass(Duration.ofMinutes(55));
        assertThat(credential.current()).isSameAs(first);
        assertThat(fetched).hasValue(1);

        pass(Duration.ofMinutes(2));
        gate = new CountDownLatch(1);
        assertThat(credential.current()).isSameAs(first);
        assertThat(credential.current()).isSameAs(first);
        gate.countDown();

        await(() -> !first.equals(credential.current()));
        assertThat(fetched).hasValue(2);
    }

    @Test
    void servesOnWhenARenewalFailsAndIsNotAskedForTooOften() throws Exception {
        Grant first = asked();
        broken = true;
        pass(Duration.ofMinutes(57));
        assertThat(credential.current()).isSameAs(first);
        await(() -> fetched.get() == 2);
        for (int i = 0; i < 1_000; i++) {
            assertThat(credential.current()).isSameAs(first);
        }
        assertThat(fetched).hasValue(2);

        pass(Duration.ofMinutes(3));
        assertThat(credential.current()).isNull();
    }

    @Test
    void aFailureIsRememberedForAWhileAndNamesNoHost() throws Exception {
        broken = true;
        assertThatThrownBy(this::asked)
                .hasCauseInstanceOf(CloudException.class)
                .hasMessageContaining("a token: no answer")
                .hasMessageNotContaining("secret-host");
        assertThatThrownBy(this::asked).hasCauseInstanceOf(CloudException.class);
        assertThat(fetched).hasValue(1);

        broken = false;
        pass(Duration.ofSeconds(2));
        assertThat(asked()).isInstanceOf(Grant.Token.class);
        assertThat(fetched).hasValue(2);
    }

    @Test
    void whatIsRefusedIsFetchedAnewButNotForEachRequest() throws Exception {
        Grant first = asked();
        assertThat(credential.refused(first)).isTrue();
        assertThat(credential.refused(first)).as("a second call with the same").isTrue();
        Grant second = asked();
        assertThat(second).isNotEqualTo(first);
        assertThat(fetched).hasValue(2);

        assertThat(credential.refused(second)).as("at once again").isFalse();
        assertThat(credential.current()).isSameAs(second);
        pass(Duration.ofSeconds(11));
        assertThat(credential.refused(second)).isTrue();
    }

    @Test
    void whatNeverExpiresStays() throws Exception {
        Grant keys =
                new Grant.AwsKeys(
                        Secret.of("id"),
                        Secret.of("secret"),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.MAX);
        CloudCredential fixed = new CloudCredential("keys", () -> keys, () -> now);
        fixed.ask().get(20, TimeUnit.SECONDS);
        pass(Duration.ofDays(4_000));

        assertThat(Objects.requireNonNull(fixed.current())).isSameAs(keys);
        assertThat(fixed.refused(keys)).isFalse();
    }
}
