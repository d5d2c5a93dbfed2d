package io.fairlead.protocol.service;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.translate.Translation;

/** A family whose clients all speak as OpenAI's do. Immutable. */
public interface OpenAiServiceForms extends ServiceForms {
    @Override
    default boolean same(Endpoint client, Dialect provider) {
        return provider == Dialect.OPENAI;
    }

    @Override
    default Translation.Unary watched(Endpoint client, Dialect provider, byte[] body) {
        return OpenAiAnswer.watched(client, body);
    }
}
