package io.fairlead.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.gateway.ledger.DurableLedger;
import io.fairlead.gateway.ledger.JournalSettings;
import io.fairlead.gateway.ledger.RecordSamples;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestStore;
import io.fairlead.gateway.ledger.Retention;
import io.fairlead.gateway.ledger.StoreUnavailableException;
import io.fairlead.gateway.store.Stores;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Usage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The admin API answers about the ledger, over a real ledger. */
class AdminApiTest {
    private static final Instant START = RecordSamples.START;
    private static final Instant NOW = START.plus(Duration.ofHours(5));
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder;
    private DurableLedger ledger;
    private AdminApi api;

    @BeforeEach
    void open() throws IOException {
        open(Stores.sqlite(folder.resolve("ledger.db")));
    }

    private void open(RequestStore.Opener opener) throws IOException {
        JournalSettings settings =
                new JournalSettings(folder.resolve("journal"), 1 << 20, 1 << 24, 0, 1 << 16);
        ledger = DurableLedger.open(settings, opener, Retention.FOREVER, InstantSource.fixed(NOW));
        api = new AdminApi(ledger, InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
    }

    @Test
    void sumsUsageWithMoneyAsADecimalString() {
        ledger.append(RecordSamples.plain("a", START));
        ledger.append(
                RecordSamples.withSpend(
                        RecordSamples.plain("b", START), Usage.of(7, 5), "0.1234567890123456789"));
        JsonNode usage = get("usage", "");
        assertThat(usage.get("requests").asLong()).isEqualTo(2);
        assertThat(usage.get("input_tokens").asLong()).isEqualTo(9);
        assertThat(usage.get("output_tokens").asLong()).isEqualTo(6);
        assertThat(usage.get("spend").isString()).isTrue();
        assertThat(usage.get("spend").asString()).isEqualTo("0.1234692890123456789");
        assertThat(usage.has("groups")).isFalse();
    }

    @Test
    void saysZeroWhenThereIsNothing() {
        JsonNode usage = get("usage", "from=2026-01-01&to=2026-02-01&key=nobody");
        assertThat(usage.get("requests").asLong()).isZero();
        assertThat(usage.get("spend").asString()).isEqualTo("0");
        assertThat(get("requests", "").get("next").isNull()).isTrue();
    }

    @Test
    void groupsAndFilters() {
        ledger.append(caller("1", "ka", "blue", "ann", "openai/gpt-5"));
        ledger.append(caller("2", "kb", "blue", "bob", "openai/gpt-5"));
        ledger.append(caller("3", "ka", "red", "ann", "groq/llama"));
        JsonNode byTeam = get("usage", "group=team").get("groups");
        assertThat(byTeam).hasSize(2);
        assertThat(byTeam.get(0).get("team").asString()).isEqualTo("blue");
        assertThat(byTeam.get(0).get("requests").asLong()).isEqualTo(2);
        JsonNode both = get("usage", "group=day,model&group=key&user=ann").get("groups");
        assertThat(both).hasSize(2);
        assertThat(both.get(0).get("day").asString()).isEqualTo("2026-11-20");
        assertThat(both.get(0).get("model").asString()).isEqualTo("groq/llama");
        assertThat(both.get(0).get("key").asString()).isEqualTo("name-ka");
        for (String filter :
                List.of(
                        "key=ka",
                        "key=name-ka",
                        "user=ann",
                        "key=ka&tag=prod",
                        "from=-6h&key=ka")) {
            assertThat(get("usage", filter).get("requests").asLong()).as(filter).isEqualTo(2);
            assertThat(get("requests", filter).get("data")).as(filter).hasSize(2);
        }
        for (String filter : List.of("model=groq%2Fllama", "provider=groq", "team=red", "id=3")) {
            assertThat(get("requests", filter).get("data")).as(filter).hasSize(1);
        }
        assertThat(get("usage", "from=-1h").get("requests").asLong()).isZero();
        assertThat(get("usage", "tag=none").get("requests").asLong()).isZero();
    }

    @Test
    void pagesThroughRequestsNewestFirst() {
        for (int i = 0; i < 25; i++) {
            ledger.append(RecordSamples.plain("id-" + i, START.plusSeconds(i)));
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        for (int page = 0; page < 10; page++) {
            JsonNode answer = get("requests", "limit=10" + next);
            answer.get("data").forEach(entry -> seen.add(entry.get("id").asString()));
            if (answer.get("next").isNull()) {
                break;
            }
            next = "&" + (page == 0 ? "next=" : "cursor=") + answer.get("next").asString();
            ledger.append(RecordSamples.plain("new-" + page, START.plusSeconds(100 + page)));
        }
        assertThat(seen).hasSize(25).startsWith("id-24", "id-23").endsWith("id-0");
    }

    @Test
    void showsOneRequestWithEverything() {
        RequestRecord entry =
                RecordSamples.withBodies(RecordSamples.plain("a/b c", START), "{}", "ok");
        ledger.append(entry);
        JsonNode found =
                get(
                        "requests/"
                                + URLEncoder.encode("a/b c", StandardCharsets.UTF_8)
                                        .replace("+", "%20"),
                        "");
        assertThat(found.get("id").asString()).isEqualTo("a/b c");
        assertThat(found.get("started_at").asString()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(found.get("outcome").asString()).isEqualTo("completed");
        assertThat(found.get("key").asString()).isEqualTo("app-a");
        assertThat(found.get("spend").asString()).isEqualTo("0.0000125");
        assertThat(found.get("price").get("input").asString()).isEqualTo("2.5");
        assertThat(found.get("duration_ms").decimalValue()).isEqualByComparingTo("421");
        assertThat(found.get("first_token_ms").isNull()).isTrue();
        assertThat(found.get("error_code").isNull()).isTrue();
        assertThat(found.get("metadata").get("session").asString()).isEqualTo("s-1");
        assertThat(found.get("attempts").get(0).get("status").asInt()).isEqualTo(200);
        assertThat(found.get("request_body").asString()).isEqualTo("{}");
        assertThat(get("requests", "").get("data").get(0).has("request_body")).isFalse();
    }

    @Test
    void showsRecordsOfAnyKind() {
        for (int seed = 0; seed < 50; seed++) {
            ledger.append(RecordSamples.random(new Random(seed), "id-" + seed));
            assertThat(get("requests/id-" + seed, "").get("id").asString()).isEqualTo("id-" + seed);
        }
        assertThat(get("requests", "status=2xx&status=404&outcome=failed&limit=1000").has("data"))
                .isTrue();
    }

    @Test
    void namesTheParameterThatIsWrong() {
        for (Map.Entry<String, String> wrong :
                Map.ofEntries(
                                Map.entry("limit=0", "limit"),
                                Map.entry("limit=ten", "limit"),
                                Map.entry("limit=99999", "limit"),
                                Map.entry("from=yesterday", "from"),
                                Map.entry("from=99999999999999999999", "from"),
                                Map.entry("to=-5y", "to"),
                                Map.entry("to=%FF", "to"),
                                Map.entry("from=-1h&to=-2h", "to"),
                                Map.entry("status=700", "status"),
                                Map.entry("status=20", "status"),
                                Map.entry("outcome=good", "outcome"),
                                Map.entry("cursor=!!", "cursor"),
                                Map.entry("next=bm9wZQ", "next"),
                                Map.entry("modle=x", "modle"),
                                Map.entry("key=", "key"),
                                Map.entry("from=-1h&from=-2h", "from"))
                        .entrySet()) {
            GatewayError error = refused("GET", "/admin/v1/requests", wrong.getKey());
            assertThat(error.code()).as(wrong.getKey()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(error.param()).as(wrong.getKey()).hasValue(wrong.getValue());
        }
        assertThat(refused("GET", "/admin/v1/usage", "group=colour").message())
                .startsWith("group: colour (expected: key, team,");
        assertThat(refused("GET", "/admin/v1/requests", "q=%zz").status()).isEqualTo(400);
    }

    @Test
    void understandsTimesAsPeopleWriteThem() {
        ledger.append(RecordSamples.plain("a", START));
        for (String from :
                List.of(
                        "2026-11-20T10:00:00Z",
                        "2026-11-20T11:00:00+01:00",
                        "2026-11-20T11:00:00%2B01:00",
                        "2026-11-20",
                        "1795168800",
                        "-5h",
                        "-300m",
                        "-18000s",
                        "-1d")) {
            assertThat(get("usage", "from=" + from + "&to=now").get("requests").asLong())
                    .as(from)
                    .isOne();
        }
        assertThat(get("usage", "from=2026-11-20T10:00:00.000001Z").get("requests").asLong())
                .isZero();
    }

    @Test
    void knowsItsPathsAndMethods() {
        assertThat(refused("GET", "/admin/v1/other", "").code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused("GET", "/admin/v1/requests/none", "").code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused("POST", "/admin/v1/usage", "").code())
                .isEqualTo(ErrorCode.METHOD_NOT_ALLOWED);
    }

    @Test
    void saysThatTheStoreIsAway() throws IOException {
        ledger.close();
        open(() -> {
            throw new StoreUnavailableException("store: away");
        });
        GatewayError error = refused("GET", "/admin/v1/usage", "");
        assertThat(error.code()).isEqualTo(ErrorCode.LEDGER_UNAVAILABLE);
        assertThat(error.message()).contains("store: away");
    }

    private JsonNode get(String path, String query) {
        AdminApi.Answer answer = api.answer("GET", "/admin/v1/" + path, query);
        assertThat(answer.status()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private GatewayError refused(String method, String path, String query) {
        return Optional.ofNullable(
                        catchThrowableOfType(
                                GatewayException.class, () -> api.answer(method, path, query)))
                .orElseThrow(() -> new AssertionError("accepted: " + path + "?" + query))
                .error();
    }

    private static RequestRecord caller(
            String id, String key, String team, String user, String model) {
        Instant at = START.plusSeconds(Long.parseLong(id));
        return RecordSamples.calledBy(RecordSamples.plain(id, at), key, team, user, model);
    }
}
