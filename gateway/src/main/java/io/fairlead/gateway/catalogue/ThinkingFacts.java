package io.fairlead.gateway.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of how a model thinks. Immutable.
 *
 * @param efforts words for effort it takes; empty: unknown or none
 * @param budgetMin least budget of reasoning tokens; there is one for all that take a budget
 * @param always whether it can't be kept from thinking
 * @param unasked whether it thinks when nothing is said
 * @param decides whether it can be told to decide by itself
 */
record ThinkingFacts(
        List<String> efforts,
        Optional<Long> budgetMin,
        Optional<Long> budgetMax,
        Optional<Boolean> always,
        Optional<Boolean> unasked,
        Optional<Boolean> decides) {
    private static final String EFFORT = "effort:";
    private static final String BUDGET = "budget:";

    /** Read when the first model is asked for, not when the gateway starts. */
    private static final class Documented {
        static final NavigableMap<String, List<String>> BY_BEGINNING = read();

        private static NavigableMap<String, List<String>> read() {
            NavigableMap<String, List<String>> rows = new TreeMap<>();
            Table.read("thinking.tsv", 3, row -> rows.put(row.get(0), Splits.at(row.get(1), ' ')));
            return rows;
        }
    }

    /**
     * @param model its canonical id
     * @param controls what the catalogue says of them: {@code effort:low|high,budget:128-,toggle}
     */
    static ThinkingFacts of(String model, Optional<String> controls) {
        List<String> efforts = new ArrayList<>();
        Optional<Long> min = Optional.empty();
        Optional<Long> max = Optional.empty();
        boolean silenced = false;
        for (String control : controls.map(text -> Splits.at(text, ',')).orElse(List.of())) {
            if (control.startsWith(EFFORT)) {
                efforts.addAll(Splits.at(control.substring(EFFORT.length()), '|'));
                efforts.remove("null");
                silenced |= efforts.contains("none");
            } else if (control.startsWith(BUDGET)) {
                String range = control.substring(BUDGET.length());
                // Not a dash at the beginning, unless it is the only one: the least may be -1.
                int dash = Math.max(range.indexOf('-', 1), 0);
                Optional<Long> least = number(range.substring(0, dash));
                silenced |= least.orElse(1L) <= 0;
                min = Optional.of(Math.max(least.orElse(1L), 1L));
                max = number(range.substring(dash + 1));
            } else {
                silenced |= control.equals("toggle");
            }
        }
        List<String> said = documented(model);
        Optional<Boolean> always = said(said, "always");
        if (always.isEmpty() && (!efforts.isEmpty() || min.isPresent())) {
            // All that it can be told is how much.
            always = Optional.of(!silenced);
        }
        return new ThinkingFacts(
                List.copyOf(efforts),
                min,
                max,
                always,
                said(said, "unasked"),
                said(said, "adaptive"));
    }

    private static List<String> documented(String model) {
        for (var row = Documented.BY_BEGINNING.floorEntry(model);
                row != null;
                row = Documented.BY_BEGINNING.lowerEntry(row.getKey())) {
            // Of all beginnings of an id, the longest comes last in the order of texts.
            if (model.startsWith(row.getKey())) {
                return row.getValue();
            }
        }
        return List.of();
    }

    private static Optional<Boolean> said(List<String> words, String word) {
        return words.contains(word)
                ? Optional.of(true)
                : words.contains("-" + word) ? Optional.of(false) : Optional.empty();
    }

    private static Optional<Long> number(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(text));
    }
}
