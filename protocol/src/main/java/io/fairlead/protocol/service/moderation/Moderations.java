package io.fairlead.protocol.service.moderation;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.OpenAiServiceForms;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.ToldOnce;

import java.util.Optional;

/** Judging what is harmful. Stateless: any thread. */
public final class Moderations implements OpenAiServiceForms {
    @Override
    public Service service() {
        return Service.MODERATION;
    }

    @Override
    public boolean offers(Dialect provider, Endpoint client) {
        return same(client, provider) || provider == Dialect.MISTRAL;
    }

    @Override
    public AskedService read(ServiceRequest request) {
        Json body = Fields.parse(request.body());
        Optional<Json> input = Fields.ofRequest(body).peek("input");
        if (input.filter(it -> it.isString() || it.isArray()).isEmpty()) {
            throw Fields.ofRequest(body).invalid("input", "a string, or an array");
        }
        return (provider, target) -> {
            if (provider != Dialect.MISTRAL) {
                throw new Unsupported("model", "its provider judges no texts");
            }
            return new ToldOnce(
                    MistralModeration.write(Fields.ofRequest(body), target),
                    answer -> MistralModeration.read(target, answer));
        };
    }
}
