package io.fairlead.protocol.service.embed;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Service;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.service.AnswerFault;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.ServiceForms;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.translate.Translation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Embeddings in all their forms. Immutable. */
public final class Embeddings implements ServiceForms {
    private static final Map<Endpoint, ClientForm> CLIENTS =
            new EnumMap<>(
                    Map.of(
                            Endpoint.EMBEDDINGS, new OpenAiEmbeddings(),
                            Endpoint.EMBED_CONTENT, new GoogleEmbeddings(false),
                            Endpoint.BATCH_EMBED_CONTENTS, new GoogleEmbeddings(true)));

    private static final Map<Dialect, ProviderForm> PROVIDERS =
            new EnumMap<>(
                    Map.of(
                            Dialect.OPENAI, OpenAiLikeForm.OPENAI,
                            Dialect.MISTRAL, OpenAiLikeForm.MISTRAL,
                            Dialect.VOYAGE, new VoyageForm(),
                            Dialect.JINA, OpenAiLikeForm.JINA,
                            Dialect.COHERE, new CohereForm(),
                            Dialect.OLLAMA, new OllamaForm(),
                            Dialect.GEMINI, new GeminiForm(),
                            Dialect.VERTEX, new VertexForm(),
                            Dialect.BEDROCK, new BedrockForm()));

    @Override
    public Service service() {
        return Service.EMBEDDINGS;
    }

    @Override
    public boolean offers(Dialect provider, Endpoint client) {
        return CLIENTS.containsKey(client) && PROVIDERS.containsKey(provider);
    }

    /** Gemini's bodies may name the model where an edit does not reach. */
    @Override
    public boolean same(Endpoint client, Dialect provider) {
        return client == Endpoint.EMBEDDINGS && provider == Dialect.OPENAI;
    }

    @Override
    public Translation.Unary watched(Endpoint client, Dialect provider, byte[] body) {
        try {
            EmbedAnswer answer = provider(provider).read(Fields.parse(body));
            return Translation.Unary.json(
                    body,
                    answer.tokens().map(tokens -> Usage.of(tokens, 0)),
                    answer.model(),
                    Optional.empty());
        } catch (Unreadable unreadable) {
            return Translation.Unary.broken(AnswerFault.of(body, unreadable));
        }
    }

    @Override
    public AskedService read(ServiceRequest request) {
        ClientForm client = CLIENTS.get(request.endpoint());
        if (client == null) {
            throw new IllegalStateException(
                    request.endpoint() + " (expected: an operation that embeds)");
        }
        EmbedRequest asked = client.read(Fields.parse(request.body()));
        return new AskedEmbeddings(asked, client, PROVIDERS);
    }

    private static ProviderForm provider(Dialect dialect) {
        ProviderForm form = PROVIDERS.get(dialect);
        if (form == null) {
            throw new IllegalStateException(dialect + " (expected: one that offers embeddings)");
        }
        return form;
    }
}
