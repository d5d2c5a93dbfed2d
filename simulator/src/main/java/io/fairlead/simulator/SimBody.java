package io.fairlead.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The body of an answer: its steps, made one at a time as they are played, so that a body may be
 * far larger than memory and a step may hold what is true only when it is sent. Bodies are
 * immutable and may be played any number of times; each iterator is confined to one playback.
 */
public interface SimBody {

    /**
     * The steps from the start. A step is made when {@code next} is called, after every wait before
     * it has passed.
     */
    Iterator<SimStep> steps();

    /**
     * How many bytes the body was meant to have, if that is announced (content-length); else it is
     * sent in chunks.
     */
    default OptionalLong length() {
        return OptionalLong.empty();
    }

    /** All at once, with its length announced. */
    static SimBody of(byte[] bytes) {
        List<SimStep> steps = bytes.length == 0 ? List.of() : List.of(new SimStep.Send(bytes));
        return of(steps, OptionalLong.of(bytes.length));
    }

    static SimBody of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The given steps, in chunks. */
    static SimBody of(List<? extends SimStep> steps) {
        return of(steps, OptionalLong.empty());
    }

    static SimBody of(List<? extends SimStep> steps, OptionalLong length) {
        List<SimStep> copy = List.copyOf(steps);
        return new SimBody() {
            @Override
            public Iterator<SimStep> steps() {
                return copy.iterator();
            }

            @Override
            public OptionalLong length() {
                return length;
            }
        };
    }

    /** Each text by itself and in chunks: the form of an event stream. */
    static SimBody events(List<String> events) {
        List<SimStep> steps = new ArrayList<>(events.size());
        for (String event : events) {
            steps.add(new SimStep.Send(event.getBytes(StandardCharsets.UTF_8)));
        }
        return of(steps);
    }

    /** What {@link #steps} sends, put together; for tests and for bodies known to be small. */
    default byte[] allBytes() {
        var out = new ByteArrayOutputStream();
        for (Iterator<SimStep> steps = steps(); steps.hasNext(); ) {
            if (steps.next() instanceof SimStep.Send send) {
                out.write(send.array(), send.offset(), send.length());
            }
        }
        return out.toByteArray();
    }
}
