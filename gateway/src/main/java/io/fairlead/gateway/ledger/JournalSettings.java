package io.fairlead.gateway.ledger;

import java.nio.file.Path;

/**
 * How the journal uses the disk. Immutable.
 *
 * @param directory its own folder
 * @param segmentBytes size of one segment; half of it is kept for requests that are under way when
 *     there is no more room
 * @param maxBytes the most that may wait for the store
 * @param keepFreeBytes disk space that is left to the store
 * @param maxBodyBytes how much of each request and answer body is kept; 0: none
 */
public record JournalSettings(
        Path directory, int segmentBytes, long maxBytes, long keepFreeBytes, int maxBodyBytes) {
    private static final int MIB = 1 << 20;

    public JournalSettings {
        if (segmentBytes < 64 * 1024 || segmentBytes > 1 << 30) {
            throw new IllegalArgumentException(
                    "segmentBytes: " + segmentBytes + " (expected: 64 KB to 1 GB)");
        }
        if (maxBytes < 2L * segmentBytes) {
            throw new IllegalArgumentException(
                    "maxBytes: " + maxBytes + " (expected: at least two segments)");
        }
        if (keepFreeBytes < 0) {
            throw new IllegalArgumentException(
                    "keepFreeBytes: " + keepFreeBytes + " (expected: 0 or more)");
        }
        if (maxBodyBytes < 0 || maxBodyBytes > segmentBytes / 8) {
            throw new IllegalArgumentException(
                    "maxBodyBytes: "
                            + maxBodyBytes
                            + " (expected: up to "
                            + segmentBytes / 8
                            + ")");
        }
    }

    /** 16 MB segments, up to 1 GB, bodies of up to 256 KB if the records have them. */
    public static JournalSettings in(Path directory) {
        return new JournalSettings(directory, 16 * MIB, 1024L * MIB, 32L * MIB, MIB / 4);
    }
}
