package io.fairlead.protocol.codec;

import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;

/**
 * A protocol for conversations, spoken on either side: as a client speaks it (requests are read,
 * answers written) and as a provider does (requests are written, answers read). What is read and
 * written again is the same JSON. Stateless: any thread.
 */
public interface ChatProtocol extends ClientProtocol {
    /**
     * Writes a request that {@link Differences#prepare} of {@link #differences} made: it holds
     * nothing this protocol has no words for.
     */
    ProviderRequest writeRequest(ChatRequest request);

    /**
     * Reads what a provider answers.
     *
     * @throws Unreadable if this is no answer of this protocol
     */
    ChatAnswer readAnswer(Json body);

    StreamReader streamReader();

    /** What of the canonical model this protocol can say, and what becomes of the rest. */
    Differences differences();
}
