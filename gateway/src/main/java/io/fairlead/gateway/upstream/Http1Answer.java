package io.fairlead.gateway.upstream;

import io.vertx.core.MultiMap;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Reads one HTTP/1.1 answer after the other out of the bytes of a connection. Strict where a
 * lenient reader could be led to see another end of the answer than the provider's own proxies do:
 * unknown lengths of chunks, control characters and what {@link Http1AnswerHead} refuses are
 * faults. A head, with those of interim answers and the trailers, may have {@value #MAX_HEAD_BYTES}
 * bytes. Confined to its connection.
 */
final class Http1Answer {
    static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MOST_KEPT_BYTES = 1024;
    private static final byte[] NOTHING = {};
    private static final int MAX_CHUNK_LINE_BYTES = 4096;
    private static final int MAX_CHUNK_DIGITS = 15;

    private enum State {
        STATUS_LINE,
        HEADERS,
        COUNTED_BODY,
        BODY_UNTIL_CLOSE,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        OVER
    }

    private State state = State.OVER;
    private boolean bodiless;

    private final Http1AnswerHead head = new Http1AnswerHead();
    private int headBytes;

    /** Bytes of the body, or of the chunk, that are still to come. */
    private long left;

    /** The beginning of a line whose end has not come. */
    private byte[] line = NOTHING;

    private int lineLength;

    // what the last piece of the connection's bytes brought
    private boolean headCame;
    private int bodyFrom;
    private int bodyTo;
    private boolean ended;
    private boolean surplus;
    private @Nullable String fault;

    /**
     * Expects the next answer.
     *
     * @param toHead whether the request was a HEAD, so that the answer has no body
     */
    void begin(boolean toHead) {
        state = State.STATUS_LINE;
        bodiless = toHead;
        headBytes = 0;
        surplus = false;
        fault = null;
        lineLength = 0;
        if (line.length > MOST_KEPT_BYTES) {
            line = NOTHING;
        }
    }

    /**
     * Reads all of {@code bytes}, which belong to this from here on: what is body is moved together
     * in them. What came is told by the methods below, until the next call.
     */
    void feed(byte[] bytes) {
        headCame = false;
        bodyFrom = 0;
        bodyTo = 0;
        ended = false;
        int at = 0;
        while (at < bytes.length && fault == null && state != State.OVER) {
            at =
                    switch (state) {
                        case STATUS_LINE, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILERS ->
                                readLine(bytes, at);
                        case COUNTED_BODY, CHUNK, BODY_UNTIL_CLOSE -> readBody(bytes, at);
                        case OVER ->
                                throw new IllegalStateException("over (expected: the loop ends)");
                    };
        }
        surplus |= at < bytes.length;
    }

    /** Whether the head became complete. */
    boolean headCame() {
        return headCame;
    }

    int status() {
        return head.status();
    }

    MultiMap headers() {
        return head.headers();
    }

    /** Where, in the bytes that were fed, the part of the body begins that came. */
    int bodyFrom() {
        return bodyFrom;
    }

    int bodyTo() {
        return bodyTo;
    }

    /** Whether the answer came to its end. */
    boolean ended() {
        return ended;
    }

    /** What is wrong with the bytes; the answer's parts before it are good. */
    @Nullable String fault() {
        return fault;
    }

    /** Whether the connection can be used again: the answer said so, and nothing came behind it. */
    boolean reusable() {
        return !head.closes() && !surplus && state == State.OVER;
    }

    /** Whether the end of the connection is the end of the answer. */
    boolean endsWithConnection() {
        return state == State.BODY_UNTIL_CLOSE && fault == null;
    }

    // ---- bodies ----

    private int readBody(byte[] bytes, int at) {
        int here = (int) Math.min(left, bytes.length - at);
        if (bodyTo == bodyFrom) {
            bodyFrom = at;
            bodyTo = at;
        } else if (bodyTo != at) {
            System.arraycopy(bytes, at, bytes, bodyTo, here);
        }
        bodyTo += here;
        left -= here;
        if (left == 0) {
            if (state == State.CHUNK) {
                state = State.CHUNK_END;
            } else {
                end();
            }
        }
        return at + here;
    }

    private void end() {
        state = State.OVER;
        ended = true;
    }

    // ---- lines ----

    private int readLine(byte[] bytes, int from) {
        int most = mostLineBytes();
        int limit = (int) Math.min(bytes.length, from + (long) most + 1 - lineLength);
        int at = from;
        while (at < limit && bytes[at] != '\n') {
            at++;
        }
        if (at == limit) {
            if (lineLength + at - from > most) {
                fault = "a line of the head is too long";
            } else {
                keep(bytes, from, at);
            }
            return at;
        }
        if (lineLength == 0) {
            line(bytes, from, at);
        } else {
            keep(bytes, from, at);
            int whole = lineLength;
            lineLength = 0;
            line(line, 0, whole);
        }
        return at + 1;
    }

    private int mostLineBytes() {
        return switch (state) {
            case CHUNK_SIZE -> MAX_CHUNK_LINE_BYTES;
            case CHUNK_END -> 1;
            default -> MAX_HEAD_BYTES - headBytes;
        };
    }

    private void keep(byte[] bytes, int from, int to) {
        int needed = lineLength + to - from;
        if (needed > line.length) {
            line = Arrays.copyOf(line, Math.max(needed, Math.max(128, 2 * line.length)));
        }
        System.arraycopy(bytes, from, line, lineLength, to - from);
        lineLength = needed;
    }

    /** A line without its line feed. */
    private void line(byte[] bytes, int from, int lineFeed) {
        boolean proper = lineFeed > from && bytes[lineFeed - 1] == '\r';
        int to = proper ? lineFeed - 1 : lineFeed;
        switch (state) {
            case CHUNK_SIZE -> {
                if (proper) {
                    chunkSize(bytes, from, to);
                } else {
                    fault = "chunk without a line end";
                }
            }
            case CHUNK_END -> {
                if (proper && to == from) {
                    state = State.CHUNK_SIZE;
                } else {
                    fault = "chunk longer than its size";
                }
            }
            default -> {
                headBytes += lineFeed + 1 - from;
                headLine(bytes, from, to);
            }
        }
    }

    private void headLine(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if ((bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t') || bytes[i] == 0x7F) {
                fault = "control character in the head";
                return;
            }
        }
        if (state == State.STATUS_LINE) {
            if (to > from) { // empty lines before an answer are left over from the one before
                fault = head.begin(bytes, from, to);
                state = State.HEADERS;
            }
        } else if (to > from) {
            fault = head.header(bytes, from, to, state == State.HEADERS);
        } else if (state == State.TRAILERS) {
            end();
        } else {
            headEnds();
        }
    }

    private void headEnds() {
        fault = head.end();
        if (head.isInterim()) {
            state = State.STATUS_LINE; // the real one follows
            return;
        }
        headCame = true;
        if (bodiless || head.hasNoBody()) {
            end();
        } else if (head.isChunked()) {
            state = State.CHUNK_SIZE;
        } else {
            left = head.bodyBytes();
            state = head.isCounted() ? State.COUNTED_BODY : State.BODY_UNTIL_CLOSE;
        }
    }

    private void chunkSize(byte[] bytes, int from, int to) {
        long size = 0;
        int at = from;
        while (at < to && Character.digit(bytes[at], 16) >= 0 && at - from < MAX_CHUNK_DIGITS) {
            size = size << 4 | Character.digit(bytes[at], 16);
            at++;
        }
        boolean fine = at > from;
        while (at < to && Http1AnswerHead.isBlank(bytes[at])) {
            at++;
        }
        fine &= at == to || bytes[at] == ';';
        for (int i = at; fine && i < to; i++) { // an extension: of no use to anybody
            fine = bytes[i] < 0 || bytes[i] >= ' ' || bytes[i] == '\t';
        }
        if (!fine) {
            fault = "malformed size of a chunk";
        } else if (size == 0) {
            state = State.TRAILERS;
        } else {
            left = size;
            state = State.CHUNK;
        }
    }
}
