package io.fairlead.protocol.service.rerank;

import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;

import java.util.Set;

/** The form in which providers are asked to rank. Stateless: any thread. */
interface RankForm {
    /**
     * Writes a request.
     *
     * @param model as the provider calls it
     * @param dropped takes the names of what is left out
     * @throws io.fairlead.protocol.adapt.Unsupported if it can't be said
     */
    ProviderRequest write(RankRequest asked, String model, Set<String> dropped);

    /**
     * Reads the answer.
     *
     * @throws io.fairlead.protocol.codec.Unreadable if it ranks nothing
     */
    RankAnswer read(Json body);
}
