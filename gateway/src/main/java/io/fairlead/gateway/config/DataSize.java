package io.fairlead.gateway.config;

/**
 * An amount of bytes, written {@code 512KB}, {@code 10MB}, {@code 1GB} (1 KB is 1,024 bytes).
 * Immutable.
 *
 * @param bytes the amount, 0 or more
 */
public record DataSize(long bytes) {
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: 0 or more)");
        }
    }

    public static DataSize ofMegabytes(long megabytes) {
        return new DataSize(Math.multiplyExact(megabytes, 1L << 20));
    }

    public static DataSize ofGigabytes(long gigabytes) {
        return new DataSize(Math.multiplyExact(gigabytes, 1L << 30));
    }

    /** As the configuration file writes it, in the largest unit that is exact. */
    @Override
    public String toString() {
        String[] units = {"B", "KB", "MB", "GB"};
        long amount = bytes;
        int unit = 0;
        while (unit < units.length - 1 && amount != 0 && amount % 1024 == 0) {
            amount /= 1024;
            unit++;
        }
        return amount + units[unit];
    }
}
