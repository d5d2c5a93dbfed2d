package io.fairlead.protocol.service.count;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.adapt.SealedIds;
import io.fairlead.protocol.json.ByteMark;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.ServiceForms;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.translate.CarriedState;
import io.fairlead.protocol.translate.Translation;

import java.util.List;
import java.util.Map;

/** Token counting in all its forms. Immutable. */
public final class Counting implements ServiceForms {
    /** Says who counted. */
    static final String COUNTED_BY = "x-fairlead-token-count";

    /** Around a request of Gemini's that can't pass as it is. */
    private static final List<ByteMark> WRAPPED =
            List.of(new ByteMark("generateContentRequest"), new ByteMark("generate_content"));

    @Override
    public Service service() {
        return Service.TOKEN_COUNTING;
    }

    /** Hosts of OpenAI's chat have no such operation, and neither have the smaller protocols. */
    @Override
    public Dialect usual(Protocol protocol) {
        return switch (protocol) {
            case ANTHROPIC_MESSAGES,
                    VERTEX_ANTHROPIC,
                    GEMINI,
                    VERTEX_GEMINI,
                    BEDROCK_CONVERSE,
                    OPENAI_RESPONSES ->
                    Dialect.of(protocol);
            case OPENAI_CHAT, AZURE_OPENAI, MISTRAL_CHAT, COHERE_V2, OLLAMA, SIM -> Dialect.LOCAL;
        };
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public Map<String, String> notes() {
        return Map.of(COUNTED_BY, "provider");
    }

    @Override
    public boolean offers(Dialect provider, Endpoint client) {
        return provider == Dialect.LOCAL || CountForm.of(provider).isPresent();
    }

    @Override
    public boolean same(Endpoint client, Dialect provider) {
        return switch (client) {
            case COUNT_TOKENS -> provider == Dialect.ANTHROPIC;
            case COUNT_CONTENT -> provider == Dialect.GEMINI;
            default -> client == Endpoint.INPUT_TOKENS && provider == Dialect.OPENAI;
        };
    }

    /**
     * Vertex AI has another path for Claude; the model's name stands in a wrapped request of
     * Gemini's too; and state of another provider that came back must be taken out.
     */
    @Override
    public boolean passes(Endpoint client, Protocol protocol, byte[] body) {
        return protocol != Protocol.VERTEX_ANTHROPIC
                && !SealedIds.maybeIn(body)
                && !CarriedState.maybeIn(client(client), body)
                && WRAPPED.stream().noneMatch(it -> it.isIn(body));
    }

    private static Protocol client(Endpoint endpoint) {
        return switch (endpoint) {
            case COUNT_TOKENS -> Protocol.ANTHROPIC_MESSAGES;
            case COUNT_CONTENT -> Protocol.GEMINI;
            default -> Protocol.OPENAI_RESPONSES;
        };
    }

    @Override
    public Translation.Unary watched(Endpoint client, Dialect provider, byte[] body) {
        return Counts.read(provider, body, count -> body);
    }

    @Override
    public AskedService read(ServiceRequest request) {
        return AskedCount.read(request);
    }
}
