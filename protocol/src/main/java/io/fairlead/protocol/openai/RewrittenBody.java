package io.fairlead.protocol.openai;

import java.util.List;

/**
 * A request body as it goes to one provider. The array is the caller's to send and must not be
 * changed; when nothing had to change it is the client's own.
 *
 * @param bytes the body
 * @param dropped names of the members that were left out, for {@code x-fairlead-dropped}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
public record RewrittenBody(byte[] bytes, List<String> dropped) {
    public RewrittenBody {
        dropped = List.copyOf(dropped);
    }
}
