package io.fairlead.gateway.ledger;

import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Records for tests: a plain one, and any kind at all from a seed. Thread-safe. */
public final class RecordSamples {
    public static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private static final String[] LETTERS = {"a", "Z", "7", "-", "/", "é", "ß", "漢", "🙂", "\n"};

    private RecordSamples() {}

    /** A plain, completed chat request that costs 0.0000125 USD. */
    public static RequestRecord plain(String id, Instant startedAt) {
        Usage usage = Usage.of(2, 1);
        Price price = Price.of("2.5", "7.5");
        return new RequestRecord(
                id,
                startedAt,
                Endpoint.CHAT_COMPLETIONS,
                Optional.of("k1"),
                Optional.of("app-a"),
                Optional.of("blue"),
                Optional.of("user-1"),
                "openai/gpt-4o",
                Optional.of("openai/gpt-4o"),
                Optional.of("openai"),
                Optional.of("openai-1"),
                Optional.of("gpt-4o-2024-08-06"),
                false,
                200,
                Outcome.COMPLETED,
                Optional.empty(),
                Optional.empty(),
                Optional.of("stop"),
                usage,
                false,
                Optional.of(price),
                Optional.of(price.of(usage)),
                List.of(
                        new AttemptRecord(
                                "openai/gpt-4o",
                                Optional.of("openai-1"),
                                200,
                                Optional.empty(),
                                Optional.empty(),
                                420_000)),
                421_000,
                -1,
                180,
                1024,
                512,
                List.of("prod"),
                Map.of("session", "s-1"),
                Optional.empty(),
                Optional.of("127.0.0.1"),
                Optional.of("openai-java/4.1"),
                Optional.empty(),
                Optional.empty());
    }

    /** A record with anything in it. */
    public static RequestRecord random(RandomGenerator random, String id) {
        Usage usage =
                new Usage(
                        random.nextLong(0, 1L << random.nextInt(1, 40)),
                        random.nextLong(0, 100),
                        0,
                        random.nextLong(0, 100),
                        0,
                        random.nextLong(0, 1L << random.nextInt(1, 40)),
                        random.nextLong(0, 100),
                        0,
                        random.nextLong(0, 100));
        Optional<Price> price =
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(price(random));
        return new RequestRecord(
                id,
                START.plusNanos(random.nextLong(0, 3_000_000_000L) * 1000),
                any(random, Endpoint.values()),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random).orElse(""),
                text(random),
                text(random),
                text(random),
                text(random),
                random.nextBoolean(),
                random.nextInt(100, 600),
                any(random, Outcome.values()),
                text(random),
                text(random),
                text(random),
                usage,
                random.nextBoolean(),
                price,
                price.map(p -> p.of(usage)),
                attempts(random),
                random.nextLong(0, 1L << 40),
                random.nextInt(3) == 0 ? -1 : random.nextLong(0, 1L << 40),
                random.nextLong(0, 1L << 20),
                random.nextLong(0, 1L << 33),
                random.nextLong(0, 1L << 33),
                texts(random),
                metadata(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random));
    }

    public static RequestRecord withLabels(
            RequestRecord from, List<String> tags, Map<String, String> metadata) {
        return with(from, Map.of("tags", tags, "metadata", metadata));
    }

    public static RequestRecord withBodies(
            RequestRecord from, String requestBody, String responseBody) {
        return with(
                from,
                Map.of(
                        "requestBody", Optional.of(requestBody),
                        "responseBody", Optional.of(responseBody)));
    }

    public static RequestRecord withSpend(RequestRecord from, Usage usage, String spend) {
        return with(from, Map.of("usage", usage, "spend", Optional.of(Money.usd(spend))));
    }

    public static RequestRecord withOutcome(RequestRecord from, Outcome outcome, int status) {
        return with(from, Map.of("outcome", outcome, "status", status));
    }

    public static RequestRecord calledBy(
            RequestRecord from, String keyId, String team, String user, String model) {
        return with(
                from,
                Map.of(
                        "keyId", Optional.of(keyId),
                        "keyName", Optional.of("name-" + keyId),
                        "team", Optional.of(team),
                        "user", Optional.of(user),
                        "modelRequested", model,
                        "deployment", Optional.of(model),
                        "provider", Optional.of(model.substring(0, model.indexOf('/')))));
    }

    /** The same record but for some of its components, by name. */
    private static RequestRecord with(RequestRecord from, Map<String, Object> changed) {
        RecordComponent[] components = RequestRecord.class.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        Set<String> left = new HashSet<>(changed.keySet());
        try {
            for (int i = 0; i < components.length; i++) {
                String name = components[i].getName();
                types[i] = components[i].getType();
                values[i] =
                        left.remove(name)
                                ? Objects.requireNonNull(changed.get(name))
                                : components[i].getAccessor().invoke(from);
            }
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("no such components: " + left);
            }
            return RequestRecord.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T any(RandomGenerator random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Price price(RandomGenerator random) {
        List<Price.Tier> tiers = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            tiers.add(new Price.Tier(random.nextInt(1, 200_000), rates(random)));
        }
        return new Price(rates(random), tiers);
    }

    private static Price.Rates rates(RandomGenerator random) {
        return new Price.Rates(
                decimal(random),
                decimal(random),
                optionalDecimal(random),
                optionalDecimal(random),
                optionalDecimal(random),
                optionalDecimal(random),
                optionalDecimal(random),
                optionalDecimal(random),
                optionalDecimal(random),
                optionalDecimal(random));
    }

    private static BigDecimal decimal(RandomGenerator random) {
        return BigDecimal.valueOf(random.nextLong(0, 1_000_000_000_000L), random.nextInt(6, 13));
    }

    private static Optional<BigDecimal> optionalDecimal(RandomGenerator random) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(decimal(random));
    }

    private static List<AttemptRecord> attempts(RandomGenerator random) {
        List<AttemptRecord> attempts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            attempts.add(
                    new AttemptRecord(
                            text(random).orElse("x/y"),
                            text(random),
                            random.nextInt(600),
                            text(random),
                            text(random),
                            random.nextLong(1 << 30)));
        }
        return attempts;
    }

    private static Map<String, String> metadata(RandomGenerator random) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String name : texts(random)) {
            metadata.put(name, text(random).orElse(""));
        }
        return metadata;
    }

    private static List<String> texts(RandomGenerator random) {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            text(random).ifPresent(texts::add);
        }
        return texts;
    }

    private static Optional<String> text(RandomGenerator random) {
        if (random.nextInt(3) == 0) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(1 << random.nextInt(1, 6)); i > 0; i--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return Optional.of(text.toString());
    }
}
