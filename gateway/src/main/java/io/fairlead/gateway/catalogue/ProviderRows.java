package io.fairlead.gateway.catalogue;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Service;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the rows of {@code providers.tsv}, {@code services.tsv}, {@code quirks.tsv}. Stateless. */
final class ProviderRows {
    static final int COLUMNS = 11;

    private ProviderRows() {}

    static Provider provider(List<String> row, Map<Service, Dialect> services, Quirks quirks) {
        return new Provider(
                row.get(0),
                row.get(1),
                row.get(2),
                Optional.of(row.get(3)).filter(text -> !text.isEmpty()),
                Splits.at(row.get(4), '|'),
                Splits.at(row.get(5), ' '),
                Provider.Kind.valueOf(row.get(6).toUpperCase(Locale.ROOT)),
                Provider.Billing.valueOf(row.get(7).toUpperCase(Locale.ROOT)),
                pairs(row.get(8), ' ', '='),
                Splits.at(row.get(9), ' '),
                Optional.of(row.get(10)).filter(text -> !text.isEmpty()),
                services,
                quirks);
    }

    /** Dialects by provider: each row is provider, service, dialect, and where it is documented. */
    static Map<String, Map<Service, Dialect>> services() {
        Map<String, Map<Service, Dialect>> services = new HashMap<>();
        Table.read(
                "services.tsv",
                4,
                row ->
                        services.computeIfAbsent(row.get(0), _ -> new EnumMap<>(Service.class))
                                .put(
                                        Service.parse(row.get(1)).orElseThrow(),
                                        Dialect.parse(row.get(2)).orElseThrow()));
        return services;
    }

    /** Quirks by provider: each row is provider, quirk, its value, and where it is documented. */
    static Map<String, Quirks> quirks() {
        Map<String, Quirks> quirks = new HashMap<>();
        Table.read(
                "quirks.tsv",
                4,
                row -> quirks.merge(row.get(0), one(row.get(1), row.get(2)), ProviderRows::both));
        return quirks;
    }

    private static Quirks one(String quirk, String value) {
        Map<String, String> none = Map.of();
        return switch (quirk) {
            case "owner" -> Quirks.OWNER;
            case "no-stream-usage" ->
                    new Quirks(false, false, false, true, none, Set.of(), none, none);
            case "openrouter-form" ->
                    new Quirks(false, true, true, true, none, Set.of(), none, none);
            case "no-kept-responses" ->
                    new Quirks(false, true, false, false, none, Set.of(), none, none);
            case "rename" ->
                    new Quirks(
                            false, true, false, true, pairs(value, ' ', ':'), Set.of(), none, none);
            case "drop" ->
                    new Quirks(
                            false,
                            true,
                            false,
                            true,
                            none,
                            Set.copyOf(Splits.at(value, ' ')),
                            none,
                            none);
            case "finish" ->
                    new Quirks(
                            false, true, false, true, none, Set.of(), pairs(value, ' ', ':'), none);
            case "role" ->
                    new Quirks(
                            false, true, false, true, none, Set.of(), none, pairs(value, ' ', ':'));
            default ->
                    throw new IllegalStateException("quirk: " + quirk + " (expected: a known one)");
        };
    }

    private static Quirks both(Quirks first, Quirks second) {
        Set<String> unsupported = new HashSet<>(first.unsupported());
        unsupported.addAll(second.unsupported());
        return new Quirks(
                first.owner() || second.owner(),
                first.streamUsage() && second.streamUsage(),
                first.openRouter() || second.openRouter(),
                first.keepsResponses() && second.keepsResponses(),
                joined(first.rename(), second.rename()),
                unsupported,
                joined(first.finishReasons(), second.finishReasons()),
                joined(first.roles(), second.roles()));
    }

    private static Map<String, String> joined(
            Map<String, String> first, Map<String, String> second) {
        Map<String, String> both = new HashMap<>(first);
        both.putAll(second);
        return both;
    }

    private static Map<String, String> pairs(String text, char between, char within) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : Splits.at(text, between)) {
            int at = pair.indexOf(within);
            pairs.put(pair.substring(0, at), pair.substring(at + 1));
        }
        return pairs;
    }
}
