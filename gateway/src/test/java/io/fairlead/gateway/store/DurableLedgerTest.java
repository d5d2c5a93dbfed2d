package io.fairlead.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.ledger.DurableLedger;
import io.fairlead.gateway.ledger.JournalSettings;
import io.fairlead.gateway.ledger.RecordSamples;
import io.fairlead.gateway.ledger.RequestFilter;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestStore;
import io.fairlead.gateway.ledger.Retention;
import io.fairlead.gateway.ledger.StoreUnavailableException;
import io.fairlead.gateway.ledger.UsageQuery;
import io.fairlead.kernel.Money;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Journal and store together: what was appended is found at once, once, and after any trouble. */
class DurableLedgerTest {
    @TempDir Path folder;

    @Test
    void findsARequestRightAfterItWasAppended() throws Exception {
        try (DurableLedger ledger = open()) {
            for (int i = 0; i < 20; i++) {
                RequestRecord entry = RecordSamples.plain("id-" + i, RecordSamples.START);
                ledger.append(entry);
                assertThat(ledger.request("id-" + i)).hasValue(entry);
                assertThat(requests(ledger)).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void leavesNoJournalAfterACleanEnd() throws Exception {
        try (DurableLedger ledger = open()) {
            append(ledger, 0, 100);
        }
        try (Stream<Path> left = Files.list(folder.resolve("journal"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("lock");
        }
        try (DurableLedger ledger = open()) {
            assertThat(requests(ledger)).isEqualTo(100);
            assertThat(ledger.stats().known()).isZero();
        }
    }

    @Test
    void isReadyBeforeTheStoreIsOpen() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        RequestStore.Opener opener =
                () -> {
                    try {
                        slow.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return SqliteStore.open(database());
                };
        try (DurableLedger ledger = open(opener)) {
            assertThat(ledger.accepting()).isTrue();
            append(ledger, 0, 10);
            slow.countDown();
            assertThat(requests(ledger)).isEqualTo(10);
        }
    }

    @Test
    void triesAgainUntilTheStoreOpens() throws Exception {
        int[] attempts = {0};
        RequestStore.Opener opener =
                () -> {
                    if (attempts[0]++ < 2) {
                        throw new StoreUnavailableException("store: not yet");
                    }
                    return SqliteStore.open(database());
                };
        try (DurableLedger ledger = open(opener)) {
            append(ledger, 0, 10);
            assertThat(requests(ledger)).isEqualTo(10);
            assertThat(attempts[0]).isEqualTo(3);
        }
    }

    @Test
    void keepsRecordsWhileTheStoreIsLocked() throws Exception {
        try (DurableLedger ledger = open()) {
            append(ledger, 0, 10);
            assertThat(requests(ledger)).isEqualTo(10);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN EXCLUSIVE");
                append(ledger, 10, 1000);
                await(() -> ledger.stats().problem().isPresent());
                assertThat(ledger.stats().problem().orElseThrow()).contains("locked");
                assertThat(ledger.stats().lag()).isPositive();
                assertThatThrownBy(() -> requests(ledger))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("locked");
                statement.execute("ROLLBACK");
            }
            await(() -> ledger.stats().problem().isEmpty());
            assertThat(requests(ledger)).isEqualTo(1000);
            assertThat(ledger.stats().lag()).isZero();
        }
    }

    @Test
    void refusesWhenTheStoreIsAwayTooLongAndRecovers() throws Exception {
        boolean[] away = {true};
        RequestStore.Opener opener =
                () -> {
                    if (away[0]) {
                        throw new StoreUnavailableException("store: away");
                    }
                    return SqliteStore.open(database());
                };
        int appended = 0;
        try (DurableLedger ledger = open(opener)) {
            while (ledger.accepting() || ledger.stats().journal().segments() < 16) {
                if (ledger.accepting()) {
                    append(ledger, appended, ++appended);
                }
            }
            assertThat(appended).isGreaterThan(2000);
            away[0] = false;
            await(ledger::accepting);
            append(ledger, appended, ++appended);
            assertThat(requests(ledger)).isEqualTo(appended);
        }
    }

    @Test
    void takesRecordsOfManyThreadsAndSumsThemExactly() throws Exception {
        int threads = 8;
        long each = 20_000;
        JournalSettings settings = JournalSettings.in(folder.resolve("journal"));
        try (DurableLedger ledger = open(settings, Stores.sqlite(database()))) {
            List<Thread> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                long first = t * each;
                all.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    for (long i = first; i < first + each; i++) {
                                        append(ledger, i, i + 1);
                                    }
                                }));
            }
            for (Thread thread : all) {
                thread.join();
            }
            await(() -> ledger.stats().lag().isZero());
            assertThat(requests(ledger)).isEqualTo(threads * each);
            assertThat(spend(ledger))
                    .isEqualTo(
                            new Money(
                                    new BigDecimal("0.0000125")
                                            .multiply(BigDecimal.valueOf(threads * each))));
            assertThat(ledger.stats().journal().refused()).isZero();
        }
    }

    private DurableLedger open() throws IOException {
        return open(Stores.sqlite(database()));
    }

    private DurableLedger open(RequestStore.Opener opener) throws IOException {
        int segment = 64 * 1024;
        return open(
                new JournalSettings(folder.resolve("journal"), segment, 16L * segment, 0, 0),
                opener);
    }

    private static DurableLedger open(JournalSettings settings, RequestStore.Opener opener)
            throws IOException {
        return DurableLedger.open(
                settings, opener, Retention.FOREVER, InstantSource.fixed(RecordSamples.START));
    }

    private Path database() {
        return folder.resolve("ledger.db");
    }

    private static void append(DurableLedger ledger, long from, long to) {
        for (long i = from; i < to; i++) {
            while (!ledger.accepting()) {
                LockSupport.parkNanos(20_000);
            }
            ledger.append(
                    RecordSamples.plain("id-%09d".formatted(i), RecordSamples.START.plusMillis(i)));
        }
    }

    private static long requests(DurableLedger ledger) {
        return ledger.usage(new UsageQuery(RequestFilter.ALL, List.of(), 1)).totals().requests();
    }

    private static Money spend(DurableLedger ledger) {
        return ledger.usage(new UsageQuery(RequestFilter.ALL, List.of(), 1)).totals().spend();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(1);
        }
    }
}
