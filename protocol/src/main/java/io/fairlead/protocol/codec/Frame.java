package io.fairlead.protocol.codec;

import java.nio.charset.StandardCharsets;

/**
 * One message of a stream, without its framing: an SSE event, a message of an AWS event stream, a
 * line of JSON. Immutable, as long as nobody changes the bytes.
 *
 * @param name the event's name ({@code event:} of SSE, {@code :event-type} of AWS, or {@code
 *     :exception-type} where that says what went wrong); empty: it has none
 * @param data its payload
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way: never compared
public record Frame(String name, byte[] data) {
    /** What OpenAI and others end a stream with. */
    public static final String DONE = "[DONE]";

    public static Frame of(String name, String data) {
        return new Frame(name, data.getBytes(StandardCharsets.UTF_8));
    }

    public boolean isDone() {
        return data.length == DONE.length() && text().equals(DONE);
    }

    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }
}
