package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Address;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Quirks;
import io.fairlead.gateway.catalogue.Resilience;
import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.translate.Translation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call about a response that the gateway keeps. Confined to its exchange. */
final class StoredCall implements Translatable {
    /** What records and headers call the gateway where it answers for itself. */
    static final Deployment GATEWAY =
            new Deployment(
                            "fairlead/responses",
                            "fairlead",
                            Optional.empty(),
                            "responses",
                            Protocol.OPENAI_RESPONSES,
                            Dialect.LOCAL,
                            Address.IN_PROCESS,
                            Deployment.Auth.NONE,
                            List.of(),
                            Map.of(),
                            Optional.empty(),
                            Quirks.OWNER,
                            false,
                            Resilience.DEFAULT,
                            ModelFacts.unknown("responses"))
                    .local();

    private final StoredAnswer answer;

    StoredCall(ClientRequest request, String owner, ResponseArchive archive) {
        this.answer =
                new StoredAnswer(
                        archive, owner, request.method(), request.remainder(), request.query());
    }

    @Override
    public boolean foreign(Deployment deployment) {
        return true;
    }

    @Override
    public List<Need> mediaNeeds(Deployment deployment) {
        return List.of();
    }

    @Override
    public Translation translation(Deployment deployment, Map<Media, Source.Inline> fetched) {
        return answer;
    }
}
