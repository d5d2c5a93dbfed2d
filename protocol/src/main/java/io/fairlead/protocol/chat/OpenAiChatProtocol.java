package io.fairlead.protocol.chat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.chatform.ChatForm;
import io.fairlead.protocol.chatform.Dialect;
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

/** OpenAI's chat completions. Immutable: any thread. */
public final class OpenAiChatProtocol implements ChatProtocol {
    private final ChatForm form;
    private final Differences differences;

    /** As OpenAI speaks it, and most that imitate it: thoughts in {@code reasoning_content}. */
    public OpenAiChatProtocol() {
        this(Dialect.ReasoningPlace.CONTENT);
    }

    private OpenAiChatProtocol(Dialect.ReasoningPlace place) {
        form =
                new ChatForm(
                        new Dialect(
                                Protocol.OPENAI_CHAT,
                                "max_completion_tokens",
                                "seed",
                                "required",
                                place,
                                true));
        differences = OpenAiChatDifferences.of(place);
    }

    /**
     * As OpenRouter speaks it: thoughts in {@code reasoning} with {@code reasoning_details} beside
     * it, cache marks, films, and settings of other providers passed on to them.
     */
    public static OpenAiChatProtocol ofOpenRouter() {
        return new OpenAiChatProtocol(Dialect.ReasoningPlace.DETAILS);
    }

    @Override
    public Protocol protocol() {
        return Protocol.OPENAI_CHAT;
    }

    @Override
    public ChatRequest readRequest(WireRequest request) {
        return form.readRequest(request);
    }

    @Override
    public ProviderRequest writeRequest(ChatRequest request) {
        return form.writeRequest(request);
    }

    @Override
    public ChatAnswer readAnswer(Json body) {
        return form.readAnswer(body);
    }

    @Override
    public byte[] writeAnswer(ChatAnswer answer, AnswerContext context) {
        return form.writeAnswer(answer, context);
    }

    @Override
    public StreamReader streamReader() {
        return form.streamReader();
    }

    @Override
    public StreamWriter streamWriter(AnswerContext context) {
        return form.streamWriter(context);
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
