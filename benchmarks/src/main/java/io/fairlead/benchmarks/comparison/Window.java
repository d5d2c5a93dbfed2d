package io.fairlead.benchmarks.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was counted in one window: a row of the result file. Times are microseconds, -1 where there
 * was nothing to time; {@code loadSide}, {@code foreign} and {@code steal} are shares of one core
 * used by upstream and client, by anything else on the machine, and taken by its host. Immutable.
 */
record Window(
        int cycle,
        String scenario,
        String candidate,
        long wall,
        long requests,
        long events,
        long errors,
        long cpu,
        long p50,
        long p99,
        long firstP50,
        long firstP99,
        long residentKib,
        double loadSide,
        double foreign,
        double steal) {

    static final String START_UP = "start-up";
    static final String IDLE = "idle";
    static final String AFTER = "after";

    static final String HEADER =
            "cycle,scenario,candidate,wall_us,requests,events,errors,cpu_us,p50_us,p99_us,first_p50_us,first_p99_us,"
                + "resident_kib,load_side,foreign,steal";
    private static final List<String> COLUMNS = List.of(HEADER.split(","));

    static Window ofCsv(String line) {
        String[] cells = line.split(",", -1);
        return of(
                Integer.parseInt(cells[0]),
                cells[1],
                cells[2],
                Arrays.stream(cells).map(String::strip).toList());
    }

    /** Reads the {@code name=value} line of the load generator. */
    static Window ofLoad(int cycle, String scenario, String candidate, String line) {
        Map<String, String> values =
                Arrays.stream(line.strip().split(" "))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return of(
                cycle,
                scenario,
                candidate,
                COLUMNS.stream().map(column -> values.getOrDefault(column, "")).toList());
    }

    static Window ofStart(int cycle, String candidate, long wall) {
        return new Window(cycle, START_UP, candidate, wall, 1, 0, 0, 0, -1, -1, -1, -1, 0, 0, 0, 0);
    }

    static Window ofMemory(String moment, String candidate, long residentKib) {
        return new Window(
                0, moment, candidate, 0, 0, 0, 0, 0, -1, -1, -1, -1, residentKib, 0, 0, 0);
    }

    private static Window of(int cycle, String scenario, String candidate, List<String> cells) {
        long[] n = new long[13];
        for (int i = 3; i < n.length; i++) {
            n[i] = Long.parseLong(cells.get(i));
        }
        return new Window(
                cycle,
                scenario,
                candidate,
                n[3],
                n[4],
                n[5],
                n[6],
                n[7],
                n[8],
                n[9],
                n[10],
                n[11],
                n[12],
                Double.parseDouble(cells.get(13)),
                Double.parseDouble(cells.get(14)),
                Double.parseDouble(cells.get(15)));
    }

    String toCsv() {
        return String.join(
                ",",
                List.of(
                                cycle,
                                scenario,
                                candidate,
                                wall,
                                requests,
                                events,
                                errors,
                                cpu,
                                p50,
                                p99,
                                firstP50,
                                firstP99,
                                residentKib,
                                loadSide,
                                foreign,
                                steal)
                        .stream()
                        .map(Object::toString)
                        .toList());
    }

    long units() {
        return events > 0 ? events : requests;
    }

    /** A window counts only when every answer in it was right and whole. */
    boolean sound() {
        return errors == 0 && units() > 0;
    }

    double cpuPerUnit() {
        return (double) cpu / units();
    }

    double unitsPerSecond() {
        return units() * 1e6 / wall;
    }
}
