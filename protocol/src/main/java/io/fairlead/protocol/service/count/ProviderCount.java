package io.fairlead.protocol.service.count;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.translate.Translation;

import java.util.List;
import java.util.Optional;

/** A count that a provider of another form is asked for. Immutable. */
final class ProviderCount implements Translation {
    private final Endpoint client;
    private final Dialect provider;
    private final Prepared prepared;
    private final ProviderRequest request;

    ProviderCount(
            Endpoint client,
            Dialect provider,
            CountForm form,
            Protocol protocol,
            Prepared prepared) {
        this.client = client;
        this.provider = provider;
        this.prepared = prepared;
        this.request = form.request(protocol, prepared.request());
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
    public Unary answer(Optional<String> contentType, byte[] body) {
        return Counts.read(provider, body, count -> Counts.write(client, count));
    }
}
