package io.fairlead.benchmarks.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The tables of a run in Markdown. Used by one thread. */
final class Report {

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
        line(
                "Made by `benchmarks/run` from `%s`; do not edit. What is measured and how noise is"
                        + " handled: [README](README.md).",
                file);
        line("");
        result.about().forEach((name, value) -> line("- %s: %s", name, value));
        overall();
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

    private void overall() {
        OptionalDouble foreign =
                figures.overall(w -> w.cycle() > 0 && w.loadSide() > 0, Window::foreign);
        OptionalDouble steal =
                figures.overall(w -> w.cycle() > 0 && w.loadSide() > 0, Window::steal);
        if (foreign.isPresent() && steal.isPresent()) {
            line(
                    "- noise, median over all windows: %.2f of a core used by other processes, %.2f"
                            + " of a core taken by the host",
                    foreign.getAsDouble(), steal.getAsDouble());
        }
        for (String candidate : candidates) {
            if (figures.unsound(candidate) > 0) {
                line(
                        "- **%s: %d windows had wrong or missing answers and are left out**",
                        candidate, figures.unsound(candidate));
            }
        }
    }

    private void bars() {
        heading("Bars");
        row("promise", "at most", "measured, median (range)", "");
        row("---", "---", "---", "---");
        for (Bar bar : Bar.of(figures)) {
            row(bar.promise(), format("%.3g", bar.most()), bar.figure(), bar.verdict());
        }
    }

    private void cpu(Scenario scenario) {
        if (candidates.stream()
                .allMatch(c -> figures.median(scenario.id, c, Window::cpuPerUnit).isEmpty())) {
            return;
        }
        heading(scenario.title);
        row(
                "",
                "CPU, times nginx: median of pairs (range)",
                "CPU µs per " + scenario.unit,
                scenario.unit + "s per second",
                "load side, share of its core");
        row("---", "---", "---", "---", "---");
        for (String candidate : candidates) {
            row(
                    candidate,
                    candidate.equals("direct")
                            ? "-"
                            : ratio(figures.cpuRatio(scenario, candidate, Figures.UNIT)),
                    candidate.equals("direct")
                            ? "-"
                            : cell(scenario.id, candidate, Window::cpuPerUnit, "%.1f"),
                    cell(scenario.id, candidate, Window::unitsPerSecond, "%,.0f"),
                    cell(scenario.id, candidate, Window::loadSide, "%.2f"));
        }
    }

    private void latency() {
        heading("Added latency, milliseconds more than direct");
        row(
                "",
                "unary p50",
                "unary p99",
                "first token p50",
                "first token p99",
                "paced event p50",
                "paced event p99");
        row("---", "---", "---", "---", "---", "---", "---");
        for (String candidate : candidates) {
            row(
                    candidate.equals("direct") ? "direct (whole)" : candidate,
                    millis(Scenario.LATENCY, candidate, Window::p50),
                    millis(Scenario.LATENCY, candidate, Window::p99),
                    millis(Scenario.FIRST_TOKEN, candidate, Window::firstP50),
                    millis(Scenario.FIRST_TOKEN, candidate, Window::firstP99),
                    millis(Scenario.SSE_PACED, candidate, Window::p50),
                    millis(Scenario.SSE_PACED, candidate, Window::p99));
        }
    }

    private void memory() {
        heading("Resident memory (MB) and start-up");
        row("", "idle", "loaded, highest", "after", "time to ready, ms");
        row("---", "---", "---", "---", "---");
        for (String candidate : candidates) {
            if (!candidate.equals("direct")) {
                row(
                        candidate,
                        megabytes(figures.memoryKib(Window.IDLE, candidate)),
                        megabytes(figures.loadedKib(candidate)),
                        megabytes(figures.memoryKib(Window.AFTER, candidate)),
                        cell(Window.START_UP, candidate, w -> w.wall() / 1e3, "%.0f"));
            }
        }
        if (figures.has(StartUp.HELLO)) {
            row(
                    StartUp.HELLO,
                    "-",
                    "-",
                    "-",
                    cell(Window.START_UP, StartUp.HELLO, w -> w.wall() / 1e3, "%.0f"));
        }
    }

    private String millis(Scenario scenario, String candidate, ToDoubleFunction<Window> time) {
        if (candidate.equals("direct")) {
            return cell(scenario.id, candidate, w -> time.applyAsDouble(w) / 1e3, "%.2f");
        }
        return figures.added(scenario, candidate, time)
                .map(p -> format("%.2f", p.median() / 1e3))
                .orElse("-");
    }

    private String cell(
            String scenario, String candidate, ToDoubleFunction<Window> value, String format) {
        OptionalDouble median = figures.median(scenario, candidate, value);
        return median.isPresent() ? format(format, median.getAsDouble()) : "-";
    }

    private static String ratio(Optional<Figures.Paired> paired) {
        return paired.map(p ->
                        format(
                                "**%.2f** (%.2f to %.2f, %d)",
                                p.median(), p.least(), p.most(), p.pairs()))
                .orElse("-");
    }

    private static String megabytes(OptionalDouble kib) {
        return kib.isPresent() ? format("%.0f", kib.getAsDouble() / 1024) : "-";
    }

    private void heading(String title) {
        line("");
        line("## %s", title);
        line("");
    }

    private void row(String... cells) {
        line("%s", "| " + String.join(" | ", Arrays.asList(cells)) + " |");
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : format(format, values)).append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
