package io.fairlead.gateway.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * A canonical model of the catalogue: what is true wherever it is sold. Immutable.
 *
 * @param id {@code maker/name}
 * @param name for people
 * @param factsText what else is known, as the catalogue writes it
 */
public record Model(String id, String name, String factsText) {

    public String maker() {
        return id.substring(0, id.indexOf('/'));
    }

    /** The id without its maker. */
    public String shortId() {
        return id.substring(id.indexOf('/') + 1);
    }

    /** {@code chat}, {@code embedding}, {@code rerank}, {@code image} and so on. */
    public String type() {
        return fact("type").orElse("chat");
    }

    /** When it was released, {@code YYYY-MM-DD}. */
    public Optional<String> released() {
        return fact("released");
    }

    /** Size of its context window in tokens. */
    public Optional<Long> contextTokens() {
        return fact("context").map(Long::valueOf);
    }

    /** Longest answer in tokens. */
    public Optional<Long> maxOutputTokens() {
        return fact("max_output").map(Long::valueOf);
    }

    /** What it can do ({@code tools}) and what it is known not to ({@code -tools}). */
    public List<String> capabilities() {
        return Facts.parse(factsText).list("caps");
    }

    /** Other names it goes by. */
    public List<String> aliases() {
        return factsText.contains("aliases=") ? Facts.parse(factsText).list("aliases") : List.of();
    }

    /** Any fact by its name in the catalogue. */
    public Optional<String> fact(String fact) {
        return factsText.contains(fact + "=")
                ? Facts.parse(factsText).text(fact)
                : Optional.empty();
    }
}
