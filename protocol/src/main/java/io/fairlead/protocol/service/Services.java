package io.fairlead.protocol.service;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.service.count.Counting;
import io.fairlead.protocol.service.embed.Embeddings;
import io.fairlead.protocol.service.images.ImageForms;
import io.fairlead.protocol.service.moderation.Moderations;
import io.fairlead.protocol.service.rerank.Reranking;
import io.fairlead.protocol.service.speech.SpeechForms;
import io.fairlead.protocol.service.transcription.TranscriptionForms;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All families of operations that are no conversations. Immutable. */
public final class Services {
    private static final Map<Service, ServiceForms> ALL =
            byService(
                    List.of(
                            new Counting(),
                            new Embeddings(),
                            new ImageForms(),
                            new Moderations(),
                            new Reranking(),
                            new SpeechForms(),
                            new TranscriptionForms()));

    private Services() {}

    private static Map<Service, ServiceForms> byService(List<ServiceForms> families) {
        Map<Service, ServiceForms> all = new EnumMap<>(Service.class);
        for (ServiceForms forms : families) {
            if (all.put(forms.service(), forms) != null) {
                throw new IllegalStateException("twice: " + forms.service());
            }
        }
        return all;
    }

    /** Empty for what only passes as it is. */
    public static Optional<ServiceForms> of(Endpoint endpoint) {
        return endpoint.service().map(ALL::get);
    }

    /** In what a provider of that protocol offers it, unless the catalogue says otherwise. */
    public static Dialect usual(Endpoint endpoint, Protocol protocol) {
        return of(endpoint).map(it -> it.usual(protocol)).orElseGet(() -> Dialect.of(protocol));
    }

    /** Whether a client of {@code endpoint} can be served by providers of this dialect. */
    public static boolean offers(Endpoint endpoint, Dialect provider) {
        Optional<ServiceForms> forms = of(endpoint);
        return forms.isPresent()
                ? forms.get().offers(provider, endpoint)
                : provider == Dialect.OPENAI || provider == Dialect.MISTRAL;
    }
}
