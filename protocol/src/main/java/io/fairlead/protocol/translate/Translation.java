package io.fairlead.protocol.translate;

import io.fairlead.protocol.adapt.AnswerGather;
import io.fairlead.protocol.adapt.AnswerReplay;
import io.fairlead.protocol.adapt.AnswerRewrite;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.TokenUsage;

import java.util.List;
import java.util.Optional;

/**
 * One attempt to have a request of one protocol answered by a provider that speaks another. The
 * client's request is read once ({@link ChatProtocol#readRequest}), its media fetched where the
 * provider wants bytes ({@link io.fairlead.protocol.adapt.MediaNeeds}); then each attempt has a
 * translation of its own. It takes one answer: {@link #answer}, or the messages of one {@link
 * #stream}. Confined to one thread.
 */
public final class Translation {
    private final ChatProtocol client;
    private final ChatProtocol provider;
    private final Prepared prepared;

    private Translation(ChatProtocol client, ChatProtocol provider, Prepared prepared) {
        this.client = client;
        this.provider = provider;
        this.prepared = prepared;
    }

    /**
     * @param request the client's, as its protocol read it
     * @param model that shall answer; its id takes the place of the client's name for it
     * @throws Unsupported if the request asks for what the provider's protocol refuses
     */
    public static Translation of(
            ChatProtocol client, ChatProtocol provider, ChatRequest request, ModelFacts model) {
        ChatRequest named = model.id().isEmpty() ? request : request.withModel(model.id());
        return new Translation(client, provider, provider.differences().prepare(named, model));
    }

    /** What was emulated and dropped, and the request the provider gets. */
    public Prepared prepared() {
        return prepared;
    }

    /** The request in the provider's words. */
    public ProviderRequest request() {
        return provider.writeRequest(prepared.request());
    }

    /**
     * The provider's answer in the client's words.
     *
     * @throws Unreadable if it is no answer of the provider's protocol
     */
    public TranslatedAnswer answer(Json body, AnswerContext context) {
        return whole(provider.readAnswer(body), true, context);
    }

    /**
     * A streamed answer as a whole one, for clients that wait for it.
     *
     * @param gathered events as the provider's stream reader gave them
     */
    public TranslatedAnswer answer(AnswerGather gathered, AnswerContext context) {
        return whole(gathered.answer(), gathered.complete(), context);
    }

    private TranslatedAnswer whole(ChatAnswer read, boolean complete, AnswerContext context) {
        ChatAnswer now = read;
        for (AnswerRewrite rewrite : prepared.answerRewrites()) {
            now = rewrite.apply(now);
        }
        boolean output = now.choices().stream().anyMatch(choice -> !choice.parts().isEmpty());
        AnswerFacts facts =
                new AnswerFacts(
                        read.model(),
                        read.usage().map(TokenUsage::counts),
                        now.choices().stream().findFirst().flatMap(choice -> choice.finish()),
                        output,
                        Optional.empty(),
                        complete);
        return new TranslatedAnswer(client.writeAnswer(forClient(now, context), context), facts);
    }

    /** Ids of one protocol mean nothing in another; the client's writer makes its own. */
    private static ChatAnswer forClient(ChatAnswer answer, AnswerContext context) {
        return answer.withId("").withModel(context.model());
    }

    /** The provider's stream in the client's words, message by message. */
    public TranslatedStream stream(AnswerContext context) {
        return new TranslatedStream(
                provider.streamReader(),
                client.streamWriter(context),
                prepared.answerRewrites(),
                context.model());
    }

    /**
     * A whole answer told as a stream, for clients that want one where the provider has none.
     *
     * @throws Unreadable if it is no answer of the provider's protocol
     */
    public TranslatedStream replayed(Json body, AnswerContext context) {
        return new TranslatedStream(
                new Replay(AnswerReplay.of(provider.readAnswer(body))),
                client.streamWriter(context),
                prepared.answerRewrites(),
                context.model());
    }

    /** All of a replay comes at its end. */
    private record Replay(List<Batch> batches) implements StreamReader {
        @Override
        public Batch read(io.fairlead.protocol.codec.Frame frame) {
            return Batch.EMPTY;
        }

        @Override
        public Batch end() {
            return new Batch(
                    batches.stream().flatMap(batch -> batch.events().stream()).toList(),
                    batches.getFirst().beside());
        }
    }
}
