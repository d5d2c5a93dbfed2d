package io.fairlead.protocol.bedrock;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.AwsEventStreamFraming;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;

/**
 * {@code bedrock-converse}: Converse and ConverseStream of Amazon Bedrock. The model stands in the
 * path. Stateless: any thread.
 */
public final class BedrockConverseProtocol implements ChatProtocol {
    static final Protocol ORIGIN = Protocol.BEDROCK_CONVERSE;

    @Override
    public Protocol protocol() {
        return ORIGIN;
    }

    @Override
    public ChatRequest readRequest(WireRequest request) {
        return RequestReader.read(request);
    }

    @Override
    public ProviderRequest writeRequest(ChatRequest request) {
        return RequestWriter.write(request);
    }

    @Override
    public ChatAnswer readAnswer(Json body) {
        return AnswerReader.read(body);
    }

    @Override
    public byte[] writeAnswer(ChatAnswer answer, AnswerContext context) {
        return AnswerWriter.write(answer);
    }

    @Override
    public StreamReader streamReader() {
        return new ConverseStreamReader();
    }

    @Override
    public StreamWriter streamWriter(AnswerContext context) {
        return new ConverseStreamWriter(context);
    }

    @Override
    public Framing framing() {
        return AwsEventStreamFraming.INSTANCE;
    }

    @Override
    public Differences differences() {
        return ConverseDifferences.TABLE;
    }
}
