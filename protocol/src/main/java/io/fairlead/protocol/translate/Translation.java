package io.fairlead.protocol.translate;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.adapt.AnswerRewrite;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.adapt.SealedIds;
import io.fairlead.protocol.adapt.SealedIdsOut;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.EventStream;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Framing;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.TokenUsage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One attempt at a provider that speaks another protocol than the client: its request, and what
 * becomes of its answer. One answer can be read by it; confined to one thread.
 */
public final class Translation {
    private final ChatProtocol client;
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
    public Translation(
            ChatProtocol client,
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

    /** What the provider is sent. */
    public ProviderRequest request() {
        return request;
    }

    /** Names of the parameters that were left out, for {@code x-fairlead-dropped}. */
    public List<String> dropped() {
        return prepared.dropped().stream().sorted().map(Feature::parameter).distinct().toList();
    }

    /** Media type of the client's stream. */
    public String streamType() {
        return client.framing().contentType();
    }

    /**
     * A unary answer, or why it is none.
     *
     * @param bytes the client's answer; empty if there is a fault
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
    public record Unary(
            byte[] bytes,
            Optional<Usage> usage,
            Optional<String> model,
            Optional<String> finishReason,
            Optional<ProviderFault> fault) {
        /**
         * Reads an answer.
         *
         * @param told what the client gets of it
         */
        static Unary of(ChatProtocol provider, byte[] body, Function<ChatAnswer, byte[]> told) {
            ChatAnswer answer;
            try {
                Json json = Fields.parse(body);
                answer = provider.readAnswer(json);
                if (answer.choices().isEmpty()
                        && json.get("error").filter(it -> !it.isNull()).isPresent()) {
                    return broken(ProviderFaults.inStream(ErrorBody.read(body)));
                }
            } catch (Unreadable unreadable) {
                return broken(
                        body.length == 0
                                ? new ProviderFault.Empty("the provider's answer is empty")
                                : new ProviderFault.Malformed(
                                        "the provider's answer can't be read: "
                                                + unreadable.getMessage()));
            }
            if (isEmpty(answer)) {
                return broken(
                        new ProviderFault.Empty(
                                "the provider's answer has neither output nor end"));
            }
            return new Unary(
                    told.apply(answer),
                    answer.usage().map(TokenUsage::counts),
                    Optional.of(answer.model()).filter(it -> !it.isEmpty()),
                    answer.choices().stream()
                            .findFirst()
                            .flatMap(Choice::finish)
                            .map(Finish::word)
                            .filter(it -> !it.isEmpty()),
                    Optional.empty());
        }

        private static Unary broken(ProviderFault fault) {
            return new Unary(
                    new byte[0],
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(fault));
        }
    }

    /** Translates a unary answer with a 2xx status. */
    public Unary answer(byte[] body) {
        return Unary.of(provider, body, this::told);
    }

    private byte[] told(ChatAnswer answer) {
        ChatAnswer now = finish.apply(answer);
        for (AnswerRewrite rewrite : answerRewrites) {
            now = rewrite.apply(now);
        }
        return client.writeAnswer(now.withId(""), context);
    }

    private static boolean isEmpty(ChatAnswer answer) {
        for (Choice choice : answer.choices()) {
            if (!choice.parts().isEmpty() || choice.finish().isPresent()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Translates a streamed answer.
     *
     * @param maxEventBytes the largest message to take; a larger one is a fault
     */
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
