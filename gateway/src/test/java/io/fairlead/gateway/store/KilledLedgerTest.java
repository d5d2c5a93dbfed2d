package io.fairlead.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.gateway.ledger.RequestFilter;
import io.fairlead.gateway.ledger.UsageQuery;
import io.fairlead.gateway.ledger.UsageReport.UsageTotals;
import io.fairlead.kernel.Money;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Real processes on real disks: killed at any moment, or without any room left. */
class KilledLedgerTest {
    @TempDir Path folder;

    @Test
    void keepsEveryRecordOnceWhenTheProcessIsKilledTwentyTimes() throws Exception {
        Random random = new Random(20);
        Set<Long> said = new HashSet<>();
        for (int round = 0; round < 20; round++) {
            Path output = folder.resolve("said-" + round);
            Process process = start(folder, 1_000_000L * (round + 1), false, output, List.of());
            awaitOutput(process, output);
            Thread.sleep(random.nextInt(300));
            process.destroyForcibly().waitFor();
            said.addAll(numbers(output));
        }
        assertThat(said.size()).isGreaterThan(20);
        checkStore(said);
    }

    @Test
    void refusesOnAFullDiskAndKeepsEverythingItTook() throws Exception {
        List<String> namespace = List.of("unshare", "--map-root-user", "--mount");
        assumeThat(works(namespace)).as("a disk of its own can be mounted").isTrue();
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Path output = folder.resolve("said");
        // The disk vanishes with the namespace, so what is on it is copied at the end.
        String script =
                "mount -t tmpfs -o size=6m none '%s' && \"$@\"; cp -a '%s/.' '%s'"
                        .formatted(disk, disk, kept);
        List<String> wrapper = new ArrayList<>(namespace);
        wrapper.addAll(List.of("sh", "-c", script, "sh"));
        Process process = start(disk, 1, true, output, wrapper);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String all = Files.readString(output);
        assertThat(all).contains("not accepting").contains("closed").doesNotContain("refused");
        Set<Long> said = numbers(output);
        assertThat(said.size()).isGreaterThan(1000);
        // With room again, the next process carries over what waits.
        try (Stream<Path> files = Files.list(kept)) {
            files.forEach(file -> move(file, folder.resolve(file.getFileName())));
        }
        checkStore(said);
    }

    /** Starts once more without appending, and looks at what is stored. */
    private void checkStore(Set<Long> said) throws Exception {
        Path output = folder.resolve("last");
        Process last = start(folder, 999_000_000, false, output, List.of());
        awaitOutput(last, output);
        last.destroyForcibly().waitFor();
        said.addAll(numbers(output));
        settle();

        Set<Long> stored = new HashSet<>();
        Money expected = Money.ZERO;
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM request")) {
            while (rows.next()) {
                long number = Long.parseLong(rows.getString(1).substring(3));
                assertThat(stored.add(number)).as("%d is there once", number).isTrue();
                expected = expected.plus(Money.usd(LedgerProcess.spend(number)));
            }
        }
        assertThat(stored).containsAll(said);
        SqliteStore store = SqliteStore.open(folder.resolve("ledger.db"));
        UsageTotals totals = store.usage(new UsageQuery(RequestFilter.ALL, List.of(), 1)).totals();
        store.close();
        assertThat(totals.requests()).isEqualTo(stored.size());
        assertThat(totals.spend()).isEqualTo(expected);
    }

    /** Opens and closes the ledger in this process, which stores what is left. */
    private void settle() throws IOException {
        io.fairlead.gateway.ledger.DurableLedger ledger =
                io.fairlead.gateway.ledger.DurableLedger.open(
                        io.fairlead.gateway.ledger.JournalSettings.in(folder.resolve("journal")),
                        Stores.sqlite(folder.resolve("ledger.db")),
                        io.fairlead.gateway.ledger.Retention.FOREVER,
                        java.time.InstantSource.fixed(
                                io.fairlead.gateway.ledger.RecordSamples.START));
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!ledger.stats().lag().isZero()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.onSpinWait();
        }
        assertThat(ledger.stats().journal().damaged()).isZero();
        ledger.close();
    }

    private static Process start(
            Path folder, long first, boolean untilFull, Path output, List<String> wrapper)
            throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        LedgerProcess.class.getName(),
                        folder.toString(),
                        Long.toString(first),
                        Boolean.toString(untilFull)));
        return new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /**
     * Where the classes in use came from: a runner may load them by other ways than its own path.
     */
    private static String classPath() {
        return String.join(
                java.io.File.pathSeparator,
                Stream.of(
                                LedgerProcess.class,
                                SqliteStore.class,
                                Money.class,
                                org.sqlite.SQLiteConfig.class,
                                org.slf4j.Logger.class,
                                tools.jackson.databind.json.JsonMapper.class,
                                tools.jackson.core.JsonParser.class,
                                com.fasterxml.jackson.annotation.JsonProperty.class)
                        .map(KilledLedgerTest::origin)
                        .distinct()
                        .toList());
    }

    private static String origin(Class<?> type) {
        try {
            Path origin = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
            return origin.toString();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitOutput(Process process, Path output) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (Files.size(output) == 0) {
            assertThat(process.isAlive()).as("the process runs").isTrue();
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(2);
        }
    }

    private static Set<Long> numbers(Path output) throws IOException {
        String all = Files.readString(output);
        Set<Long> numbers = new HashSet<>();
        // The last line may be half of one.
        for (String line : all.substring(0, all.lastIndexOf('\n') + 1).split("\n", -1)) {
            if (!line.isEmpty() && Character.isDigit(line.charAt(0))) {
                numbers.add(Long.parseLong(line));
            }
        }
        return numbers;
    }

    private static boolean works(List<String> namespace) {
        List<String> command = new ArrayList<>(namespace);
        command.addAll(List.of("mount", "-t", "tmpfs", "none", "/mnt"));
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException | InterruptedException _) {
            return false;
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
