package io.fairlead.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.EncodedRecord;
import io.fairlead.gateway.ledger.RecordSamples;
import io.fairlead.gateway.ledger.RequestCursor;
import io.fairlead.gateway.ledger.RequestFilter;
import io.fairlead.gateway.ledger.RequestPage;
import io.fairlead.gateway.ledger.RequestQuery;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A search looks only into hours that can have what is asked for, and never for too long. */
class RequestSearchTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int HOURS = 40;

    @TempDir Path folder;
    private SqliteStore store;
    private final List<RequestRecord> all = new ArrayList<>();

    @BeforeEach
    void fill() {
        store = SqliteStore.open(folder.resolve("ledger.db"));
        for (int hour = 0; hour < HOURS; hour++) {
            for (int i = 0; i < 5; i++) {
                RequestRecord entry =
                        RecordSamples.plain(
                                "id-" + hour + "-" + i,
                                RecordSamples.START.plus(
                                        Duration.ofHours(hour).plusMinutes(i * 7L)));
                boolean failed = hour % 13 == 5 && i == 3;
                boolean cancelled = hour % 17 == 6 && i == 2;
                all.add(
                        failed
                                ? RecordSamples.withOutcome(entry, Outcome.FAILED, 503)
                                : cancelled
                                        ? RecordSamples.withOutcome(entry, Outcome.CANCELLED, 499)
                                        : entry);
            }
        }
        store.store(all.stream().map(EncodedRecord::of).toList());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static RequestQuery query(
            List<RequestQuery.StatusRange> statuses,
            List<Outcome> outcomes,
            Optional<RequestCursor> after,
            int limit) {
        return new RequestQuery(RequestFilter.ALL, List.of(), statuses, outcomes, after, limit);
    }

    private static List<RequestQuery.StatusRange> status(int first, int last) {
        return List.of(new RequestQuery.StatusRange(first, last));
    }

    private RequestPage page(RequestQuery query, Duration longest) throws Exception {
        try (Connection connection = Connections.read(folder.resolve("ledger.db"))) {
            return new RequestSearch(connection, query, longest).page();
        }
    }

    private List<String> ids(java.util.function.Predicate<RequestRecord> which) {
        return all.reversed().stream().filter(which).map(RequestRecord::id).toList();
    }

    @Test
    void findsAStatusAndAnOutcomeWhereverTheyAre() throws Exception {
        assertThat(page(query(status(500, 599), List.of(), Optional.empty(), 10), LONG).entries())
                .extracting(RequestRecord::id)
                .containsExactlyElementsOf(ids(it -> it.status() == 503))
                .isNotEmpty();
        assertThat(page(query(status(400, 499), List.of(), Optional.empty(), 10), LONG).entries())
                .extracting(RequestRecord::id)
                .containsExactlyElementsOf(ids(it -> it.status() == 499))
                .isNotEmpty();
        for (Outcome outcome : Outcome.values()) {
            assertThat(
                            page(query(List.of(), List.of(outcome), Optional.empty(), 999), LONG)
                                    .entries())
                    .extracting(RequestRecord::id)
                    .containsExactlyElementsOf(ids(it -> it.outcome() == outcome));
        }
        assertThat(page(query(status(200, 200), List.of(), Optional.empty(), 7), LONG).next())
                .isPresent();
    }

    @Test
    void aPageEndsInTimeAndTheNextGoesOn() throws Exception {
        List<String> found = new ArrayList<>();
        Optional<RequestCursor> after = Optional.empty();
        int pages = 0;
        do {
            RequestPage page = page(query(status(503, 503), List.of(), after, 2), Duration.ZERO);
            page.entries().forEach(entry -> found.add(entry.id()));
            after = page.next().map(next -> RequestCursor.parse(next.encode()).orElseThrow());
            pages++;
        } while (after.isPresent() && pages < 100);

        assertThat(found).containsExactlyElementsOf(ids(it -> it.status() == 503));
        assertThat(pages).isBetween(3, HOURS);
    }

    @Test
    void aSearchThatFindsNothingEndsToo() throws Exception {
        RequestPage page = page(query(status(201, 201), List.of(), Optional.empty(), 5), LONG);

        assertThat(page.entries()).isEmpty();
        assertThat(page.next()).isEmpty();
        Optional<RequestCursor> after = Optional.empty();
        int pages = 0;
        do {
            RequestPage part = page(query(status(201, 201), List.of(), after, 5), Duration.ZERO);
            assertThat(part.entries()).isEmpty();
            after = part.next();
            pages++;
        } while (after.isPresent() && pages < 100);
        assertThat(pages).isBetween(HOURS, HOURS + 1);
    }
}
