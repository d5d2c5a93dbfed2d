package io.fairlead.protocol.gemini;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ClientProtocol;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;

/** A client of Gemini that wants its stream as one JSON array. Stateless: any thread. */
public final class GeminiArrayClient implements ClientProtocol {
    public static final GeminiArrayClient INSTANCE = new GeminiArrayClient();

    private GeminiArrayClient() {}

    @Override
    public Protocol protocol() {
        return Protocol.GEMINI;
    }

    @Override
    public ChatRequest readRequest(WireRequest request) {
        return GeminiProtocol.AI_STUDIO.readRequest(request);
    }

    @Override
    public byte[] writeAnswer(ChatAnswer answer, AnswerContext context) {
        return GeminiProtocol.AI_STUDIO.writeAnswer(answer, context);
    }

    @Override
    public StreamWriter streamWriter(AnswerContext context) {
        return GeminiArrayFraming.writer(context);
    }

    @Override
    public Framing framing() {
        return GeminiArrayFraming.INSTANCE;
    }
}
