package io.fairlead.protocol.service.count;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.adapt.SealedIds;
import io.fairlead.protocol.anthropic.AnthropicProtocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.gemini.count.CountRequest;
import io.fairlead.protocol.gemini.count.CountTokens;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.responses.OpenAiResponsesProtocol;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.translate.Translation;

import java.util.Optional;

/** A conversation that a client wants counted. Immutable. */
record AskedCount(Endpoint client, ChatRequest conversation) implements AskedService {

    /**
     * Reads a client's request.
     *
     * @throws Unreadable if a field is missing or of a wrong type
     */
    static AskedCount read(ServiceRequest request) {
        WireRequest wire =
                new WireRequest(
                        Fields.parse(request.body()),
                        Optional.of(request.model()),
                        Optional.of(false),
                        request.headers());
        ChatRequest conversation =
                switch (request.endpoint()) {
                    case COUNT_TOKENS -> AnthropicProtocol.MESSAGES.readCountRequest(wire);
                    case COUNT_CONTENT -> contents(wire);
                    default -> new OpenAiResponsesProtocol().readRequest(wire);
                };
        return new AskedCount(request.endpoint(), conversation);
    }

    private static ChatRequest contents(WireRequest wire) {
        CountRequest request = CountTokens.readRequest(wire);
        if (request.conversation().turns().isEmpty()) {
            throw new Unreadable(
                    request.wrapped() ? "generateContentRequest.contents" : "contents",
                    "is missing (expected: an array of contents)");
        }
        return request.conversation();
    }

    @Override
    public Translation at(Dialect provider, ServiceTarget target) {
        ChatRequest asked = SealedIds.unpacked(conversation).withModel(target.model());
        Optional<CountForm> form = CountForm.of(provider).filter(it -> it.counts(target.model()));
        if (form.isEmpty()) {
            return new LocalCount(client, asked);
        }
        Prepared prepared =
                form.get().protocol(target.protocol()).differences().prepare(asked, target.facts());
        return new ProviderCount(client, provider, form.get(), target.protocol(), prepared);
    }
}
