package io.fairlead.protocol.translate;

import io.fairlead.protocol.adapt.AnswerRewrite;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.adapt.SealedIds;
import io.fairlead.protocol.adapt.SealedIdsOut;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.ClientProtocol;
import io.fairlead.protocol.codec.EventStream;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.StreamEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One attempt at a provider that speaks another protocol than the client: its request, and what
 * becomes of its answer. One answer can be read by it; confined to one thread.
 */
public final class ChatTranslation implements Translation {
    private final ClientProtocol client;
    private final ChatProtocol provider;
    private final Prepared prepared;
    private final ProviderRequest request;
    private final List<AnswerRewrite> answerRewrites;
    private final AnswerContext context;
    private final FinishRepair finish = new FinishRepair();

    /**
     * Translates a request.
     *
     * @param asked the client's request, with the model's name as the provider calls it
     * @throws io.fairlead.protocol.adapt.Unsupported if the provider's protocol can't honour it
     */
    public ChatTranslation(
            ClientProtocol client,
            ChatProtocol provider,
            ChatRequest asked,
            ModelFacts model,
            AnswerContext context) {
        this.client = client;
        this.provider = provider;
        this.context = context;
        this.prepared = provider.differences().prepare(SealedIds.unpacked(asked), model);
        this.answerRewrites = new ArrayList<>(prepared.answerRewrites());
        StateInIds.of(client.protocol(), provider.protocol())
                .ifPresent(load -> answerRewrites.add(new SealedIdsOut(load)));
        this.request = provider.writeRequest(prepared.request());
    }

    @Override
    public ProviderRequest request() {
        return request;
    }

    @Override
    public List<String> dropped() {
        return prepared.dropped().stream().sorted().map(Feature::parameter).distinct().toList();
    }

    @Override
    public String streamType() {
        return client.framing().contentType();
    }

    @Override
    public Unary answer(Optional<String> contentType, byte[] body) {
        return ReadAnswer.of(provider, body, this::told);
    }

    private byte[] told(ChatAnswer answer) {
        ChatAnswer now = finish.apply(answer);
        for (AnswerRewrite rewrite : answerRewrites) {
            now = rewrite.apply(now);
        }
        return client.writeAnswer(now.withId(""), context);
    }

    @Override
    public EventStream stream(int maxEventBytes) {
        Framing framing = client.framing();
        return new TranslatedStream(
                provider.framing().scanner(maxEventBytes),
                provider.streamReader(),
                this::rewrite,
                client.streamWriter(context),
                framing);
    }

    private Batch rewrite(Batch read) {
        Batch batch = finish.apply(read);
        for (AnswerRewrite rewrite : answerRewrites) {
            batch = rewrite.apply(batch);
        }
        return withoutIds(batch);
    }

    /** The ids of another protocol's answers are none of this one's. */
    private static Batch withoutIds(Batch batch) {
        for (int i = 0; i < batch.events().size(); i++) {
            if (batch.events().get(i) instanceof StreamEvent.Started started) {
                List<StreamEvent> events = new ArrayList<>(batch.events());
                events.set(
                        i,
                        new StreamEvent.Started(
                                "", started.model(), started.created(), started.beside()));
                return new Batch(events, batch.beside());
            }
        }
        return batch;
    }
}
