package io.fairlead.protocol.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * AWS event streams ({@code application/vnd.amazon.eventstream}): binary messages of a prelude with
 * both lengths, headers, a payload, and checksums of prelude and message. What a message is stands
 * in its headers: an event's name in {@code :event-type}, an exception's in {@code
 * :exception-type}; a bare error has {@code :error-code} and {@code :error-message} and becomes an
 * exception of that name. The name of an exception always ends with {@link #EXCEPTION}, that of an
 * event never does. Stateless: any thread.
 */
public final class AwsEventStreamFraming implements Framing {
    public static final AwsEventStreamFraming INSTANCE = new AwsEventStreamFraming();

    /** How the name of an exception ends: {@code throttlingException}. */
    public static final String EXCEPTION = "Exception";

    /** Two lengths and the checksum of both. */
    static final int PRELUDE = 12;

    /** Prelude and the checksum of the message. */
    static final int LEAST_MESSAGE = PRELUDE + 4;

    static final byte STRING = 7;

    private AwsEventStreamFraming() {}

    /** Whether a message says that something went wrong. */
    public static boolean isException(Frame frame) {
        return frame.name().endsWith(EXCEPTION);
    }

    @Override
    public String contentType() {
        return "application/vnd.amazon.eventstream";
    }

    @Override
    public FrameScanner scanner(int maxFrameBytes) {
        return new AwsEventStreamScanner(maxFrameBytes);
    }

    @Override
    public byte[] encode(Frame frame) {
        boolean exception = isException(frame);
        byte[] typeName = ascii(exception ? ":exception-type" : ":event-type");
        byte[] type = frame.name().getBytes(StandardCharsets.UTF_8);
        byte[] contentName = ascii(":content-type");
        byte[] content = ascii("application/json");
        byte[] kindName = ascii(":message-type");
        byte[] kind = ascii(exception ? "exception" : "event");
        int headers =
                header(typeName, type) + header(contentName, content) + header(kindName, kind);
        byte[] bytes = new byte[LEAST_MESSAGE + headers + frame.data().length];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.putInt(bytes.length).putInt(headers).putInt(checksum(bytes, 0, PRELUDE - 4));
        put(out, typeName, type);
        put(out, contentName, content);
        put(out, kindName, kind);
        out.put(frame.data());
        out.putInt(checksum(bytes, 0, bytes.length - 4));
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int header(byte[] name, byte[] value) {
        return 1 + name.length + 1 + 2 + value.length;
    }

    private static void put(ByteBuffer out, byte[] name, byte[] value) {
        out.put((byte) name.length).put(name).put(STRING).putShort((short) value.length).put(value);
    }

    static int checksum(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
