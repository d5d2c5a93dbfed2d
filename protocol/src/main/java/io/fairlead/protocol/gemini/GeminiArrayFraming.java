package io.fairlead.protocol.gemini;

import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream as one JSON array, which is what {@code streamGenerateContent} gives without {@code
 * alt=sse}: an element for each message. Its writer ({@link #writer}) puts brackets and commas into
 * the messages, because they depend on what was written before. Stateless: any thread.
 */
public final class GeminiArrayFraming implements Framing {
    public static final GeminiArrayFraming INSTANCE = new GeminiArrayFraming();

    private GeminiArrayFraming() {}

    /** Writes the messages of a stream as elements of an array. */
    public static StreamWriter writer(AnswerContext context) {
        return new GeminiArrayWriter(new GeminiStreamWriter(context));
    }

    @Override
    public String contentType() {
        return "application/json; charset=UTF-8";
    }

    @Override
    public FrameScanner scanner(int maxFrameBytes) {
        return new Scanner(maxFrameBytes);
    }

    @Override
    public byte[] encode(Frame frame) {
        return frame.data();
    }

    /** Cuts the array into its elements; an object without an array around it is one, too. */
    private static final class Scanner implements FrameScanner {
        private final int maxFrameBytes;
        private final ByteArrayOutputStream element = new ByteArrayOutputStream();
        private int depth;
        private boolean inString;
        private boolean escaped;

        Scanner(int maxFrameBytes) {
            this.maxFrameBytes = maxFrameBytes;
        }

        @Override
        public List<Frame> feed(byte[] bytes, int from, int to) {
            List<Frame> frames = new ArrayList<>();
            for (int i = from; i < to; i++) {
                byte b = bytes[i];
                if (depth == 0) {
                    between(b);
                    continue;
                }
                if (element.size() == maxFrameBytes) {
                    throw new Unreadable("", "an element is larger than allowed");
                }
                element.write(b);
                if (inside(b)) {
                    frames.add(new Frame("", element.toByteArray()));
                    element.reset();
                }
            }
            return frames;
        }

        private void between(byte b) {
            switch (b) {
                case '{' -> {
                    depth = 1;
                    element.write(b);
                }
                case '[', ']', ',', ' ', '\t', '\r', '\n' -> {}
                default -> throw new Unreadable("", "is no array of objects");
            }
        }

        /** Whether the element ends here. */
        private boolean inside(byte b) {
            if (inString) {
                if (escaped) {
                    escaped = false;
                } else if (b == '\\') {
                    escaped = true;
                } else {
                    inString = b != '"';
                }
                return false;
            }
            switch (b) {
                case '"' -> inString = true;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            return depth == 0;
        }

        @Override
        public int held() {
            return element.size();
        }

        @Override
        public List<Frame> end() {
            return List.of();
        }
    }
}
