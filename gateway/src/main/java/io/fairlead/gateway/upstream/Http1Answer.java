package io.fairlead.gateway.upstream;

import io.vertx.core.MultiMap;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads one HTTP/1.1 answer after the other out of the bytes of a connection. Strict where a
 * lenient reader could be led to see another end of the answer than the provider's own proxies do:
 * lengths that contradict each other, folded headers, unknown codings and control characters are
 * faults. A head, with those of interim answers and the trailers, may have {@value #MAX_HEAD_BYTES}
 * bytes. Confined to its connection.
 */
final class Http1Answer {
    static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MAX_HEADERS = 512;
    private static final int MOST_KEPT_BYTES = 1024;
    private static final byte[] NOTHING = {};
    private static final int MAX_CHUNK_LINE_BYTES = 4096;
    private static final int MAX_LENGTH_DIGITS = 18;
    private static final int MAX_CHUNK_DIGITS = 15;

    /** Lower case of the characters a header name may have; 0 for the others. */
    private static final byte[] NAME = new byte[256];

    static {
        for (char c = '0'; c <= '9'; c++) {
            NAME[c] = (byte) c;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            NAME[c] = (byte) c;
            NAME[c - 32] = (byte) c;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            NAME[c] = (byte) c;
        }
    }

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

    // the answer as far as it is known
    private int status;
    private MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private boolean oldVersion;
    private long length;
    private boolean chunked;
    private boolean keepAlive;
    private boolean close;
    private int headBytes;
    private int headerCount;

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
        return status;
    }

    MultiMap headers() {
        return headers;
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
        return !close && !surplus && state == State.OVER;
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
                statusLine(bytes, from, to);
            }
        } else if (to > from) {
            header(bytes, from, to);
        } else if (state == State.TRAILERS) {
            end();
        } else {
            headEnds();
        }
    }

    private void statusLine(byte[] bytes, int from, int to) {
        boolean http1 =
                to - from >= 12
                        && bytes[from] == 'H'
                        && bytes[from + 1] == 'T'
                        && bytes[from + 2] == 'T'
                        && bytes[from + 3] == 'P'
                        && bytes[from + 4] == '/'
                        && bytes[from + 5] == '1'
                        && bytes[from + 6] == '.'
                        && (bytes[from + 7] == '1' || bytes[from + 7] == '0')
                        && bytes[from + 8] == ' '
                        && (to - from == 12 || bytes[from + 12] == ' ');
        if (!http1) {
            fault = "not a status line of HTTP/1.1";
            return;
        }
        int code = 0;
        for (int i = from + 9; i < from + 12; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                fault = "status is not a number";
                return;
            }
            code = code * 10 + bytes[i] - '0';
        }
        if (code < 100) {
            fault = "status out of range";
            return;
        }
        status = code;
        headers = MultiMap.caseInsensitiveMultiMap();
        headerCount = 0;
        oldVersion = bytes[from + 7] == '0';
        length = -1;
        chunked = false;
        keepAlive = false;
        close = false;
        state = State.HEADERS;
    }

    private void header(byte[] bytes, int from, int to) {
        int colon = from;
        while (colon < to) {
            byte lower = NAME[bytes[colon] & 0xFF];
            if (lower == 0) {
                break;
            }
            bytes[colon++] = lower;
        }
        if (colon == from || colon == to || bytes[colon] != ':') {
            fault = "malformed header"; // a folded one, too, or a blank before the colon
            return;
        }
        if (++headerCount > MAX_HEADERS) {
            fault = "too many headers";
            return;
        }
        int start = colon + 1;
        int stop = to;
        while (start < stop && isBlank(bytes[start])) {
            start++;
        }
        while (stop > start && isBlank(bytes[stop - 1])) {
            stop--;
        }
        if (state == State.TRAILERS) {
            return; // of no use to anybody
        }
        String name = new String(bytes, from, colon - from, StandardCharsets.ISO_8859_1);
        String value = new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
        switch (name) {
            case "content-length" -> contentLength(value);
            case "transfer-encoding" -> transferEncoding(value);
            case "connection" -> connection(value);
            default -> {}
        }
        headers.add(name, value);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private void contentLength(String value) {
        boolean digits = !value.isEmpty() && value.length() <= MAX_LENGTH_DIGITS;
        for (int i = 0; digits && i < value.length(); i++) {
            digits = value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        if (!digits || length >= 0) {
            fault = "content-length is not one number";
            return;
        }
        length = Long.parseLong(value);
    }

    private void transferEncoding(String value) {
        if (chunked || oldVersion || !value.equalsIgnoreCase("chunked")) {
            fault = "transfer-encoding is not known";
            return;
        }
        chunked = true;
    }

    private void connection(String value) {
        for (String option : value.toLowerCase(Locale.ROOT).split(",", 16)) {
            switch (option.strip()) {
                case "close" -> close = true;
                case "keep-alive" -> keepAlive = true;
                default -> {}
            }
        }
    }

    private void headEnds() {
        if (status < 200) {
            if (status == 101) {
                fault = "changes to a protocol that nobody asked for";
            }
            state = State.STATUS_LINE; // an interim answer: the real one follows
            return;
        }
        headCame = true;
        close |= oldVersion && !keepAlive;
        if (chunked && length >= 0) {
            close = true; // two lengths: the one of the chunks counts, and that was it
            length = -1;
            headers.remove("content-length");
        }
        if (bodiless || status == 204 || status == 304 || (length == 0 && !chunked)) {
            end();
        } else if (chunked) {
            state = State.CHUNK_SIZE;
        } else if (length > 0) {
            left = length;
            state = State.COUNTED_BODY;
        } else {
            left = Long.MAX_VALUE;
            close = true;
            state = State.BODY_UNTIL_CLOSE;
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
        while (at < to && isBlank(bytes[at])) {
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
