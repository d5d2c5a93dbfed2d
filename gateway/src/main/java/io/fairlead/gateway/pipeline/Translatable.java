package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.translate.Translation;

import java.util.List;
import java.util.Map;

/** A client's request that providers of other forms can be told of. Confined to its exchange. */
sealed interface Translatable permits Conversation, ServiceCall {
    /**
     * Whether this deployment can't be sent the client's bytes: it speaks otherwise, or there is
     * opaque state of another provider in them, which this one would refuse.
     */
    boolean foreign(Deployment deployment);

    /**
     * The media that this deployment wants the bytes of.
     *
     * @throws GatewayException {@code invalid_request}, if the client's request can't be read
     */
    List<Need> mediaNeeds(Deployment deployment);

    /**
     * The translation for one attempt.
     *
     * @param fetched the bytes of media
     * @throws GatewayException {@code invalid_request}, if the client's request can't be read
     * @throws Unsupported if the deployment's form can't honour it
     */
    Translation translation(Deployment deployment, Map<Media, Source.Inline> fetched);
}
