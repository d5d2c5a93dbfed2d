package io.fairlead.protocol.codec;

import io.fairlead.protocol.sse.SseScanner;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Server-sent events: {@code event:} and {@code data:} lines, a blank line behind each. Comments
 * and events without data are passed over. Stateless: any thread.
 */
public final class SseFraming implements Framing {
    public static final SseFraming INSTANCE = new SseFraming();

    private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    private SseFraming() {}

    @Override
    public String contentType() {
        return "text/event-stream";
    }

    @Override
    public FrameScanner scanner(int maxFrameBytes) {
        return new Scanner(maxFrameBytes);
    }

    @Override
    public byte[] encode(Frame frame) {
        byte[] name = frame.name().getBytes(StandardCharsets.UTF_8);
        byte[] data = frame.data();
        int head = name.length == 0 ? 0 : EVENT.length + name.length + 1;
        byte[] bytes = Arrays.copyOf(EVENT, head + DATA.length + data.length + 2);
        if (head > 0) {
            System.arraycopy(name, 0, bytes, EVENT.length, name.length);
            bytes[head - 1] = '\n';
        }
        System.arraycopy(DATA, 0, bytes, head, DATA.length);
        int from = head + DATA.length;
        for (int i = 0; i < data.length; i++) {
            // In JSON a line break is white space between tokens; in SSE it would end the line.
            bytes[from + i] = data[i] == '\n' || data[i] == '\r' ? (byte) ' ' : data[i];
        }
        bytes[bytes.length - 2] = '\n';
        bytes[bytes.length - 1] = '\n';
        return bytes;
    }

    private static final class Scanner implements FrameScanner {
        private final SseScanner scanner;

        Scanner(int maxFrameBytes) {
            scanner = new SseScanner(maxFrameBytes);
        }

        @Override
        public List<Frame> feed(byte[] bytes, int from, int to) {
            scanner.feed(bytes, from, to);
            return frames();
        }

        @Override
        public List<Frame> end() {
            scanner.end();
            return frames();
        }

        @Override
        public int held() {
            return scanner.held();
        }

        private List<Frame> frames() {
            List<Frame> frames = new ArrayList<>();
            while (scanner.next()) {
                if (scanner.dataLines() > 0) {
                    byte[] data =
                            Arrays.copyOfRange(
                                    scanner.dataBytes(), scanner.dataFrom(), scanner.dataTo());
                    frames.add(new Frame(scanner.name(), data));
                }
            }
            if (scanner.overflowed()) {
                throw new Unreadable("", "an event is larger than allowed");
            }
            return frames;
        }
    }
}
