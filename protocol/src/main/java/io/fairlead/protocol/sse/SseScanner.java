package io.fairlead.protocol.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the events of an SSE stream (WHATWG HTML, section 9.2) in bytes that arrive in any
 * chunking. The events, blank lines included, add up to exactly the bytes of the stream, and are
 * the same for every chunking. An event that lies within one chunk is given as a range of that
 * chunk; only one that spans chunks is copied, into a buffer bounded by the largest event allowed.
 * Allocates nothing for an event within one chunk. One per stream; confined to one thread.
 */
public final class SseScanner {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    /** More lines than this in one event are taken for an attack. */
    private static final int MAX_LINES = 65_536;

    /** A carry-over buffer larger than this is given back after its event. */
    private static final int KEPT_CARRY = 64 * 1024;

    private static final byte[] NOTHING = {};

    private final int maxEventBytes;

    private byte[] chunk = NOTHING;
    private int at;
    private int limit;
    private int eventStart;
    private byte[] carry = NOTHING;
    private int carried;
    private boolean ended;
    private boolean overflowed;

    /** Start of the current line, from the start of the event. */
    private int lineStart;

    private boolean lastLineCrLf;
    private boolean carriageReturn;

    /** Start and end of each line of the event, from its start. */
    private int[] lines = new int[16];

    private int lineCount;

    private byte[] bytes = NOTHING;
    private int from;
    private int to;
    private boolean terminated;
    private boolean firstEvent = true;
    private final SseFields fields = new SseFields();

    /**
     * @param maxEventBytes the largest event taken; also bounds the memory this scanner holds
     */
    public SseScanner(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * Gives the next bytes. {@link #next()} must have returned false before, and the array must
     * stay unchanged until it does so again.
     */
    public void feed(byte[] newChunk, int chunkFrom, int chunkTo) {
        if (at != limit) {
            throw new IllegalStateException("feed before next() returned false");
        }
        if (overflowed) {
            return;
        }
        chunk = newChunk;
        at = chunkFrom;
        limit = chunkTo;
        eventStart = chunkFrom;
    }

    /** Says that no more bytes come: what is left counts as an event. */
    public void end() {
        ended = true;
    }

    /** Goes to the next event; false: more bytes are needed, or the stream is over. */
    public boolean next() {
        while (at < limit && !overflowed) {
            if (carriageReturn) {
                carriageReturn = false;
                boolean lineFeed = chunk[at] == '\n';
                int contentEnd = position() - 1;
                at += lineFeed ? 1 : 0;
                if (endLine(contentEnd, lineFeed)) {
                    return emit(true);
                }
                continue;
            }
            at = lineEnd();
            if (at == limit) {
                break;
            }
            int contentEnd = position();
            boolean returned = chunk[at++] == '\r';
            if (returned && (contentEnd > lineStart || lastLineCrLf)) {
                carriageReturn = true;
            } else if (endLine(contentEnd, false)) {
                return emit(true);
            }
        }
        return ended ? emitRest() : carryOver();
    }

    private int position() {
        return carried + at - eventStart;
    }

    /** Notes a line; true: it was blank, so the event is over. */
    private boolean endLine(int contentEnd, boolean crLf) {
        boolean blank = contentEnd == lineStart;
        if (!blank) {
            noteLine(contentEnd);
        }
        lineStart = position();
        lastLineCrLf = crLf;
        return blank;
    }

    private void noteLine(int contentEnd) {
        if (lineCount * 2 == lines.length) {
            if (lineCount == MAX_LINES) {
                overflow();
                return;
            }
            lines = Arrays.copyOf(lines, lines.length * 2);
        }
        lines[lineCount * 2] = lineStart;
        lines[lineCount * 2 + 1] = contentEnd;
        lineCount++;
    }

    private boolean emit(boolean blankLine) {
        int length = position();
        if (overflowed || length > maxEventBytes) {
            overflow();
            return false;
        }
        if (carried == 0) {
            bytes = chunk;
            from = eventStart;
            to = at;
        } else {
            appendToCarry();
            bytes = carry;
            from = 0;
            to = carried;
            if (carry.length > KEPT_CARRY) {
                carry = NOTHING;
            }
        }
        terminated = blankLine;
        fields.read(bytes, from, lines, lineCount, firstEvent);
        firstEvent = false;
        carried = 0;
        eventStart = at;
        lineStart = 0;
        lineCount = 0;
        lastLineCrLf = false;
        return true;
    }

    private boolean emitRest() {
        int length = position();
        if (length == 0 || overflowed) {
            return false;
        }
        int contentEnd = carriageReturn ? length - 1 : length;
        carriageReturn = false;
        if (contentEnd > lineStart) {
            noteLine(contentEnd);
        }
        return emit(false);
    }

    private boolean carryOver() {
        if (!overflowed && at > eventStart) {
            if (position() > maxEventBytes) {
                overflow();
            } else {
                appendToCarry();
                eventStart = at;
            }
        }
        return false;
    }

    private void appendToCarry() {
        int length = at - eventStart;
        if (carried + length > carry.length) {
            int wanted = Math.max(carried + length, Math.min(carry.length * 2, maxEventBytes));
            carry = Arrays.copyOf(carry, Math.max(1024, wanted));
        }
        System.arraycopy(chunk, eventStart, carry, carried, length);
        carried += length;
    }

    private void overflow() {
        overflowed = true;
        at = limit;
        eventStart = limit;
        carried = 0;
        carry = NOTHING;
    }

    /** Index of the next LF or CR from {@code at} on; {@code limit}: none. */
    private int lineEnd() {
        int index = at;
        while (index + Long.BYTES <= limit) {
            long word = (long) LONG.get(chunk, index);
            long found = zeros(word ^ (ONES * '\n')) | zeros(word ^ (ONES * '\r'));
            if (found != 0) {
                return index + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            index += Long.BYTES;
        }
        while (index < limit && chunk[index] != '\n' && chunk[index] != '\r') {
            index++;
        }
        return index;
    }

    /** The high bit of the first byte that is zero, and perhaps of some behind it. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGH;
    }

    /** Whether an event was larger than allowed; nothing more comes then. */
    public boolean overflowed() {
        return overflowed;
    }

    /** Bytes of an event whose end has not come, kept in a buffer of the scanner's own. */
    public int held() {
        return carried;
    }

    /** The array that holds the current event. */
    public byte[] bytes() {
        return bytes;
    }

    /** Start of the current event, its comments and fields included. */
    public int from() {
        return from;
    }

    /** End of the current event, behind its blank line. */
    public int to() {
        return to;
    }

    /** Whether the current event ends with its blank line; false only for the last one. */
    public boolean terminated() {
        return terminated;
    }

    /** The array that holds the data; several data lines are joined in one of the scanner's own. */
    public byte[] dataBytes() {
        return fields.dataBytes();
    }

    public int dataFrom() {
        return fields.dataFrom();
    }

    /** End of the data; equal to {@link #dataFrom()} when there is none. */
    public int dataTo() {
        return fields.dataTo();
    }

    /** Number of lines of data; 0: a comment or other fields only. */
    public int dataLines() {
        return fields.dataLines();
    }

    /** The event's name, its {@code event} field; empty: it has none. */
    public String name() {
        return fields.name();
    }

    /** Whether the event's name, its {@code event} field, is this. */
    public boolean nameIs(byte[] name) {
        return fields.nameIs(name);
    }
}
