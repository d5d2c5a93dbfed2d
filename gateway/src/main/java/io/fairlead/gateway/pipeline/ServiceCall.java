package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.ServiceForms;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.translate.Translation;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client's call of a service as providers of other dialects are told of it: read when the first
 * of them is tried, and once. Confined to its exchange.
 */
final class ServiceCall implements Translatable {
    private final ClientRequest request;
    private final ServiceForms forms;
    private final String model;
    private final byte[] body;
    private @Nullable AskedService read;

    ServiceCall(ClientRequest request, ServiceForms forms, String model, byte[] body) {
        this.request = request;
        this.forms = forms;
        this.model = model;
        this.body = body;
    }

    @Override
    public boolean foreign(Deployment deployment) {
        return !forms.same(request.endpoint(), deployment.dialect())
                || !forms.passes(request.endpoint(), deployment.protocol(), body);
    }

    @Override
    public List<Need> mediaNeeds(Deployment deployment) {
        return read().mediaNeeds(deployment.dialect());
    }

    @Override
    public Translation translation(Deployment deployment, Map<Media, Source.Inline> fetched) {
        AskedService asked = fetched.isEmpty() ? read() : read().with(fetched);
        return asked.at(
                deployment.dialect(),
                new ServiceTarget(
                        deployment.model(),
                        deployment.protocol(),
                        deployment.facts(),
                        RequestWords.plainId(request),
                        request.receivedAt().getEpochSecond()));
    }

    private AskedService read() {
        if (read == null) {
            try {
                read =
                        forms.read(
                                new ServiceRequest(
                                        request.endpoint(),
                                        body,
                                        Optional.ofNullable(request.header("content-type")),
                                        model,
                                        RequestWords.headers(request)));
            } catch (Unreadable unreadable) {
                throw RequestWords.refusal(unreadable);
            }
        }
        return read;
    }
}
