package io.fairlead.protocol.responses;

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

/** OpenAI's Responses API ({@code openai-responses}). Stateless: any thread. */
public final class OpenAiResponsesProtocol implements ChatProtocol {
    @Override
    public Protocol protocol() {
        return Wire.SELF;
    }

    @Override
    public ChatRequest readRequest(WireRequest request) {
        return RequestReader.read(request);
    }

    @Override
    public ProviderRequest writeRequest(ChatRequest request) {
        return ProviderRequest.of("/responses", RequestWriter.write(request));
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
        return new ResponsesStreamReader();
    }

    @Override
    public StreamWriter streamWriter(AnswerContext context) {
        return new ResponsesStreamWriter(context);
    }

    @Override
    public Framing framing() {
        return SseFraming.INSTANCE;
    }

    @Override
    public Differences differences() {
        return ResponsesDifferences.TABLE;
    }
}
