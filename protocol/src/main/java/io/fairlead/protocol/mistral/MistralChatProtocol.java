package io.fairlead.protocol.mistral;

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

/** Mistral's chat completions: thoughts are parts of the content. Immutable: any thread. */
public final class MistralChatProtocol implements ChatProtocol {
    private final ChatForm form;
    private final Differences differences;

    public MistralChatProtocol() {
        form =
                new ChatForm(
                        new Dialect(
                                Protocol.MISTRAL_CHAT,
                                "max_tokens",
                                "random_seed",
                                "any",
                                Dialect.ReasoningPlace.PARTS,
                                false));
        differences = MistralDifferences.table();
    }

    @Override
    public Protocol protocol() {
        return Protocol.MISTRAL_CHAT;
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
