package io.fairlead.gateway.ledger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The folder of a journal: its lock, what an earlier process left in it, and the names of new
 * segments. Confined to one thread at a time.
 */
final class JournalFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFolder.class);
    private static final String SUFFIX = ".journal";
    private static final int DIGITS = 19;

    private final Path directory;
    private final FileChannel lockFile;
    private final List<Segment> leftovers = new ArrayList<>();
    private int unreadable;
    private long sequence;

    private JournalFolder(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    static JournalFolder open(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel lockFile = lock(directory);
        JournalFolder folder = new JournalFolder(directory, lockFile);
        try {
            folder.findLeftovers();
            return folder;
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /** Segments with records that may not be in the store yet, oldest first. */
    List<Segment> leftovers() {
        return List.copyOf(leftovers);
    }

    /** How many segments are of a newer format, and stay where they are. */
    int unreadable() {
        return unreadable;
    }

    Segment create(int size, SegmentDisk disk) throws IOException {
        long number = sequence + 1;
        Segment made = Segment.create(file(number), number, size, disk);
        sequence = number;
        return made;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private void findLeftovers() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = name(file);
                if (name.endsWith(SUFFIX)) {
                    found.add(file);
                } else if (name.endsWith(SUFFIX + ".new")) {
                    Files.delete(file);
                }
            }
        }
        Collections.sort(found);
        for (Path file : found) {
            long number = number(file);
            sequence = Math.max(sequence, number);
            Segment segment = Segment.leftover(file, number);
            if (segment == null) {
                unreadable++;
                LOG.error("journal: {} is of a newer version and is left alone", file);
            } else {
                leftovers.add(segment);
            }
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            // Held until the channel is closed or the process ends, however it ends.
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return channel;
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException(
                "journal: " + directory + " is in use by another process (expected: one gateway)");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private Path file(long number) {
        String digits = Long.toString(number);
        return directory.resolve("0".repeat(DIGITS - digits.length()) + digits + SUFFIX);
    }

    private static long number(Path file) throws IOException {
        String name = name(file);
        try {
            return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
        } catch (NumberFormatException _) {
            throw new IOException("journal: unknown file " + file);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
