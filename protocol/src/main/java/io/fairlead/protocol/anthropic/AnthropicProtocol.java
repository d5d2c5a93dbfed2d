package io.fairlead.protocol.anthropic;

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
 * Anthropic's Messages API ({@code POST /v1/messages}), after Anthropic's API reference and SDKs,
 * and its variants at Vertex AI and Bedrock. Stateless: any thread.
 */
public final class AnthropicProtocol implements ChatProtocol {
    /** Anthropic's own API. */
    public static final AnthropicProtocol MESSAGES =
            new AnthropicProtocol(Variant.MESSAGES, SseFraming.INSTANCE);

    /** As Vertex AI has it: {@code :rawPredict} and {@code :streamRawPredict}. */
    public static final AnthropicProtocol VERTEX =
            new AnthropicProtocol(Variant.VERTEX, SseFraming.INSTANCE);

    private final Variant variant;
    private final Framing framing;
    private final Differences differences;

    private AnthropicProtocol(Variant variant, Framing framing) {
        this.variant = variant;
        this.framing = framing;
        this.differences = AnthropicDifferences.of(variant);
    }

    /**
     * As Bedrock's InvokeModel has it.
     *
     * @param framing of the event stream that wraps Anthropic's events
     */
    public static AnthropicProtocol bedrock(Framing framing) {
        return new AnthropicProtocol(Variant.BEDROCK, framing);
    }

    @Override
    public Protocol protocol() {
        return variant.protocol();
    }

    @Override
    public ChatRequest readRequest(WireRequest request) {
        return RequestReader.read(variant, request, false);
    }

    @Override
    public ProviderRequest writeRequest(ChatRequest request) {
        return RequestWriter.message(variant, request);
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
        return new MessagesStreamReader();
    }

    @Override
    public StreamWriter streamWriter(AnswerContext context) {
        return new MessagesStreamWriter(context);
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public Differences differences() {
        return differences;
    }

    /** Reads a request of {@code POST /v1/messages/count_tokens}. */
    public ChatRequest readCountRequest(WireRequest request) {
        return RequestReader.read(variant, request, true);
    }

    /** Writes a request that asks how many tokens another one has; Bedrock takes none here. */
    public ProviderRequest writeCountRequest(ChatRequest request) {
        return RequestWriter.count(variant, request);
    }

    /** How many tokens the provider says a request has. */
    public long readCount(Json body) {
        return TokenCount.read(body);
    }

    public byte[] writeCount(long inputTokens) {
        return TokenCount.write(inputTokens);
    }
}
