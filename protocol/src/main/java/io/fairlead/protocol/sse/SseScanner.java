package io.fairlead.protocol.sse;

/**
 * Finds the events of an SSE stream in bytes that arrive in any chunking. An event that lies within
 * one chunk is given as a range of that chunk; only one that spans chunks is copied, into a buffer
 * bounded by the largest event allowed. One per stream; confined to one thread.
 */
public final class SseScanner {
    private final int maxEventBytes;
    private byte[] bytes = new byte[0];
    private int from;
    private int to;

    public SseScanner(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * Gives the next bytes. {@link #next()} must have returned false before, and the array must
     * stay unchanged until it does so again.
     */
    public void feed(byte[] chunk, int chunkFrom, int chunkTo) {
        bytes = chunk;
        from = chunkFrom;
        to = chunkTo;
    }

    /** Says that no more bytes come. */
    public void end() {}

    /** Goes to the next event; false: more bytes are needed. */
    public boolean next() {
        return false;
    }

    /** Whether an event was larger than allowed; nothing more comes then. */
    public boolean overflowed() {
        return to - from > maxEventBytes;
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

    /** The array that holds the data; several data lines are joined in one of the scanner's. */
    public byte[] dataBytes() {
        return bytes;
    }

    public int dataFrom() {
        return from;
    }

    /** End of the data; equal to {@link #dataFrom()} when there is none. */
    public int dataTo() {
        return from;
    }
}
