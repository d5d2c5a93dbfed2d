package io.fairlead.gateway.upstream;

import io.vertx.core.MultiMap;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The head of one HTTP/1.1 answer after the other: status and headers, and what they say of the
 * body's length and of the connection. Lengths that contradict each other, folded headers and
 * unknown codings are faults. Confined to its connection.
 */
final class Http1AnswerHead {
    private static final int MAX_HEADERS = 512;
    private static final int MAX_LENGTH_DIGITS = 18;

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

    private int status;
    private MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private boolean oldVersion;
    private long length;
    private boolean chunked;
    private boolean keepAlive;
    private boolean close;
    private int headerCount;

    /** A status line begins it; says what is wrong with the line. */
    @Nullable String begin(byte[] bytes, int from, int to) {
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
            return "not a status line of HTTP/1.1";
        }
        int code = 0;
        for (int i = from + 9; i < from + 12; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return "status is not a number";
            }
            code = code * 10 + bytes[i] - '0';
        }
        if (code < 100) {
            return "status out of range";
        }
        status = code;
        headers = MultiMap.caseInsensitiveMultiMap();
        headerCount = 0;
        oldVersion = bytes[from + 7] == '0';
        length = -1;
        chunked = false;
        keepAlive = false;
        close = false;
        return null;
    }

    /**
     * Takes a header; says what is wrong with it.
     *
     * @param kept false for a trailer, which is of no use to anybody
     */
    @Nullable String header(byte[] bytes, int from, int to, boolean kept) {
        int colon = from;
        while (colon < to) {
            byte lower = NAME[bytes[colon] & 0xFF];
            if (lower == 0) {
                break;
            }
            bytes[colon++] = lower;
        }
        if (colon == from || colon == to || bytes[colon] != ':') {
            return "malformed header"; // a folded one, too, or a blank before the colon
        }
        if (++headerCount > MAX_HEADERS) {
            return "too many headers";
        }
        if (!kept) {
            return null;
        }
        int start = colon + 1;
        int stop = to;
        while (start < stop && isBlank(bytes[start])) {
            start++;
        }
        while (stop > start && isBlank(bytes[stop - 1])) {
            stop--;
        }
        String name = new String(bytes, from, colon - from, StandardCharsets.ISO_8859_1);
        String value = new String(bytes, start, stop - start, StandardCharsets.ISO_8859_1);
        headers.add(name, value);
        return switch (name) {
            case "content-length" -> contentLength(value);
            case "transfer-encoding" -> transferEncoding(value);
            case "connection" -> connection(value);
            default -> null;
        };
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private @Nullable String contentLength(String value) {
        boolean digits = !value.isEmpty() && value.length() <= MAX_LENGTH_DIGITS;
        for (int i = 0; digits && i < value.length(); i++) {
            digits = value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        if (!digits || length >= 0) {
            return "content-length is not one number";
        }
        length = Long.parseLong(value);
        return null;
    }

    private @Nullable String transferEncoding(String value) {
        if (chunked || oldVersion || !value.equalsIgnoreCase("chunked")) {
            return "transfer-encoding is not known";
        }
        chunked = true;
        return null;
    }

    private @Nullable String connection(String value) {
        for (String option : value.toLowerCase(Locale.ROOT).split(",", 16)) {
            switch (option.strip()) {
                case "close" -> close = true;
                case "keep-alive" -> keepAlive = true;
                default -> {}
            }
        }
        return null;
    }

    /** All lines are there; says what is wrong with them together. */
    @Nullable String end() {
        if (isInterim()) {
            return status == 101 ? "changes to a protocol that nobody asked for" : null;
        }
        close |= oldVersion && !keepAlive;
        if (chunked && length >= 0) {
            close = true; // two lengths: the one of the chunks counts, and that was it
            length = -1;
            headers.remove("content-length");
        }
        return null;
    }

    int status() {
        return status;
    }

    MultiMap headers() {
        return headers;
    }

    /** Whether another head follows, which is that of the answer. */
    boolean isInterim() {
        return status < 200;
    }

    /** Whether none can follow; the answer to a HEAD has none besides. */
    boolean hasNoBody() {
        return status == 204 || status == 304 || (length == 0 && !chunked);
    }

    boolean isChunked() {
        return chunked;
    }

    /** Whether the body's length is known beforehand. */
    boolean isCounted() {
        return length >= 0;
    }

    /**
     * How many bytes of a body in one piece come: all up to the connection's end, if not counted.
     */
    long bodyBytes() {
        return isCounted() ? length : Long.MAX_VALUE;
    }

    /** Whether it says that nothing comes on this connection after the answer. */
    boolean closes() {
        return close;
    }
}
