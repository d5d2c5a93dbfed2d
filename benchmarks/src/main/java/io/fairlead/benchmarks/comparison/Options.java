package io.fairlead.benchmarks.comparison;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the command line asks for. Immutable. */
record Options(
        String stamp,
        int cycles,
        int starts,
        int niceness,
        Duration window,
        Duration warmUp,
        Set<Scenario> scenarios,
        List<String> only,
        boolean partial,
        boolean check,
        Optional<Path> table) {

    static final String USAGE =
            """
            usage: benchmarks/run [options]
              --quick             a smoke run of about two minutes: one cycle of short windows
              --cycles N          cycles of the interleaved run (9)
              --only A,B          of direct, nginx, haproxy, fairlead, portkey (all; nginx is always taken along, being the unit)
              --scenarios A,B     of unary1k, unary80k, paced, full, latency, first-token (all), or none
              --start-up          only the time to the ready line, against a hello-world JVM
              --starts N          starts of each (9)
              --warm-up SECONDS   traffic through a JVM or Node before the first cycle (120)
              --nice N            run all that is measured at this niceness; -15 (as root) keeps other work on the machine away
              --check             exit 1 if a bar is missed
              --table FILE        measure nothing, make the table from this result file
              --help

            A whole run writes benchmarks/results/DATE.csv and benchmarks/RESULTS.md, a partial one benchmarks/target/results/.
            """;

    Options {
        scenarios = Set.copyOf(scenarios);
        only = List.copyOf(only);
        if (cycles < 1 || starts < 0) {
            throw new IllegalArgumentException("--cycles and --starts take a positive number");
        }
    }

    static Options parse(String[] arguments) {
        String stamp = "undated";
        int cycles = 9;
        int starts = 9;
        int niceness = 0;
        Duration window = Duration.ofSeconds(2);
        Duration warmUp = Duration.ofMinutes(2);
        Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);
        List<String> only = Comparison.CANDIDATES;
        boolean partial = false;
        boolean check = false;
        Optional<Path> table = Optional.empty();
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String option = rest.remove();
            partial |=
                    !List.of("--stamp", "--check", "--cycles", "--starts", "--nice", "--warm-up")
                            .contains(option);
            switch (option) {
                case "--stamp" -> stamp = value(option, rest);
                case "--quick" -> {
                    cycles = 1;
                    starts = 3;
                    window = Duration.ofSeconds(1);
                    warmUp = Duration.ofSeconds(4);
                }
                case "--cycles" -> cycles = Integer.parseInt(value(option, rest));
                case "--starts" -> starts = Integer.parseInt(value(option, rest));
                case "--warm-up" ->
                        warmUp = Duration.ofSeconds(Long.parseLong(value(option, rest)));
                case "--nice" -> niceness = Integer.parseInt(value(option, rest));
                case "--only" -> {
                    only = List.of(value(option, rest).split(","));
                    if (!Comparison.CANDIDATES.containsAll(only)) {
                        throw new IllegalArgumentException(
                                "--only takes names of " + Comparison.CANDIDATES);
                    }
                }
                case "--scenarios" -> scenarios = scenarios(value(option, rest));
                case "--start-up" -> scenarios = EnumSet.noneOf(Scenario.class);
                case "--check" -> check = true;
                case "--table" -> table = Optional.of(Path.of(value(option, rest)));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new Options(
                stamp, cycles, starts, niceness, window, warmUp, scenarios, only, partial, check,
                table);
    }

    private static Set<Scenario> scenarios(String names) {
        Set<Scenario> chosen = EnumSet.noneOf(Scenario.class);
        if (!names.equals("none")) {
            Arrays.stream(names.split(",")).map(Scenario::of).forEach(chosen::add);
        }
        return chosen;
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " wants a value");
        }
        return rest.remove();
    }

    boolean wants(String candidate) {
        return only.contains(candidate) || candidate.equals(Figures.UNIT);
    }
}
