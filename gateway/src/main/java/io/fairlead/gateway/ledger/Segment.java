package io.fairlead.gateway.ledger;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * One mapped file of the journal: a header, then frames of length, CRC-32C and payload, aligned to
 * four bytes. While a frame is being written its length is negative, so a killed process leaves
 * whole frames, at most one unfinished, and then zeros. Appends need the journal's lock; one other
 * thread may read.
 */
final class Segment {
    static final int HEADER_BYTES = 16;
    static final int FRAME_BYTES = 8;

    private static final long MAGIC = 0x464c4a4f55524e4cL;
    private static final int FORMAT = 1;

    private final long sequence;
    private final Path file;
    private final Arena arena;
    private final MemorySegment memory;

    /** The same memory; its accessors need no method handles, which would slow the start. */
    private final ByteBuffer bytes;

    private final boolean leftover;

    /** End of the last whole frame. */
    private volatile int end;

    private int readAt = HEADER_BYTES;
    private boolean damaged;

    private Segment(long sequence, Path file, Arena arena, MemorySegment memory, boolean leftover) {
        this.sequence = sequence;
        this.file = file;
        this.arena = arena;
        this.memory = memory;
        this.bytes = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        this.leftover = leftover;
        this.end = leftover ? (int) memory.byteSize() : HEADER_BYTES;
    }

    /** Makes an empty segment; its name appears when it is complete. */
    static Segment create(Path file, long sequence, int size, SegmentDisk disk) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        try {
            disk.allocate(unfinished, size);
            Arena arena = Arena.ofShared();
            try {
                MemorySegment memory = map(unfinished, size, arena, READ, WRITE);
                Segment made = new Segment(sequence, file, arena, memory, false);
                made.bytes.putLong(0, MAGIC).putInt(8, FORMAT);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                return made;
            } catch (IOException | RuntimeException e) {
                arena.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    /**
     * Opens what an earlier process left.
     *
     * @return absent when it is of a newer format, which only a newer program may settle
     */
    static @Nullable Segment leftover(Path file, long sequence) throws IOException {
        long size = Files.size(file);
        if (size > Integer.MAX_VALUE) {
            return null;
        }
        Arena arena = Arena.ofShared();
        try {
            MemorySegment memory = map(file, size, arena, READ);
            Segment segment = new Segment(sequence, file, arena, memory, true);
            boolean headed = size >= HEADER_BYTES && segment.bytes.getLong(0) == MAGIC;
            if (headed && segment.bytes.getInt(8) > FORMAT) {
                arena.close();
                return null;
            }
            if (!headed) {
                segment.readAt = segment.end;
                segment.damaged = true;
            }
            return segment;
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(
            Path file, long size, Arena arena, StandardOpenOption... access) throws IOException {
        try (FileChannel channel = FileChannel.open(file, access)) {
            return channel.map(
                    access.length == 1
                            ? FileChannel.MapMode.READ_ONLY
                            : FileChannel.MapMode.READ_WRITE,
                    0,
                    size,
                    arena);
        }
    }

    long sequence() {
        return sequence;
    }

    Path file() {
        return file;
    }

    int size() {
        return (int) memory.byteSize();
    }

    int end() {
        return end;
    }

    /** Room for a payload, given that its frame comes on top. */
    int room() {
        return size() - end - FRAME_BYTES;
    }

    /** Appends one payload that {@link #room} has been checked for. */
    void append(byte[] payload, int checksum) {
        int at = end;
        bytes.putInt(at, -payload.length);
        VarHandle.storeStoreFence();
        bytes.putInt(at + 4, checksum).put(at + FRAME_BYTES, payload);
        VarHandle.storeStoreFence();
        bytes.putInt(at, payload.length);
        end = aligned(at + FRAME_BYTES + payload.length);
    }

    /**
     * The next payload.
     *
     * @return null when there is none (yet)
     * @throws UnreadableRecordException at damage; nothing more can be read from this segment
     */
    byte @Nullable [] read() throws UnreadableRecordException {
        int limit = end;
        int at = readAt;
        if (limit - at < FRAME_BYTES) {
            return null;
        }
        int length = bytes.getInt(at);
        if (length <= 0) {
            // Nobody was told that an unfinished frame had been recorded.
            long rest = length == 0 ? at : at + (long) FRAME_BYTES - length;
            if (rest > limit || !zeroFrom(aligned((int) rest))) {
                throw damage(at, "data after the end");
            }
            readAt = limit;
            return null;
        }
        if (length > limit - at - FRAME_BYTES) {
            throw damage(at, "length " + length);
        }
        byte[] payload = new byte[length];
        bytes.get(at + FRAME_BYTES, payload);
        if (bytes.getInt(at + 4) != checksum(payload)) {
            throw damage(at, "checksum");
        }
        readAt = Math.min(limit, aligned(at + FRAME_BYTES + length));
        return payload;
    }

    int readAt() {
        return readAt;
    }

    boolean damaged() {
        return damaged;
    }

    void markDamaged() {
        damaged = true;
    }

    /** Brings what was written since {@code from} to the disk. */
    void force(int from) {
        int upTo = end;
        if (upTo > from) {
            memory.asSlice(from, upTo - (long) from).force();
        }
    }

    /** Takes the segment away for good; a damaged one is set aside for people to look at. */
    void discard() throws IOException {
        arena.close();
        if (damaged) {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".damaged"),
                    StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(file);
        }
    }

    /** Lets go of the mapping and leaves the file, brought to the disk. */
    void release() {
        if (!leftover) {
            force(0);
        }
        arena.close();
    }

    static int checksum(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue();
    }

    private UnreadableRecordException damage(int at, String what) {
        damaged = true;
        readAt = end;
        return new UnreadableRecordException(file.getFileName() + " at " + at + ": " + what);
    }

    private boolean zeroFrom(int at) {
        int i = at;
        for (; i + Long.BYTES <= size(); i += Long.BYTES) {
            if (bytes.getLong(i) != 0) {
                return false;
            }
        }
        for (; i < size(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int aligned(int at) {
        return (at + 3) & ~3;
    }
}
