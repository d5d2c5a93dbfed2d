package io.fairlead.protocol.codec;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;

/**
 * A form in which clients hold conversations: requests are read, answers written. Stateless: any
 * thread.
 */
public interface ClientProtocol {
    /** The protocol that this is, or is a form of. */
    Protocol protocol();

    /**
     * Reads what a client asks for.
     *
     * @throws Unreadable if a field is missing or of a wrong type
     */
    ChatRequest readRequest(WireRequest request);

    byte[] writeAnswer(ChatAnswer answer, AnswerContext context);

    StreamWriter streamWriter(AnswerContext context);

    /** How the messages of a stream lie in the bytes of a body. */
    Framing framing();
}
