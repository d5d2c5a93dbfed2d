package io.fairlead.gateway.media;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of a web server to one GET in HTTP/1.1 over a connection that is used once. Its bytes
 * count while they are read. Confined to one thread.
 */
final class WebAnswer {
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int PIECE = 16 * 1024;

    /** Counts a piece of the body before it is kept. */
    interface Meter {
        void count(int bytes) throws Refusal;
    }

    private final InputStream in;
    private final Map<String, String> headers = new HashMap<>();
    private int headBytes;
    private int status;

    private WebAnswer(InputStream in) {
        this.in = in;
    }

    /** Reads status and headers; answers that only announce another are passed over. */
    static WebAnswer read(InputStream in) throws IOException {
        WebAnswer answer = new WebAnswer(in);
        do {
            answer.head();
        } while (answer.status / 100 == 1);
        return answer;
    }

    int status() {
        return status;
    }

    /** A header by its name in lower case; the first, if there are several. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The length that was announced; -1: none was. */
    long announced() throws IOException {
        return chunked() ? -1 : header("content-length").map(WebAnswer::length).orElse(-1L);
    }

    /** The whole body. */
    byte[] body(Meter meter) throws IOException, Refusal {
        ByteArrayOutputStream body = new ByteArrayOutputStream(PIECE);
        if (chunked()) {
            while (true) {
                String line = line();
                int end = line.indexOf(';');
                long size = chunk((end < 0 ? line : line.substring(0, end)).strip());
                if (size == 0) {
                    return body.toByteArray();
                }
                copy(size, body, meter);
                if (!line().isEmpty()) {
                    throw new IOException("a chunk is longer than it says");
                }
            }
        }
        long announced = announced();
        copy(announced < 0 ? Long.MAX_VALUE : announced, body, meter);
        return body.toByteArray();
    }

    private void copy(long length, ByteArrayOutputStream to, Meter meter)
            throws IOException, Refusal {
        byte[] piece = new byte[PIECE];
        long left = length;
        while (left > 0) {
            int read = in.read(piece, 0, (int) Math.min(left, PIECE));
            if (read < 0) {
                if (length == Long.MAX_VALUE) {
                    return;
                }
                throw new EOFException("the body is shorter than it says");
            }
            meter.count(read);
            to.write(piece, 0, read);
            left -= read;
        }
    }

    private boolean chunked() throws IOException {
        Optional<String> coding = header("transfer-encoding");
        if (coding.isPresent() && !coding.get().equalsIgnoreCase("chunked")) {
            throw new IOException("transfer-encoding");
        }
        return coding.isPresent();
    }

    private void head() throws IOException {
        headers.clear();
        String first = line();
        if (!first.startsWith("HTTP/1.") || first.length() < 12 || first.charAt(8) != ' ') {
            throw new IOException("no HTTP/1 answer");
        }
        status = (int) length(first.substring(9, 12));
        while (true) {
            String line = line();
            if (line.isEmpty()) {
                return;
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("no header");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the answer ends within its head");
            }
            if (b == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            headBytes++;
            if (headBytes > LONGEST_HEAD) {
                throw new IOException("the head is too long");
            }
            line.write(b);
        }
    }

    private long chunk(String hex) throws IOException {
        if (hex.isEmpty() || hex.length() > 8) {
            throw new IOException("chunk size");
        }
        long size = 0;
        for (int i = 0; i < hex.length(); i++) {
            int digit = Character.digit(hex.charAt(i), 16);
            if (digit < 0) {
                throw new IOException("chunk size");
            }
            size = size * 16 + digit;
        }
        headBytes = 0;
        return size;
    }

    /** What is no number of a sensible length is as large as can be, which nobody takes. */
    private static long length(String digits) {
        if (digits.isEmpty() || digits.length() > 18) {
            return Long.MAX_VALUE - 1;
        }
        long length = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return Long.MAX_VALUE - 1;
            }
            length = length * 10 + (c - '0');
        }
        return length;
    }
}
