package io.fairlead.gateway.ledger;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where segments get their room from. Implementations may be used by one thread at a time. */
@FunctionalInterface
interface SegmentDisk {
    /**
     * Makes a new file of {@code size} zero bytes whose room on the disk is really taken, so that
     * writing into it later can't fail.
     *
     * @throws IOException when there is no room
     */
    void allocate(Path file, int size) throws IOException;

    /**
     * The file system, written with zeros. Some room is left for the store, which could otherwise
     * never take over what the journal holds.
     */
    static SegmentDisk leaving(long keepFreeBytes) {
        return (file, size) -> {
            FileStore disk = Files.getFileStore(file.toAbsolutePath().getParent());
            long free = disk.getUsableSpace();
            if (free < size + keepFreeBytes) {
                throw new IOException(
                        "disk: " + free + " bytes free (expected: " + (size + keepFreeBytes) + ")");
            }
            ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(size, 1 << 18));
            try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
                for (int left = size; left > 0; ) {
                    zeros.clear().limit(Math.min(left, zeros.capacity()));
                    left -= channel.write(zeros);
                }
            }
        };
    }
}
