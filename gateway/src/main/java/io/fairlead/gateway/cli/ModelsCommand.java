package io.fairlead.gateway.cli;

import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.catalogue.Model;
import io.fairlead.gateway.catalogue.Offer;
import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.catalogue.Provider;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code fairlead models}: the built-in catalogue as a table, one offer a line. Used by the main
 * thread only.
 */
final class ModelsCommand implements Command {
    private static final String SEARCH = "--search";
    private static final String SORT = "--sort";

    private record Row(Offer offer, Optional<Model> model, Optional<Price> price) {
        String id() {
            return offer.provider() + "/" + offer.id();
        }

        boolean matches(String word) {
            return id().toLowerCase(Locale.ROOT).contains(word)
                    || offer.model().toLowerCase(Locale.ROOT).contains(word)
                    || model.map(Model::name).orElse("").toLowerCase(Locale.ROOT).contains(word);
        }

        /** Input plus output; what has no price comes last. */
        Optional<BigDecimal> sum() {
            return price.map(known -> known.rates().input().add(known.rates().output()));
        }
    }

    @Override
    public String name() {
        return "models";
    }

    @Override
    public String summary() {
        return "the built-in catalogue: models, who offers them, prices, capabilities";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option(SEARCH, "WORD", "only what has WORD in an id or a name"),
                new Option(
                        SORT,
                        "ORDER",
                        "model (default) or price: free and cheap first, unpriced last"));
    }

    @Override
    public int run(Arguments arguments, Console console) {
        String word = arguments.text(SEARCH).orElse("").toLowerCase(Locale.ROOT);
        Comparator<Row> order = order(arguments.text(SORT).orElse("model"));
        List<Row> rows = rows().stream().filter(row -> row.matches(word)).sorted(order).toList();
        if (rows.isEmpty()) {
            console.err()
                    .println("fairlead models: nothing has \"" + word + "\" in its id or name");
            return 1;
        }
        console.out().print(table(rows));
        return 0;
    }

    private static Comparator<Row> order(String name) {
        Comparator<Row> byModel =
                Comparator.comparing((Row row) -> row.offer().model()).thenComparing(Row::id);
        return switch (name) {
            case "model" -> byModel;
            case "price" ->
                    Comparator.comparing((Row row) -> row.sum().isEmpty())
                            .thenComparing(row -> row.sum().orElse(BigDecimal.ZERO))
                            .thenComparing(byModel);
            default -> throw new UsageException(SORT + ": " + name + " (expected: model or price)");
        };
    }

    private static List<Row> rows() {
        Catalogue catalogue = Catalogue.builtIn();
        List<Row> rows = new ArrayList<>();
        for (Provider provider : catalogue.providers()) {
            for (Offer offer : catalogue.shelf(provider.id()).offers()) {
                rows.add(new Row(offer, catalogue.models().model(offer.model()), offer.price()));
            }
        }
        return rows;
    }

    private static String table(List<Row> rows) {
        TextTable table =
                new TextTable("OFFER", "MODEL", "INPUT", "OUTPUT", "CONTEXT", "CAPABILITIES");
        for (Row row : rows) {
            table.row(
                    row.id(),
                    row.offer().model(),
                    row.price()
                            .map(price -> price.rates().input().toPlainString())
                            .orElse(unpriced(row.offer())),
                    row.price().map(price -> price.rates().output().toPlainString()).orElse("-"),
                    row.model().flatMap(Model::contextTokens).map(String::valueOf).orElse("-"),
                    row.model().map(model -> String.join(",", model.capabilities())).orElse(""));
        }
        return table.toString()
                + rows.size()
                + " offers; prices in USD for 1,000,000 tokens; - is not known\n";
    }

    private static String unpriced(Offer offer) {
        return offer.free().map(why -> "free:" + why).orElse("-");
    }
}
