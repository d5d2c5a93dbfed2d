package io.fairlead.protocol.codec;

import java.util.List;

/** How the messages of a stream lie in the bytes of a body. Stateless: any thread. */
public interface Framing {
    /** The media type of such a body: {@code text/event-stream}. */
    String contentType();

    /**
     * Cuts one body into messages.
     *
     * @param maxFrameBytes the largest message taken
     */
    FrameScanner scanner(int maxFrameBytes);

    /** The message as bytes of a body, ready to be sent and flushed. */
    byte[] encode(Frame frame);

    /** Finds messages in whatever pieces the bytes come. Confined to one thread. */
    interface FrameScanner {
        /**
         * The messages that are whole with these bytes.
         *
         * @throws Unreadable if the framing is broken, or a message is too large
         */
        List<Frame> feed(byte[] bytes, int from, int to);

        /** The body ended: what is left of it, if that makes a message. */
        List<Frame> end();

        /** How many bytes of a message that is not whole are kept. */
        int held();
    }
}
