package io.fairlead.simulator;

import java.time.Duration;
import java.util.Objects;

/**
 * One step of an answer's body. A body whose steps run out ends well; {@link Cut}, {@link Reset}
 * and {@link Stall} are the other endings, and whatever follows them is never played. Immutable.
 */
public sealed interface SimStep {

    /**
     * Some bytes, written and flushed by themselves. In an event stream, sources make one of these
     * per event, which is how faults count events.
     */
    final class Send implements SimStep {
        private final byte[] array;
        private final int offset;
        private final int length;

        public Send(byte[] array) {
            this(array, 0, array.length);
        }

        public Send(byte[] array, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, array.length);
            this.array = array;
            this.offset = offset;
            this.length = length;
        }

        public byte[] array() {
            return array;
        }

        public int offset() {
            return offset;
        }

        public int length() {
            return length;
        }

        /** The bytes from {@code from} on, {@code count} of them, without a copy. */
        public Send slice(int from, int count) {
            Objects.checkFromIndexSize(from, count, length);
            return new Send(array, offset + from, count);
        }
    }

    /** Nothing for a while. */
    record Wait(Duration duration) implements SimStep {}

    /** The connection is closed in the middle of the answer, in an orderly way (FIN). */
    record Cut() implements SimStep {}

    /** The connection is torn down in the middle of the answer (RST). */
    record Reset() implements SimStep {}

    /** Nothing, for ever; the connection stays open. */
    record Stall() implements SimStep {}
}
