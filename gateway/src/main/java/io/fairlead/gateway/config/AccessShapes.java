package io.fairlead.gateway.config;

import io.fairlead.kernel.Money;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the file may say about keys and teams. Immutable. */
final class AccessShapes {
    private static final Key<BigDecimal> USD =
            Key.required("usd", Kinds.DECIMAL, "Most US dollars.");
    private static final Key<BudgetConfig.Period> PER =
            Key.required(
                    "per",
                    new PeriodKind(),
                    "day, week or month (with the calendar, in UTC), or a duration that moves with"
                            + " time.");

    private static final Shape<BudgetConfig> BUDGET =
            Shape.of(
                            "budget",
                            "Most money in a period. Not enforced yet in this version.",
                            f -> new BudgetConfig(new Money(f.get(USD)), f.get(PER)),
                            List.of(USD, PER))
                    .checkedBy(notEnforced("a budget"));

    private static final Key<Optional<Long>> RPM =
            Key.optional("rpm", Kinds.count(), "Requests a minute.");
    private static final Key<Optional<Long>> TPM =
            Key.optional("tpm", Kinds.count(), "Tokens a minute.");
    private static final Key<Optional<Integer>> PARALLEL =
            Key.optional("parallel", Kinds.integer(1, 1_000_000), "Requests at the same time.");

    private static final Shape<LimitsConfig> LIMITS =
            Shape.of(
                            "limits",
                            "Most requests and tokens. Not enforced yet in this version.",
                            f -> new LimitsConfig(f.get(RPM), f.get(TPM), f.get(PARALLEL)),
                            List.of(RPM, TPM, PARALLEL))
                    .checkedBy(notEnforced("limits"));

    private static final Key<String> NAME = Key.required("name", Kinds.NAME, "Unique name.");
    private static final Key<Optional<BudgetConfig>> BUDGET_KEY =
            Key.optional("budget", BUDGET, "Most money in a period.");
    private static final Key<LimitsConfig> LIMITS_KEY =
            Key.orElse("limits", LIMITS, LimitsConfig.NONE, "Most requests and tokens.");

    static final Shape<TeamConfig> TEAM =
            Shape.of(
                    "team",
                    "An owner of keys.",
                    f -> new TeamConfig(f.get(NAME), f.get(BUDGET_KEY), f.get(LIMITS_KEY)),
                    List.of(NAME, BUDGET_KEY, LIMITS_KEY));

    private static final Key<SecretHash> SECRET =
            Key.required(
                    "secret",
                    SecretKind.VIRTUAL_KEY.as(SecretHash::of),
                    "What clients send: 24 characters or more. Only its hash is kept.");
    private static final Key<Optional<String>> TEAM_KEY =
            Key.optional("team", Kinds.NAME, "The team it belongs to.");
    private static final Key<List<String>> MODELS =
            Key.list(
                    "models",
                    Kinds.NAME,
                    "Names and patterns such as openai/* that it may use. Default: all.");
    private static final Key<Optional<Instant>> EXPIRES =
            Key.optional("expires", Kinds.INSTANT, "When it stops working. Default: never.");
    private static final Key<Boolean> BLOCKED =
            Key.of("blocked", Kinds.BOOLEAN, false, "Whether it is refused.");
    private static final Key<List<String>> TAGS =
            Key.list("tags", Kinds.NAME, "Put on each of its records.");
    private static final Key<Map<String, String>> METADATA =
            Key.map(
                    "metadata",
                    MapKind.of("<name>", Kinds.NAME, Kinds.TEXT),
                    "Put on each of its records.");

    static final Shape<KeyConfig> KEY =
            Shape.of(
                            "key",
                            "A virtual key.",
                            f ->
                                    new KeyConfig(
                                            f.get(NAME),
                                            f.get(SECRET),
                                            f.get(TEAM_KEY),
                                            f.get(MODELS),
                                            f.get(BUDGET_KEY),
                                            f.get(LIMITS_KEY),
                                            f.get(EXPIRES),
                                            f.get(BLOCKED),
                                            f.get(TAGS),
                                            f.get(METADATA)),
                            List.of(
                                    NAME,
                                    SECRET,
                                    TEAM_KEY,
                                    MODELS,
                                    BUDGET_KEY,
                                    LIMITS_KEY,
                                    EXPIRES,
                                    BLOCKED,
                                    TAGS,
                                    METADATA))
                    .renaming(Map.of("key", "secret", "api_key", "secret", "alias", "name"));

    private AccessShapes() {}

    private static Shape.Check notEnforced(String what) {
        return (node, _, path, in) ->
                in.warning(
                        node.at(),
                        path,
                        what,
                        "that it is not enforced yet in this version: it is read and kept, but"
                                + " stops no request");
    }

    /** A calendar period or a duration. */
    private record PeriodKind() implements Kind<BudgetConfig.Period> {
        private static final ScalarKind<BudgetConfig.Period.Calendar> CALENDAR =
                Kinds.choice(
                        "period",
                        InOrder.of(
                                "day", BudgetConfig.Period.Calendar.DAY,
                                "week", BudgetConfig.Period.Calendar.WEEK,
                                "month", BudgetConfig.Period.Calendar.MONTH));

        @Override
        public Optional<BudgetConfig.Period> read(Node node, String path, Reading in) {
            if (node instanceof Node.Scalar scalar) {
                Optional<BudgetConfig.Period.Calendar> calendar =
                        CALENDAR.parse().apply(scalar.text());
                Optional<Duration> length = Kinds.POSITIVE_DURATION.parse().apply(scalar.text());
                if (calendar.isPresent()) {
                    return Optional.of(calendar.get());
                }
                if (length.isPresent()) {
                    return Optional.of(new BudgetConfig.Period.Rolling(length.get()));
                }
                if (!scalar.usable()) {
                    return Optional.empty();
                }
            }
            in.problem(node.at(), path, node.describe(), expected());
            return Optional.empty();
        }

        @Override
        public String expected() {
            return "day, week, month or a duration such as 30d";
        }

        @Override
        public String label() {
            return "period";
        }

        @Override
        public Map<String, Object> schema(SchemaDefinitions definitions) {
            return definitions.orSubstitution(
                    Map.of("anyOf", List.of(CALENDAR.schema(), Kinds.POSITIVE_DURATION.schema())));
        }
    }
}
