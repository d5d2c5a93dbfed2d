package io.fairlead.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The figures of a run. A machine that others share changes its speed from minute to minute, so two
 * candidates are compared only within a cycle, and the figure is the median over the cycles.
 * Immutable.
 */
record Figures(List<Window> windows) {

    /** The candidate that all others are expressed in. */
    static final String UNIT = "nginx";

    /** No proxy at all. */
    static final String DIRECT = "direct";

    /** Median, extremes and number of the comparisons behind a figure. */
    record Paired(double median, double least, double most, int pairs) {}

    Figures {
        windows = List.copyOf(windows);
    }

    Optional<Paired> cpuRatio(Scenario scenario, String candidate, String unit) {
        return paired(scenario.id, candidate, unit, (a, b) -> a.cpuPerUnit() / b.cpuPerUnit());
    }

    Optional<Paired> startRatio() {
        return paired(
                Window.START_UP, "fairlead", StartUp.HELLO, (a, b) -> (double) a.wall() / b.wall());
    }

    /** How much longer something took than without a proxy, in microseconds. */
    Optional<Paired> added(Scenario scenario, String candidate, ToDoubleFunction<Window> time) {
        return paired(
                scenario.id,
                candidate,
                DIRECT,
                (a, b) -> time.applyAsDouble(a) - time.applyAsDouble(b));
    }

    OptionalDouble median(String scenario, String candidate, ToDoubleFunction<Window> value) {
        double[] values =
                of(scenario, candidate).stream()
                        .filter(Window::sound)
                        .mapToDouble(value)
                        .sorted()
                        .toArray();
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(values));
    }

    /** The most memory that was seen in a window. */
    OptionalDouble loadedKib(String candidate) {
        return windows.stream()
                .filter(w -> w.candidate().equals(candidate) && w.cycle() > 0)
                .mapToDouble(Window::residentKib)
                .max();
    }

    OptionalDouble memoryKib(String moment, String candidate) {
        return of(moment, candidate).stream().mapToDouble(Window::residentKib).max();
    }

    boolean has(String candidate) {
        return windows.stream().anyMatch(w -> w.candidate().equals(candidate));
    }

    long unsound(String candidate) {
        return windows.stream()
                .filter(w -> w.candidate().equals(candidate) && w.errors() > 0)
                .count();
    }

    /** The median over all windows with traffic. */
    OptionalDouble overTraffic(ToDoubleFunction<Window> value) {
        double[] values =
                windows.stream()
                        .filter(w -> w.cycle() > 0 && w.loadSide() > 0)
                        .mapToDouble(value)
                        .sorted()
                        .toArray();
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(values));
    }

    private List<Window> of(String scenario, String candidate) {
        return windows.stream()
                .filter(w -> w.scenario().equals(scenario) && w.candidate().equals(candidate))
                .toList();
    }

    private Optional<Paired> paired(
            String scenario,
            String candidate,
            String unit,
            BiFunction<Window, Window, Double> compare) {
        Map<Integer, Window> units =
                of(scenario, unit).stream()
                        .filter(Window::sound)
                        .collect(Collectors.toMap(Window::cycle, Function.identity()));
        List<Double> values = new ArrayList<>();
        for (Window window : of(scenario, candidate)) {
            Window other = units.get(window.cycle());
            if (other != null && window.sound()) {
                values.add(compare.apply(window, other));
            }
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(
                        new Paired(
                                median(sorted),
                                sorted[0],
                                sorted[sorted.length - 1],
                                sorted.length));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
