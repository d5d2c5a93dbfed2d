package io.fairlead.benchmarks.comparison;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The tables of a run in Markdown. Used by one thread. */
final class Report {

    private static final String NOTHING = "-";

    private final ResultFile result;
    private final Figures figures;
    private final List<String> candidates;
    private final StringBuilder text = new StringBuilder();

    Report(ResultFile result) {
        this.result = result;
        this.figures = new Figures(result.windows());
        this.candidates = Comparison.CANDIDATES.stream().filter(figures::has).toList();
    }

    String markdown(String file) {
        line("# Benchmark results");
        line("");
        line("Made by `benchmarks/run` from `" + file + "`; do not edit.");
        line("What is measured and how noise is handled: [README](README.md).");
        line("");
        result.about().forEach((name, value) -> line("- " + name + ": " + value));
        noise();
        bars();
        for (Scenario scenario :
                List.of(
                        Scenario.UNARY_1K,
                        Scenario.UNARY_80K,
                        Scenario.SSE_PACED,
                        Scenario.SSE_FULL)) {
            cpu(scenario);
        }
        latency();
        memory();
        return text.toString();
    }

    private void noise() {
        OptionalDouble foreign = figures.overTraffic(Window::foreign);
        OptionalDouble steal = figures.overTraffic(Window::steal);
        if (foreign.isPresent() && steal.isPresent()) {
            line(
                    "- noise: in the median window other processes used %.2f of a core, the host took %.2f"
                            .formatted(foreign.getAsDouble(), steal.getAsDouble()));
        }
        for (String candidate : candidates) {
            long unsound = figures.unsound(candidate);
            if (unsound > 0) {
                line(
                        "- **"
                                + candidate
                                + ": "
                                + unsound
                                + " windows with wrong or missing answers do not count**");
            }
        }
    }

    private void bars() {
        table("Bars", "promise", "at most", "measured: median (range, pairs)", "");
        for (Bar bar : Bar.of(figures)) {
            row(bar.promise(), "%.3f".formatted(bar.most()), bar.figure(), bar.verdict());
        }
    }

    private void cpu(Scenario scenario) {
        if (candidates.stream()
                .allMatch(c -> figures.median(scenario.id, c, Window::cpuPerUnit).isEmpty())) {
            return;
        }
        table(
                scenario.title,
                "",
                "CPU, times nginx: median of pairs (range, pairs)",
                "CPU µs per " + scenario.unit,
                scenario.unit + "s per second",
                "load side, share of its core");
        for (String candidate : candidates) {
            boolean direct = candidate.equals(Figures.DIRECT);
            row(
                    candidate,
                    direct ? NOTHING : ratio(figures.cpuRatio(scenario, candidate, Figures.UNIT)),
                    direct ? NOTHING : median(scenario.id, candidate, Window::cpuPerUnit, "%,.1f"),
                    median(scenario.id, candidate, Window::unitsPerSecond, "%,.0f"),
                    median(scenario.id, candidate, Window::loadSide, "%.2f"));
        }
    }

    private void latency() {
        table(
                "Added latency, milliseconds more than direct",
                "",
                "unary p50",
                "unary p99",
                "first token p50",
                "first token p99",
                "paced event p50",
                "paced event p99");
        for (String candidate : candidates) {
            row(
                    candidate.equals(Figures.DIRECT) ? "direct (whole)" : candidate,
                    added(Scenario.LATENCY, candidate, Window::p50),
                    added(Scenario.LATENCY, candidate, Window::p99),
                    added(Scenario.FIRST_TOKEN, candidate, Window::firstP50),
                    added(Scenario.FIRST_TOKEN, candidate, Window::firstP99),
                    added(Scenario.SSE_PACED, candidate, Window::p50),
                    added(Scenario.SSE_PACED, candidate, Window::p99));
        }
    }

    private void memory() {
        table(
                "Resident memory (MB) and start-up",
                "",
                "idle",
                "loaded, highest",
                "after",
                "time to ready, ms");
        for (String candidate : candidates) {
            if (!candidate.equals(Figures.DIRECT)) {
                row(
                        candidate,
                        megabytes(figures.memoryKib(Window.IDLE, candidate)),
                        megabytes(figures.loadedKib(candidate)),
                        megabytes(figures.memoryKib(Window.AFTER, candidate)),
                        readyMillis(candidate));
            }
        }
        for (String other : List.of(StartUp.MANY_KEYS, StartUp.HELLO)) {
            if (figures.has(other)) {
                row(other, NOTHING, NOTHING, NOTHING, readyMillis(other));
            }
        }
    }

    private String readyMillis(String candidate) {
        return median(Window.START_UP, candidate, w -> w.wall() / 1e3, "%,.0f");
    }

    private String added(Scenario scenario, String candidate, ToDoubleFunction<Window> micros) {
        if (candidate.equals(Figures.DIRECT)) {
            return median(scenario.id, candidate, w -> micros.applyAsDouble(w) / 1e3, "%.2f");
        }
        return figures.added(scenario, candidate, micros)
                .map(p -> "%.2f".formatted(p.median() / 1e3))
                .orElse(NOTHING);
    }

    private String median(
            String scenario, String candidate, ToDoubleFunction<Window> value, String format) {
        OptionalDouble median = figures.median(scenario, candidate, value);
        return median.isPresent() ? format.formatted(median.getAsDouble()) : NOTHING;
    }

    private static String ratio(Optional<Figures.Paired> paired) {
        return paired.map(p ->
                        "**%.2f** (%.2f to %.2f, %d)"
                                .formatted(p.median(), p.least(), p.most(), p.pairs()))
                .orElse(NOTHING);
    }

    private static String megabytes(OptionalDouble kib) {
        return kib.isPresent() ? "%,.0f".formatted(kib.getAsDouble() / 1024) : NOTHING;
    }

    private void table(String title, String... columns) {
        line("");
        line("## " + title);
        line("");
        row(columns);
        line("|" + " --- |".repeat(columns.length));
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
