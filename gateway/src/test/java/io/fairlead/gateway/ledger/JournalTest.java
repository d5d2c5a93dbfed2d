package io.fairlead.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The journal keeps what it took, whatever happens to the process, the disk or the file. */
class JournalTest {
    private static final int SEGMENT = 64 * 1024;

    @TempDir Path folder;

    @Test
    void givesBackWhatWasAppendedInOrder() throws Exception {
        try (Journal journal = Journal.open(settings(1 << 20))) {
            patiently(journal, 0, 1000);
            assertThat(ids(journal)).containsExactlyElementsOf(named(0, 1000));
            append(journal, 1000, 1010);
            assertThat(ids(journal)).containsExactlyElementsOf(named(1000, 1010));
            assertThat(journal.taken()).isEqualTo(journal.end());
        }
    }

    @Test
    void leavesToTheNextProcessWhatWasNotSettled() throws Exception {
        try (Journal journal = Journal.open(settings(1 << 20))) {
            patiently(journal, 0, 500);
            assertThat(journal.take(100, 1 << 20)).hasSize(100);
        }
        try (Journal journal = Journal.open(settings(1 << 20))) {
            patiently(journal, 500, 600);
            assertThat(ids(journal)).containsExactlyElementsOf(named(0, 600));
            journal.seal();
            journal.settle();
        }
        assertThat(files(".journal")).isEmpty();
    }

    @Test
    void deletesSegmentsOnlyWhenSettled() throws Exception {
        try (Journal journal = Journal.open(settings(1 << 20))) {
            patiently(journal, 0, 1000);
            long before = journal.stats().segments();
            assertThat(before).isGreaterThan(3);
            ids(journal);
            assertThat(journal.settleable()).isTrue();
            assertThat(journal.stats().segments()).isEqualTo((int) before);
            journal.settle();
            assertThat(journal.stats().segments()).isEqualTo(1);
            assertThat(journal.settleable()).isFalse();
        }
    }

    @Test
    void rollsOnRequestSoThatAQuietJournalCanBeSettled() throws Exception {
        try (Journal journal = Journal.open(settings(1 << 20))) {
            append(journal, 0, 1);
            await(() -> files(".journal").size() == 2);
            ids(journal);
            assertThat(journal.settleable()).isFalse();
            journal.roll();
            ids(journal);
            assertThat(journal.settleable()).isTrue();
        }
    }

    @Test
    void stopsAcceptingWhileThereIsRoomForWhatIsUnderWayAndRecovers() throws Exception {
        try (Journal journal = Journal.open(settings(4 * SEGMENT))) {
            int accepted = 0;
            while (journal.accepting() || journal.stats().segments() < 4) {
                if (journal.accepting()) {
                    append(journal, accepted, ++accepted);
                }
            }
            int underWay = 0;
            try {
                while (underWay < 100_000) {
                    append(journal, accepted + underWay, accepted + underWay + 1);
                    underWay++;
                }
            } catch (LedgerFullException e) {
                assertThat(e).hasMessageContaining("no room");
            }
            assertThat(underWay).isBetween(60, 200);
            assertThat(journal.stats().refused()).isOne();

            assertThat(ids(journal)).containsExactlyElementsOf(named(0, accepted + underWay));
            journal.settle();
            await(journal::accepting);
        }
    }

    @Test
    void startsOnAFullDiskAndAcceptsWhenThereIsRoom() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        SegmentDisk real = SegmentDisk.leaving(0);
        SegmentDisk disk =
                (file, size) -> {
                    if (full.get()) {
                        throw new IOException("No space left on device");
                    }
                    real.allocate(file, size);
                };
        try (Journal journal = Journal.open(settings(1 << 20), disk)) {
            assertThat(journal.accepting()).isFalse();
            assertThatThrownBy(() -> append(journal, 0, 1)).isInstanceOf(LedgerFullException.class);
            full.set(false);
            await(journal::accepting);
            append(journal, 0, 1);
            assertThat(ids(journal)).hasSize(1);
        }
    }

    @Test
    void leavesRoomToTheStore() throws Exception {
        JournalSettings greedy =
                new JournalSettings(folder, SEGMENT, 1 << 20, Long.MAX_VALUE / 2, 0);
        try (Journal journal = Journal.open(greedy)) {
            assertThat(journal.accepting()).isFalse();
        }
        assertThat(files(".new")).isEmpty();
    }

    @Test
    void keepsBodiesOnlyWhileThereIsRoom() throws Exception {
        String body = "b".repeat(4096);
        RequestRecord entry =
                RecordSamples.withBodies(
                        RecordSamples.plain("id", RecordSamples.START), body, body);
        try (Journal journal = Journal.open(settings(2 * SEGMENT))) {
            while (journal.accepting()) {
                journal.append(entry);
            }
            journal.append(entry);
            List<byte[]> all = journal.take(1000, 1 << 20);
            assertThat(RecordCodec.decode(all.getFirst()).requestBody()).hasValue(body);
            assertThat(RecordCodec.decode(all.getLast()).requestBody()).isEmpty();
        }
    }

    @Test
    void takesRecordsOfManyThreads() throws Exception {
        int threads = 8;
        int each = 20_000;
        Set<String> seen = new HashSet<>();
        JournalSettings settings = new JournalSettings(folder, 1 << 20, 1L << 28, 0, 0);
        try (Journal journal = Journal.open(settings)) {
            List<Thread> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = t * each;
                all.add(Thread.ofPlatform().start(() -> patiently(journal, first, first + each)));
            }
            long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (seen.size() < threads * each && System.nanoTime() < deadline) {
                List<String> some = ids(journal);
                for (String id : some) {
                    assertThat(seen.add(id)).as("%s is new", id).isTrue();
                }
                journal.settle();
                if (some.isEmpty()) {
                    LockSupport.parkNanos(20_000);
                }
            }
            for (Thread thread : all) {
                thread.join();
            }
        }
        assertThat(seen).hasSize(threads * each);
    }

    @Test
    void readsUpToATearAndKeepsTheFile() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            try (Journal journal = Journal.open(settings(1 << 20))) {
                append(journal, 0, 100);
            }
            Random random = new Random(seed);
            Path file = files(".journal").getFirst();
            byte[] bytes = Files.readAllBytes(file);
            int at = random.nextInt(Segment.HEADER_BYTES, 100 * 300);
            for (int i = at; i < at + random.nextInt(1, 64); i++) {
                bytes[i] ^= (byte) random.nextInt(1, 256);
            }
            Files.write(file, bytes);

            try (Journal journal = Journal.open(settings(1 << 20))) {
                List<String> read = ids(journal);
                assertThat(read).as("seed %d", seed).isEqualTo(named(0, read.size()));
                assertThat(read.size()).as("seed %d", seed).isGreaterThanOrEqualTo(at / 340 - 1);
                assertThat(journal.stats().damaged())
                        .as("seed %d", seed)
                        .isBetween(read.size() == 100 ? 0 : 1, 1);
                journal.seal();
                journal.settle();
            }
            for (Path damaged : files(".damaged")) {
                Files.delete(damaged);
            }
            assertThat(files(".journal")).isEmpty();
        }
    }

    @Test
    void readsAFileThatWasCutOff() throws Exception {
        try (Journal journal = Journal.open(settings(1 << 20))) {
            append(journal, 0, 100);
        }
        Path file = files(".journal").getFirst();
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.truncate(10_000);
        }
        try (Journal journal = Journal.open(settings(1 << 20))) {
            assertThat(ids(journal)).isNotEmpty().isSubsetOf(named(0, 100));
            assertThat(journal.stats().damaged()).isOne();
        }
    }

    @Test
    void leavesSegmentsOfANewerFormatToANewerProgram() throws Exception {
        try (Journal journal = Journal.open(settings(1 << 20))) {
            append(journal, 0, 10);
        }
        Path file = files(".journal").getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[8] = 2;
        Files.write(file, bytes);
        try (Journal journal = Journal.open(settings(1 << 20))) {
            assertThat(ids(journal)).isEmpty();
            assertThat(journal.stats().unreadable()).isOne();
            journal.seal();
            journal.settle();
        }
        assertThat(file).exists();
    }

    @Test
    void refusesAFolderThatIsInUse() throws Exception {
        try (Journal _ = Journal.open(settings(1 << 20))) {
            assertThatThrownBy(() -> Journal.open(settings(1 << 20)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
    }

    private JournalSettings settings(long maxBytes) {
        return new JournalSettings(folder, SEGMENT, maxBytes, 0, 8192);
    }

    private static void append(Journal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            journal.append(RecordSamples.plain("id-" + i, RecordSamples.START));
        }
    }

    /** As requests do: none starts while the journal is not accepting. */
    private static void patiently(Journal journal, int from, int to) {
        for (int i = from; i < to; i++) {
            while (!journal.accepting()) {
                LockSupport.parkNanos(20_000);
            }
            append(journal, i, i + 1);
        }
    }

    private static List<String> named(int from, int to) {
        return java.util.stream.IntStream.range(from, to).mapToObj(i -> "id-" + i).toList();
    }

    private static List<String> ids(Journal journal) throws UnreadableRecordException {
        List<String> ids = new ArrayList<>();
        for (List<byte[]> some = journal.take(100, 1 << 20);
                !some.isEmpty();
                some = journal.take(100, 1 << 20)) {
            for (byte[] encoded : some) {
                ids.add(RecordCodec.decode(encoded).id());
            }
        }
        return ids;
    }

    private List<Path> files(String suffix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(1);
        }
    }
}
