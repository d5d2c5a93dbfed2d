package io.fairlead.protocol.gemini;

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

/**
 * {@code generateContent} and {@code streamGenerateContent}, of AI Studio or of Vertex AI. Paths
 * begin below the version: {@code /models/…} there, {@code /publishers/google/models/…} here, which
 * is below a project and its location. Stateless: any thread.
 */
public final class GeminiProtocol implements ChatProtocol {
    public static final GeminiProtocol AI_STUDIO = new GeminiProtocol(Protocol.GEMINI);
    public static final GeminiProtocol VERTEX = new GeminiProtocol(Protocol.VERTEX_GEMINI);

    private final Protocol protocol;
    private final RequestWriter requests;
    private final Differences differences;

    private GeminiProtocol(Protocol protocol) {
        this.protocol = protocol;
        requests = new RequestWriter(protocol == Protocol.VERTEX_GEMINI);
        differences = GeminiDifferences.of(protocol);
    }

    @Override
    public Protocol protocol() {
        return protocol;
    }

    @Override
    public ChatRequest readRequest(WireRequest request) {
        return RequestReader.read(request);
    }

    @Override
    public ProviderRequest writeRequest(ChatRequest request) {
        return requests.write(request);
    }

    @Override
    public ChatAnswer readAnswer(Json body) {
        return AnswerReader.read(body);
    }

    @Override
    public byte[] writeAnswer(ChatAnswer answer, AnswerContext context) {
        return AnswerWriter.write(answer, context);
    }

    @Override
    public StreamReader streamReader() {
        return new GeminiStreamReader();
    }

    @Override
    public StreamWriter streamWriter(AnswerContext context) {
        return new GeminiStreamWriter(context);
    }

    @Override
    public Framing framing() {
        return SseFraming.INSTANCE;
    }

    @Override
    public Differences differences() {
        return differences;
    }
}
