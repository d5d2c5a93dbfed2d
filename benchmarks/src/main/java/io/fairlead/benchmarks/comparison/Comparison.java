package io.fairlead.benchmarks.comparison;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures Fairlead beside a direct call, nginx, HAProxy and Portkey in one interleaved run: each
 * cycle gives every candidate a short window of every kind of traffic, in turn. Run from the root
 * of the project, by {@code benchmarks/run}. Used by one thread.
 */
public final class Comparison {

    static final List<String> CANDIDATES =
            List.of("direct", "nginx", "haproxy", "fairlead", "portkey");

    private static final Path MODULE = Path.of("benchmarks");
    private static final Path WORK = MODULE.resolve("target/comparison");
    private static final Duration SETTLE = Duration.ofMillis(300);
    private static final int SLOW_EVERY = 3;
    private static final int WARM_UP_ROUNDS = 3;

    private final Options options;
    private final PrintStream out;
    private final ResultFile result = ResultFile.empty();
    private final List<Running> running = new ArrayList<>();

    private Comparison(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT); // for all numbers that are printed
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException bad) {
            System.err.println(bad.getMessage() + "\n\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new Comparison(options, System.out).run());
    }

    private int run() throws IOException, InterruptedException {
        Path results =
                options.partial() ? MODULE.resolve("target/results") : MODULE.resolve("results");
        Path csv = options.table().orElse(results.resolve(options.stamp() + ".csv"));
        ResultFile whole = options.table().isPresent() ? ResultFile.read(csv) : measure(csv);
        Path table =
                options.partial() && options.table().isEmpty()
                        ? results.resolve("RESULTS.md")
                        : MODULE.resolve("RESULTS.md");
        Files.writeString(table, new Report(whole).markdown(MODULE.relativize(csv).toString()));
        Figures figures = new Figures(whole.windows());
        for (Bar bar : Bar.of(figures)) {
            say(
                    "%-48s at most %6.3f   %s   %s"
                            .formatted(bar.promise(), bar.most(), bar.figure(), bar.verdict()));
        }
        say("figures: %s, windows: %s".formatted(table, csv));
        boolean broken =
                Bar.of(figures).stream().anyMatch(Bar::missed) || figures.unsound("fairlead") > 0;
        return options.check() && broken ? 1 : 0;
    }

    private ResultFile measure(Path csv) throws IOException, InterruptedException {
        try (Bench bench = Bench.open(MODULE.resolve("src/main/c"), WORK, options.niceness())) {
            Thread stop = new Thread(() -> closeAll(bench));
            Runtime.getRuntime().addShutdownHook(stop);
            machine();
            Fairlead fairlead = new Fairlead(Path.of("").toAbsolutePath());
            boolean withFairlead = false;
            for (Candidate candidate :
                    List.of(
                            new Direct(),
                            new Nginx(),
                            new Haproxy(),
                            fairlead,
                            new Portkey(MODULE.resolve("target/portkey")))) {
                if (!options.wants(candidate.name())) {
                    continue;
                }
                Optional<String> missing = candidate.missing();
                if (missing.isPresent()) {
                    result.about().put(candidate.name(), "not measured: " + missing.get());
                    say("%s is not measured: %s".formatted(candidate.name(), missing.get()));
                    continue;
                }
                withFairlead |= candidate instanceof Fairlead;
                if (!options.scenarios().isEmpty()) {
                    start(candidate, bench);
                }
            }
            if (withFairlead && options.starts() > 0 && options.scenarios().isEmpty()) {
                new StartUp(bench, fairlead).measure(options.starts(), result);
            }
            if (!options.scenarios().isEmpty()) {
                cycles(bench, csv);
            }
            closeAll(bench);
            if (withFairlead
                    && options.starts() > 0
                    && options.scenarios().size() == Scenario.values().length) {
                new StartUp(bench, fairlead).measure(options.starts(), result);
            }
        }
        result.write(csv);
        return result;
    }

    private void closeAll(Bench bench) {
        running.forEach(Running::close);
        bench.close();
    }

    private void machine() throws IOException, InterruptedException {
        String cpu =
                Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("model name"))
                        .findFirst()
                        .map(line -> line.substring(line.indexOf(':') + 2))
                        .orElse("unknown");
        result.about().put("date", options.stamp());
        result.about()
                .put(
                        "machine",
                        Runtime.getRuntime().availableProcessors()
                                + " cores, "
                                + cpu
                                + ", Linux "
                                + System.getProperty("os.version"));
        result.about().put("java", System.getProperty("java.vendor") + " " + Runtime.version());
        result.about()
                .put(
                        "run",
                        options.cycles()
                                + " cycles, windows of "
                                + options.window().toMillis()
                                + " ms, niceness "
                                + options.niceness());
    }

    private void start(Candidate candidate, Bench bench) throws IOException, InterruptedException {
        Running started = candidate.start(bench);
        running.add(started);
        result.about().put(candidate.name(), candidate.about(started));
        Thread.sleep(candidate.warmsUp() ? 2_000 : 200);
        result.windows().add(Window.ofMemory(Window.IDLE, candidate.name(), started.residentKib()));
        say(
                "%s is ready on port %d (%s)"
                        .formatted(
                                candidate.name(),
                                started.port(),
                                result.about().get(candidate.name())));
    }

    private void cycles(Bench bench, Path csv) throws IOException, InterruptedException {
        List<Scenario> scenarios = options.scenarios().stream().sorted().toList();
        for (Running each : running) {
            if (each.candidate().warmsUp()) {
                say("warming up %s".formatted(each.candidate().name()));
                // In rounds: a JVM compiles code again when another kind of traffic comes.
                for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                    for (Scenario scenario : scenarios) {
                        bench.measure(
                                0,
                                scenario,
                                each,
                                SETTLE,
                                options.warmUp()
                                        .dividedBy((long) WARM_UP_ROUNDS * scenarios.size()));
                    }
                }
            }
        }
        for (int cycle = 1; cycle <= options.cycles(); cycle++) {
            List<Running> turn = new ArrayList<>(running);
            Collections.rotate(turn, cycle);
            for (Scenario scenario : scenarios) {
                for (Running each : turn) {
                    if (!each.candidate().slow() || cycle % SLOW_EVERY == 1) {
                        window(bench, cycle, scenario, each);
                    }
                }
            }
            result.write(csv); // what a broken run has measured is not lost
        }
        Thread.sleep(5_000);
        for (Running each : running) {
            result.windows()
                    .add(
                            Window.ofMemory(
                                    Window.AFTER, each.candidate().name(), each.residentKib()));
        }
    }

    private void window(Bench bench, int cycle, Scenario scenario, Running each)
            throws IOException, InterruptedException {
        Window window = bench.measure(cycle, scenario, each, SETTLE, options.window());
        result.windows().add(window);
        boolean first = scenario == Scenario.FIRST_TOKEN;
        say(
                "%2d %-11s %-8s %8.1f us CPU/%-7s %8.0f/s  p50 %7.2f p99 %8.2f ms  errors %d  load %.2f foreign %.2f steal %.2f"
                        .formatted(
                                cycle,
                                scenario.id,
                                each.candidate().name(),
                                window.cpuPerUnit(),
                                scenario.unit,
                                window.unitsPerSecond(),
                                (first ? window.firstP50() : window.p50()) / 1e3,
                                (first ? window.firstP99() : window.p99()) / 1e3,
                                window.errors(),
                                window.loadSide(),
                                window.foreign(),
                                window.steal()));
    }

    private void say(String line) {
        out.println(line);
    }
}
