package io.fairlead.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.ledger.EncodedRecord;
import io.fairlead.gateway.ledger.RecordSamples;
import io.fairlead.gateway.ledger.RequestFilter;
import io.fairlead.gateway.ledger.RequestPage;
import io.fairlead.gateway.ledger.RequestQuery;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.Retention;
import io.fairlead.gateway.ledger.StoreUnavailableException;
import io.fairlead.gateway.ledger.UsageQuery;
import io.fairlead.gateway.ledger.UsageQuery.Grouping;
import io.fairlead.gateway.ledger.UsageReport;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** The SQLite store keeps each request once, finds it again and sums it exactly. */
class SqliteStoreTest {
    private static final Instant START = RecordSamples.START;

    @TempDir Path folder;
    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("ledger.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void givesBackEveryRecord() {
        List<RequestRecord> entries =
                IntStream.range(0, 300)
                        .mapToObj(i -> RecordSamples.random(new Random(i), "id-" + i))
                        .toList();
        assertThat(store(entries)).isEqualTo(300);
        for (RequestRecord entry : entries) {
            assertThat(store.request(entry.id())).hasValue(entry);
        }
        assertThat(store.request("other")).isEmpty();
    }

    @Test
    void storesARequestOnceHoweverOftenItComes() {
        RequestRecord entry = RecordSamples.plain("id", START);
        assertThat(store(List.of(entry, entry))).isEqualTo(1);
        assertThat(store(List.of(entry))).isZero();
        assertThat(total(RequestFilter.ALL).requests()).isOne();
        assertThat(total(RequestFilter.ALL).spend()).isEqualTo(Money.usd("0.0000125"));
    }

    @Test
    void sumsSpendToTheLastDigit() {
        Random random = new Random(42);
        Money expected = Money.ZERO;
        for (int batch = 0; batch < 20; batch++) {
            List<RequestRecord> entries = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                RequestRecord entry = RecordSamples.random(random, batch + "-" + i);
                entries.add(entry);
                expected = expected.plus(entry.spend().orElse(Money.ZERO));
            }
            store(entries);
        }
        assertThat(total(RequestFilter.ALL).spend()).isEqualTo(expected);
    }

    @Test
    void keepsWhatIsTinyAndWhatIsAbsurd() {
        RequestRecord plain = RecordSamples.plain("a", START);
        Usage absurd = new Usage(Long.MAX_VALUE, 0, 0, 0, 0, -7, 0, 0, 0);
        store(List.of(RecordSamples.withSpend(plain, Usage.NONE, "0.000000000000000000000000001")));
        store(
                IntStream.range(0, 100)
                        .mapToObj(i ->
                                RecordSamples.withSpend(
                                        RecordSamples.plain("b" + i, START),
                                        absurd,
                                        "999999999999.999999999999999999999999999"))
                        .toList());
        UsageReport.UsageTotals total = total(RequestFilter.ALL);
        assertThat(total.spend())
                .isEqualTo(Money.usd("99999999999999.999999999999999999999999901"));
        assertThat(total.inputTokens()).isEqualTo(100_000_000_000_000L);
        assertThat(total.outputTokens()).isZero();
        assertThat(store.request("b1").orElseThrow().usage()).isEqualTo(absurd);
    }

    @Test
    void countsWhatIsUnpricedFailedAndCancelled() {
        List<RequestRecord> entries =
                IntStream.range(0, 200)
                        .mapToObj(i -> RecordSamples.random(new Random(i), "id-" + i))
                        .toList();
        store(entries);
        UsageReport.UsageTotals total = total(RequestFilter.ALL);
        assertThat(total.unpriced())
                .isEqualTo(entries.stream().filter(e -> e.spend().isEmpty()).count());
        assertThat(total.errors()).isEqualTo(count(entries, RequestRecord.Outcome.FAILED));
        assertThat(total.cancelled()).isEqualTo(count(entries, RequestRecord.Outcome.CANCELLED));
    }

    @Test
    void pagesFromTheNewestAndStaysInPlaceWhileRequestsCome() {
        List<RequestRecord> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // Many at the same moment.
            entries.add(RecordSamples.plain("id-" + i, START.plusSeconds(i / 10)));
        }
        store(entries);
        List<String> seen = new ArrayList<>();
        RequestQuery query = RequestQuery.newest(7);
        for (int page = 0; page < 100; page++) {
            RequestPage found = store.requests(query);
            found.entries().forEach(entry -> seen.add(entry.id()));
            if (found.next().isEmpty()) {
                break;
            }
            query = query.behind(found.next().get());
            store(List.of(RecordSamples.plain("new-" + page, START.plusSeconds(1000 + page))));
        }
        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "id-" + (99 - i)).toList());
    }

    @Test
    void findsByEveryFilter() {
        store(
                List.of(
                        caller("1", "ka", "blue", "ann", "openai/gpt-5"),
                        caller("2", "kb", "blue", "bob", "openai/gpt-5"),
                        caller("3", "ka", "red", "ann", "groq/llama"),
                        RecordSamples.withLabels(
                                caller("4", "kc", "red", "eve", "groq/llama"),
                                List.of("beta", "it's"),
                                Map.of())));
        assertThat(ids(filter(List.of("ka"), "", "", "", ""))).containsExactly("3", "1");
        assertThat(ids(filter(List.of("name-kb"), "", "", "", ""))).containsExactly("2");
        assertThat(ids(filter(List.of("kb", "kc"), "", "", "", ""))).containsExactly("4", "2");
        assertThat(ids(filter(List.of(), "blue", "", "", ""))).containsExactly("2", "1");
        assertThat(ids(filter(List.of(), "", "ann", "", ""))).containsExactly("3", "1");
        assertThat(ids(filter(List.of(), "", "", "groq/llama", ""))).containsExactly("4", "3");
        assertThat(ids(filter(List.of(), "", "", "", "it's"))).containsExactly("4");
        assertThat(ids(filter(List.of(), "", "", "", "prod"))).containsExactly("3", "2", "1");
        assertThat(ids(filter(List.of(), "red", "ann", "", "prod"))).containsExactly("3");
        assertThat(ids(filter(List.of("' OR 1 = 1 --"), "", "", "", ""))).isEmpty();
    }

    @Test
    void findsByTimeStatusOutcomeAndId() {
        List<RequestRecord> entries =
                IntStream.range(0, 200)
                        .mapToObj(i -> RecordSamples.random(new Random(i), "id-" + i))
                        .toList();
        store(entries);
        Instant from = START.plusSeconds(600);
        Instant to = START.plusSeconds(1800);
        RequestFilter between = between(from, to);
        RequestQuery query =
                new RequestQuery(
                        between,
                        List.of(),
                        List.of(
                                new RequestQuery.StatusRange(200, 299),
                                new RequestQuery.StatusRange(404, 404)),
                        List.of(RequestRecord.Outcome.COMPLETED, RequestRecord.Outcome.CANCELLED),
                        Optional.empty(),
                        1000);
        assertThat(store.requests(query).entries())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        entries.stream()
                                .filter(e -> !e.startedAt().isBefore(from))
                                .filter(e -> e.startedAt().isBefore(to))
                                .filter(e -> e.status() / 100 == 2 || e.status() == 404)
                                .filter(e -> e.outcome() != RequestRecord.Outcome.FAILED)
                                .toList());
        RequestQuery byId =
                new RequestQuery(
                        RequestFilter.ALL,
                        List.of("id-3", "id-x"),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        10);
        assertThat(store.requests(byId).entries()).containsExactly(entries.get(3));
    }

    @Test
    void sumsAnyPieceOfTimeExactly() {
        List<RequestRecord> entries =
                IntStream.range(0, 2000)
                        .mapToObj(i -> RecordSamples.plain("id-" + i, START.plusMillis(i * 7919L)))
                        .toList();
        store(entries);
        Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            Instant from = START.plusSeconds(random.nextInt(16_000));
            Instant to = from.plusSeconds(random.nextInt(1, 12_000));
            long expected =
                    entries.stream()
                            .filter(e -> !e.startedAt().isBefore(from))
                            .filter(e -> e.startedAt().isBefore(to))
                            .count();
            assertThat(total(between(from, to)).requests())
                    .as("%s to %s", from, to)
                    .isEqualTo(expected);
        }
    }

    @Test
    void groups() {
        store(
                List.of(
                        caller("1", "ka", "blue", "ann", "openai/gpt-5"),
                        caller("2", "kb", "blue", "bob", "openai/gpt-5"),
                        RecordSamples.withLabels(
                                caller("3", "ka", "red", "ann", "groq/llama"),
                                List.of("x", "y"),
                                Map.of()),
                        RecordSamples.withLabels(
                                RecordSamples.plain("4", START.plus(Duration.ofDays(40))),
                                List.of(),
                                Map.of())));
        assertThat(counts(Grouping.KEY))
                .isEqualTo(Map.of("name-ka", 2L, "name-kb", 1L, "app-a", 1L));
        assertThat(counts(Grouping.TEAM)).isEqualTo(Map.of("blue", 3L, "red", 1L));
        assertThat(counts(Grouping.MODEL))
                .isEqualTo(Map.of("openai/gpt-5", 2L, "groq/llama", 1L, "openai/gpt-4o", 1L));
        assertThat(counts(Grouping.PROVIDER)).isEqualTo(Map.of("openai", 3L, "groq", 1L));
        assertThat(counts(Grouping.TAG)).isEqualTo(Map.of("prod", 2L, "x", 1L, "y", 1L, "", 1L));
        assertThat(counts(Grouping.MONTH)).isEqualTo(Map.of("2026-11", 3L, "2026-12", 1L));
        assertThat(counts(Grouping.DAY)).isEqualTo(Map.of("2026-11-20", 3L, "2026-12-30", 1L));
        assertThat(counts(Grouping.HOUR))
                .isEqualTo(Map.of("2026-11-20T10:00:00Z", 3L, "2026-12-30T10:00:00Z", 1L));
        UsageReport few =
                store.usage(
                        new UsageQuery(
                                RequestFilter.ALL, List.of(Grouping.TEAM, Grouping.USER), 2));
        assertThat(few.groups()).hasSize(2);
        assertThat(few.truncated()).isTrue();
        assertThat(few.totals().requests()).isEqualTo(4);
    }

    @Test
    void removesOldRequestsAndKeepsTheirUsage() {
        store(
                IntStream.range(0, 1000)
                        .mapToObj(i -> RecordSamples.plain("id-" + i, START.plusSeconds(i * 36L)))
                        .toList());
        Instant now = START.plus(Duration.ofHours(10));
        Retention fiveHours = new Retention(Optional.of(Duration.ofHours(5)), Optional.empty());
        assertThat(store.expire(fiveHours, now, 300)).isEqualTo(300);
        assertThat(store.expire(fiveHours, now, 300)).isEqualTo(200);
        assertThat(store.expire(fiveHours, now, 300)).isZero();
        assertThat(store.requests(RequestQuery.newest(1000)).entries()).hasSize(500);
        assertThat(total(RequestFilter.ALL).requests()).isEqualTo(1000);
        // Where single requests are gone, ends are rounded down to the hour.
        assertThat(
                        total(between(START.plusSeconds(60), START.plus(Duration.ofMinutes(90))))
                                .requests())
                .isEqualTo(100);
        assertThat(total(between(now.minus(Duration.ofMinutes(90)), now)).requests())
                .isEqualTo(150);
    }

    @Test
    void removesTheOldestWhenTheStoreIsTooLargeAndGivesTheRoomBack() throws SQLException {
        store(
                IntStream.range(0, 20_000)
                        .mapToObj(i -> RecordSamples.plain("id-" + i, START.plusSeconds(i)))
                        .toList());
        long before = pages();
        Retention small = new Retention(Optional.empty(), Optional.of(3L << 20));
        Instant now = START.plus(Duration.ofHours(10));
        int removed = 0;
        for (int some = 1; some > 0 && removed < 20_000; ) {
            some = store.expire(small, now, 500);
            removed += some;
        }
        assertThat(removed).isBetween(5_000, 19_000);
        assertThat(store.request("id-0")).isEmpty();
        assertThat(store.request("id-19999")).isPresent();
        assertThat(pages()).isLessThan(before * 3 / 4);
        Retention nothing = new Retention(Optional.of(Duration.ZERO), Optional.of(0L));
        Instant soon = START.plusSeconds(20_000);
        for (int some = 1; some > 0; ) {
            some = store.expire(nothing, soon, 1000);
        }
        assertThat(store.requests(RequestQuery.newest(10_000)).entries()).hasSize(3600);
    }

    @Test
    void saysWhenItIsLockedAndChangesNothing() throws SQLException {
        try (Connection other = DriverManager.getConnection(url());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            RequestRecord entry = RecordSamples.plain("id", START);
            assertThatThrownBy(() -> store(List.of(entry)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("locked");
            statement.execute("ROLLBACK");
            assertThat(store(List.of(entry))).isOne();
        }
    }

    @Test
    void becomesDurableAndOpensAgain() {
        store(List.of(RecordSamples.plain("id", START)));
        store.makeDurable();
        store.close();
        store = SqliteStore.open(folder.resolve("ledger.db"));
        assertThat(store.request("id")).isPresent();
    }

    @Test
    void migratesADatabaseOfTheVersionBefore() {
        store(List.of(RecordSamples.plain("id", START)));
        store.close();
        Migrations next = new Migrations(List.of("0001-requests.sql", "test-0002.sql"));
        store = SqliteStore.open(folder.resolve("ledger.db"), next);
        assertThat(store.request("id")).isPresent();
        store.close();

        assertThatThrownBy(() -> SqliteStore.open(folder.resolve("ledger.db")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(
                        "store: its schema has version 2, made by a newer Fairlead (expected: at"
                                + " most 1)");
        store = SqliteStore.open(folder.resolve("ledger.db"), next);
    }

    @Test
    void leavesTheDatabaseAsItWasWhenAMigrationFails() {
        store.close();
        Migrations broken = new Migrations(List.of("0001-requests.sql", "test-broken.sql"));
        assertThatThrownBy(() -> SqliteStore.open(folder.resolve("ledger.db"), broken))
                .isInstanceOf(IllegalStateException.class);
        store = SqliteStore.open(folder.resolve("ledger.db"));
        assertThat(store(List.of(RecordSamples.plain("id", START)))).isOne();
    }

    private int store(List<RequestRecord> entries) {
        return store.store(entries.stream().map(EncodedRecord::of).toList());
    }

    private UsageReport.UsageTotals total(RequestFilter filter) {
        return store.usage(new UsageQuery(filter, List.of(), 1)).totals();
    }

    private Map<String, Long> counts(Grouping grouping) {
        return store
                .usage(new UsageQuery(RequestFilter.ALL, List.of(grouping), 100))
                .groups()
                .stream()
                .collect(
                        java.util.stream.Collectors.toMap(
                                group -> group.labels().getFirst().orElse(""),
                                group -> group.totals().requests()));
    }

    private List<String> ids(RequestFilter filter) {
        RequestQuery query =
                new RequestQuery(filter, List.of(), List.of(), List.of(), Optional.empty(), 100);
        return store.requests(query).entries().stream().map(RequestRecord::id).toList();
    }

    private long pages() throws SQLException {
        try (Connection other = DriverManager.getConnection(url());
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA page_count")) {
            row.next();
            return row.getLong(1);
        }
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("ledger.db");
    }

    private static long count(List<RequestRecord> entries, RequestRecord.Outcome outcome) {
        return entries.stream().filter(entry -> entry.outcome() == outcome).count();
    }

    private static RequestRecord caller(
            String id, String key, String team, String user, String model) {
        Instant at = START.plusSeconds(Long.parseLong(id));
        return RecordSamples.calledBy(RecordSamples.plain(id, at), key, team, user, model);
    }

    private static RequestFilter between(Instant from, Instant to) {
        return new RequestFilter(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(from),
                Optional.of(to));
    }

    private static RequestFilter filter(
            List<String> keys, String team, String user, String model, String tag) {
        return new RequestFilter(
                keys,
                one(team),
                one(user),
                one(model),
                List.of(),
                one(tag),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> one(String value) {
        return value.isEmpty() ? List.of() : List.of(value);
    }
}
