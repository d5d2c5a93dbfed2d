package io.fairlead.protocol.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A message a line, each of them JSON. Blank lines are passed over. Stateless: any thread. */
public final class JsonLinesFraming implements Framing {
    public static final JsonLinesFraming INSTANCE = new JsonLinesFraming();

    private JsonLinesFraming() {}

    @Override
    public String contentType() {
        return "application/x-ndjson";
    }

    @Override
    public FrameScanner scanner(int maxFrameBytes) {
        return new Scanner(maxFrameBytes);
    }

    @Override
    public byte[] encode(Frame frame) {
        byte[] data = frame.data();
        byte[] line = Arrays.copyOf(data, data.length + 1);
        for (int i = 0; i < data.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                // White space between tokens of JSON; here it would end the line.
                line[i] = ' ';
            }
        }
        line[data.length] = '\n';
        return line;
    }

    private static final class Scanner implements FrameScanner {
        private final int most;
        private byte[] held = new byte[256];
        private int size;

        Scanner(int most) {
            this.most = most;
        }

        @Override
        public List<Frame> feed(byte[] bytes, int from, int to) {
            List<Frame> frames = new ArrayList<>();
            int start = from;
            for (int i = from; i < to; i++) {
                if (bytes[i] == '\n') {
                    hold(bytes, start, i);
                    take(frames);
                    start = i + 1;
                }
            }
            hold(bytes, start, to);
            return frames;
        }

        @Override
        public List<Frame> end() {
            List<Frame> frames = new ArrayList<>();
            take(frames);
            return frames;
        }

        @Override
        public int held() {
            return size;
        }

        private void hold(byte[] bytes, int from, int to) {
            int more = to - from;
            if (more > most - size) {
                throw new Unreadable("", "a line is larger than allowed");
            }
            if (held.length - size < more) {
                held = Arrays.copyOf(held, Math.max(size + more, held.length * 2));
            }
            System.arraycopy(bytes, from, held, size, more);
            size += more;
        }

        private void take(List<Frame> frames) {
            int to = size;
            while (to > 0 && held[to - 1] <= ' ' && held[to - 1] >= 0) {
                to--;
            }
            if (to > 0) {
                frames.add(new Frame("", Arrays.copyOf(held, to)));
            }
            size = 0;
        }
    }
}
