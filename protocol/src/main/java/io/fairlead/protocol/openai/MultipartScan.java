package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.GatewayException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the parts of a multipart body. Filled once by one thread; readable by any after that. */
final class MultipartScan {
    private static final int MAX_PARTS = 256;
    private static final int MAX_HEADERS = 8192;
    private static final int MAX_BOUNDARY = 200;
    private static final byte[] LINE_END = utf8("\r\n");
    private static final byte[] BLANK_LINE = utf8("\r\n\r\n");

    /**
     * One part.
     *
     * @param name its name; empty when it has none
     * @param fileName as the client calls the file; absent for what is none
     * @param mediaType as the client gave it
     * @param from start of its content
     * @param to end of its content
     * @param start its delimiter's first dash
     * @param end the next delimiter's first dash
     */
    record Part(
            String name,
            Optional<String> fileName,
            Optional<String> mediaType,
            int from,
            int to,
            int start,
            int end) {}

    private final byte[] body;
    private final byte[] delimiter;
    private final int[] shifts = new int[256];
    private final List<Part> parts = new ArrayList<>();
    private int firstDelimiter;

    MultipartScan(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = utf8("\r\n--" + boundary);
        Arrays.fill(shifts, delimiter.length);
        for (int i = 0; i < delimiter.length - 1; i++) {
            shifts[delimiter[i] & 0xff] = delimiter.length - 1 - i;
        }
    }

    /** The boundary that a content type names. */
    static String boundary(String contentType) {
        for (String parameter : contentType.split(";", -1)) {
            String text = parameter.strip();
            if (text.regionMatches(true, 0, "boundary=", 0, 9)) {
                String value = text.substring(9).strip();
                if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
                    value = value.substring(1, value.length() - 1);
                }
                if (!value.isEmpty() && value.length() <= MAX_BOUNDARY) {
                    return value;
                }
            }
        }
        throw RequestScan.invalid("The multipart content type names no usable boundary");
    }

    void read() {
        int at = start();
        firstDelimiter = at;
        int start = at;
        at += delimiter.length - 2;
        while (!startsWith(at, (byte) '-', (byte) '-')) {
            int headers = skipLineEnd(at);
            int content = indexOfBlankLine(headers);
            int end = next(Math.max(headers, content - 2));
            if (parts.size() == MAX_PARTS) {
                throw malformed("more than " + MAX_PARTS + " parts");
            }
            parts.add(part(headers, content, Math.max(content, end), start, end + 2));
            start = end + 2;
            at = end + delimiter.length;
        }
    }

    /** The first delimiter, at the beginning or behind a preamble. */
    private int start() {
        int length = delimiter.length - 2;
        if (body.length >= length
                && Arrays.equals(body, 0, length, delimiter, 2, delimiter.length)) {
            return 0;
        }
        return next(0) + 2;
    }

    /** Index of the next delimiter, its line end included: the end of a part's content. */
    private int next(int from) {
        int last = delimiter.length - 1;
        int at = from;
        while (at + last < body.length) {
            byte b = body[at + last];
            if (b == delimiter[last]
                    && Arrays.equals(
                            body, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                return at;
            }
            at += shifts[b & 0xff];
        }
        throw malformed("it ends without its closing boundary");
    }

    private int skipLineEnd(int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        if (!startsWith(at, LINE_END[0], LINE_END[1])) {
            throw malformed("at byte " + at + ": expected a line end behind the boundary");
        }
        return at + 2;
    }

    private boolean startsWith(int at, byte one, byte other) {
        return at + 1 < body.length && body[at] == one && body[at + 1] == other;
    }

    /** Start of the content behind the headers; a part may have none. */
    private int indexOfBlankLine(int from) {
        if (startsWith(from, LINE_END[0], LINE_END[1])) {
            return from + 2;
        }
        int end = Math.min(body.length, from + MAX_HEADERS) - BLANK_LINE.length;
        for (int at = from; at <= end; at++) {
            if (body[at] == '\r'
                    && Arrays.equals(
                            body, at, at + BLANK_LINE.length, BLANK_LINE, 0, BLANK_LINE.length)) {
                return at + BLANK_LINE.length;
            }
        }
        throw malformed("at byte " + from + ": expected headers that end with a blank line");
    }

    /** The part whose headers begin at {@code headers}. */
    private Part part(int headers, int from, int to, int start, int end) {
        String name = "";
        Optional<String> fileName = Optional.empty();
        Optional<String> mediaType = Optional.empty();
        String text = new String(body, headers, from - headers, StandardCharsets.UTF_8);
        for (String line : text.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
                name = parameter(line, "name=").orElse("");
                fileName = parameter(line, "filename=");
            } else if (line.regionMatches(true, 0, "content-type:", 0, 13)) {
                mediaType = Optional.of(line.substring(13).strip()).filter(it -> !it.isEmpty());
            }
        }
        return new Part(name, fileName, mediaType, from, to, start, end);
    }

    private static Optional<String> parameter(String header, String name) {
        for (String parameter : header.split(";", -1)) {
            String text = parameter.strip();
            if (text.regionMatches(true, 0, name, 0, name.length())) {
                String value = text.substring(name.length());
                boolean quoted =
                        value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                return Optional.of(quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
        return Optional.empty();
    }

    private static GatewayException malformed(String problem) {
        return RequestScan.invalid("The request body is not valid multipart/form-data: " + problem);
    }

    List<Part> parts() {
        return parts;
    }

    /** The last part of this name. */
    Optional<Part> find(String name) {
        for (Part part : parts.reversed()) {
            if (part.name().equals(name)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    String text(Part part) {
        return new String(body, part.from(), part.to() - part.from(), StandardCharsets.UTF_8);
    }

    /** Index of the first delimiter's first dash. */
    int firstDelimiter() {
        return firstDelimiter;
    }

    /** A part to put before the first delimiter. */
    byte[] newPart(String name, String value) {
        String boundary = new String(delimiter, 2, delimiter.length - 2, StandardCharsets.UTF_8);
        return utf8(
                boundary
                        + "\r\nContent-Disposition: form-data; name=\""
                        + name
                        + "\"\r\n\r\n"
                        + value
                        + "\r\n");
    }
}
