package io.fairlead.gateway.upstream;

import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;

/**
 * Writes heads of HTTP/1.1 requests. What would end a line, or be read in another way by somebody
 * else, is refused. Stateless.
 */
final class Http1Head {
    private static final byte[] VERSION = " HTTP/1.1\r\nhost: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final int COLON_SPACE = ':' << 8 | ' ';
    private static final int LINE_END = '\r' << 8 | '\n';

    private Http1Head() {}

    /**
     * Writes the head of a request.
     *
     * @param authority host and port
     * @param target path and query
     * @param bodyBytes size of the body; -1: there is none
     * @throws IllegalArgumentException when a part of it can't be written in HTTP/1.1
     */
    static void write(
            ByteBuf out,
            String authority,
            String method,
            String target,
            SentHeaders headers,
            int bodyBytes) {
        visible(out, method);
        out.writeByte(' ');
        visible(out, target);
        out.writeBytes(VERSION);
        visible(out, authority);
        out.writeShort(LINE_END);
        for (int i = 0; i < headers.size(); i++) {
            visible(out, headers.name(i));
            out.writeShort(COLON_SPACE);
            text(out, headers.value(i));
            out.writeShort(LINE_END);
        }
        if (bodyBytes >= 0 || expectsBody(method)) {
            out.writeBytes(LENGTH);
            visible(out, Integer.toString(Math.max(0, bodyBytes)));
            out.writeShort(LINE_END);
        }
        out.writeShort(LINE_END);
    }

    private static boolean expectsBody(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** Visible ASCII, without blanks. */
    private static void visible(ByteBuf out, String part) {
        if (part.isEmpty()) {
            throw new IllegalArgumentException("empty part of a request head");
        }
        int at = out.writerIndex();
        out.ensureWritable(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c <= ' ' || c >= 0x7F) {
                throw new IllegalArgumentException("character " + (int) c + " in a request head");
            }
            out.setByte(at + i, c);
        }
        out.writerIndex(at + part.length());
    }

    /** What may stand in a header's value: no control characters but tabs, and nothing wide. */
    private static void text(ByteBuf out, String value) {
        int at = out.writerIndex();
        out.ensureWritable(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F || c > 0xFF) {
                throw new IllegalArgumentException("character " + (int) c + " in a header");
            }
            out.setByte(at + i, c);
        }
        out.writerIndex(at + value.length());
    }
}
