package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Family;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.MediaNeeds;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.adapt.MediaRewrites;
import io.fairlead.protocol.adapt.SealedIds;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.ClientProtocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.translate.CarriedState;
import io.fairlead.protocol.translate.ChatTranslation;
import io.fairlead.protocol.translate.Protocols;
import io.fairlead.protocol.translate.Translation;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client's conversation as providers of other protocols are told of it: read when the first of
 * them is tried, and once. Confined to its exchange.
 */
final class Conversation implements Translatable {
    private final ClientRequest request;
    private final ClientProtocol client;
    private final boolean carried;
    private final byte[] body;
    private final Optional<Json> json;
    private final Optional<ContentTarget> target;
    private final boolean packed;
    private final Optional<String> previous;
    private @Nullable ChatRequest read;

    private Conversation(
            ClientRequest request,
            ClientProtocol client,
            byte[] body,
            Optional<Json> json,
            Optional<ContentTarget> target,
            boolean packed,
            Optional<String> previous) {
        this.request = request;
        this.client = client;
        this.carried =
                json.isPresent()
                        ? CarriedState.maybeIn(client.protocol(), json.get())
                        : CarriedState.maybeIn(client.protocol(), body);
        this.body = body;
        this.json = json;
        this.target = target;
        this.packed = packed;
        this.previous = previous;
    }

    /**
     * The conversation of a request; empty: it is none.
     *
     * @param scanned the body, as it was looked at before
     * @param previous the kept response it goes on from, whose conversation is in the body
     */
    static Optional<Conversation> of(
            ClientRequest request,
            byte[] body,
            RequestBody scanned,
            Optional<ContentTarget> target,
            Optional<String> previous) {
        Optional<Json> json = scanned.json();
        boolean packed =
                scanned.facts().hasTools()
                        && (json.isPresent()
                                ? SealedIds.maybeIn(json.get())
                                : SealedIds.maybeIn(body));
        return ClientForms.of(request, target)
                .map(client ->
                        new Conversation(request, client, body, json, target, packed, previous));
    }

    @Override
    public boolean foreign(Deployment deployment) {
        return !same(deployment) || carried || packed;
    }

    /** Completions have no family but OpenAI's own, and an array is nobody's bytes. */
    private boolean same(Deployment deployment) {
        if (request.endpoint() == Endpoint.COMPLETIONS) {
            return deployment.protocol().openAiLike();
        }
        return target.filter(ContentTarget::array).isEmpty()
                && Family.same(client.protocol(), deployment.protocol());
    }

    @Override
    public List<Need> mediaNeeds(Deployment deployment) {
        return MediaNeeds.of(provider(deployment).differences(), read());
    }

    @Override
    public Translation translation(Deployment deployment, Map<Media, Source.Inline> fetched) {
        ChatRequest asked = read();
        ChatRequest sent = fetched.isEmpty() ? asked : MediaRewrites.replaced(asked, fetched);
        if (client.protocol() == Protocol.OPENAI_RESPONSES) {
            sent = keptHere(sent, spoken(deployment));
        }
        return new ChatTranslation(
                client,
                provider(deployment),
                sent.withModel(deployment.model()),
                deployment.facts(),
                new AnswerContext(
                        previous.isEmpty()
                                ? asked
                                : asked.withDelivery(asked.delivery().withPrevious(previous)),
                        client.protocol() == Protocol.OPENAI_RESPONSES
                                ? OwnResponses.idBase(request)
                                : RequestWords.plainId(request),
                        deployment.model(),
                        request.receivedAt().getEpochSecond()));
    }

    /** Whether the client wants the response kept; asked after it has been read. */
    boolean keeps() {
        return client.protocol() == Protocol.OPENAI_RESPONSES
                && read().delivery().store().orElse(true);
    }

    /**
     * The request as a provider is told it where the gateway keeps the response.
     *
     * @throws Unsupported if it goes on from what only OpenAI keeps
     */
    private static ChatRequest keptHere(ChatRequest request, Protocol provider) {
        if (provider == Protocol.OPENAI_RESPONSES) {
            return request.withDelivery(request.delivery().withStore(Optional.of(false)));
        }
        Json conversation =
                request.beside()
                        .of(Protocol.OPENAI_RESPONSES)
                        .getOrDefault("conversation", Json.NULL);
        if (!conversation.isNull()) {
            throw new Unsupported("conversation", "only OpenAI keeps conversations of this kind");
        }
        return request.withDelivery(request.delivery().withStore(Optional.empty()));
    }

    private static ChatProtocol provider(Deployment deployment) {
        Protocol spoken = spoken(deployment);
        return spoken == Protocol.OPENAI_CHAT && deployment.quirks().openRouter()
                ? ClientForms.OPENROUTER
                : protocol(spoken);
    }

    private static Protocol spoken(Deployment deployment) {
        return deployment.protocol() == Protocol.SIM
                        || deployment.protocol() == Protocol.AZURE_OPENAI
                ? Protocol.OPENAI_CHAT
                : deployment.protocol();
    }

    private static ChatProtocol protocol(Protocol name) {
        return Protocols.of(name)
                .orElseThrow(() ->
                        new GatewayException(
                                ErrorCode.INVALID_REQUEST,
                                "Conversations in " + name.wireName() + " are not translated."));
    }

    private ChatRequest read() {
        if (read == null) {
            try {
                read =
                        client.readRequest(
                                new WireRequest(
                                        json.isPresent() ? json.get() : Fields.parse(body),
                                        target.map(ContentTarget::model),
                                        target.map(ContentTarget::stream),
                                        RequestWords.headers(request)));
            } catch (Unreadable unreadable) {
                throw RequestWords.refusal(unreadable);
            }
        }
        return read;
    }
}
