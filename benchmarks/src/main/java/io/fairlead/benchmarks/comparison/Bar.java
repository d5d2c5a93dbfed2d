package io.fairlead.benchmarks.comparison;

import java.util.List;
import java.util.Optional;

/** A speed that Fairlead promises, and what was measured. Immutable. */
record Bar(String promise, double most, Optional<Figures.Paired> measured) {

    static List<Bar> of(Figures figures) {
        String fairlead = "fairlead";
        return List.of(
                new Bar(
                        "CPU per unary request, times nginx",
                        2.5,
                        figures.cpuRatio(Scenario.UNARY_1K, fairlead, Figures.UNIT)),
                new Bar(
                        "CPU per paced SSE event, times nginx",
                        1.7,
                        figures.cpuRatio(Scenario.SSE_PACED, fairlead, Figures.UNIT)),
                new Bar(
                        "CPU per unary request, times Portkey",
                        1.0 / 30,
                        figures.cpuRatio(Scenario.UNARY_1K, fairlead, "portkey")),
                new Bar(
                        "time to the ready line, times a hello-world JVM",
                        4,
                        figures.startRatio()));
    }

    boolean missed() {
        return measured.isPresent() && measured.get().median() > most;
    }

    String verdict() {
        return measured.isEmpty() ? "not measured" : missed() ? "**missed**" : "held";
    }

    String figure() {
        return measured.map(m ->
                        "%.3f (%.3f to %.3f, %d)"
                                .formatted(m.median(), m.least(), m.most(), m.pairs()))
                .orElse("-");
    }
}
