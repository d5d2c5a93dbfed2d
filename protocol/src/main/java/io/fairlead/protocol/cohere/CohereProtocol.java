package io.fairlead.protocol.cohere;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.SseFraming;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;

/** {@code cohere-v2}: {@code /v2/chat} of Cohere. Stateless: any thread. */
public final class CohereProtocol implements ChatProtocol {
    static final Protocol ORIGIN = Protocol.COHERE_V2;

    @Override
    public Protocol protocol() {
        return ORIGIN;
    }

    @Override
    public ChatRequest readRequest(WireRequest request) {
        return new RequestReader(request).read();
    }

    @Override
    public ProviderRequest writeRequest(ChatRequest request) {
        return ProviderRequest.of("/chat", RequestWriter.write(request));
    }

    @Override
    public ChatAnswer readAnswer(Json body) {
        return AnswerReader.read(body);
    }

    @Override
    public byte[] writeAnswer(ChatAnswer answer, AnswerContext context) {
        return AnswerWriter.write(answer, context).toBytes();
    }

    @Override
    public StreamReader streamReader() {
        return new EventReader();
    }

    @Override
    public StreamWriter streamWriter(AnswerContext context) {
        return new EventWriter(context);
    }

    @Override
    public Framing framing() {
        return SseFraming.INSTANCE;
    }

    @Override
    public Differences differences() {
        return CohereDifferences.TABLE;
    }
}
