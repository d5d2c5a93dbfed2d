package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;

/** The form in which providers are asked for vectors. Stateless: any thread. */
interface ProviderForm {
    /** As many inputs as anybody asks for. */
    int ALL = Integer.MAX_VALUE;

    /** The most inputs that one call of this model takes. */
    int most(String model);

    /**
     * The most characters that one call of this model takes, where it counts tokens of all inputs
     * together: no token is less than a character. One input may be more than that.
     */
    default int mostCharacters(String model) {
        return ALL;
    }

    /** Whether an image takes a call of its own of this model. */
    default boolean imagesAlone(String model) {
        return false;
    }

    /**
     * Writes one call.
     *
     * @throws io.fairlead.protocol.adapt.Unsupported if it can't be said
     */
    ProviderRequest write(EmbedCall call);

    /**
     * Reads the answer to one call.
     *
     * @throws io.fairlead.protocol.codec.Unreadable if it holds no vectors
     */
    EmbedAnswer read(Json body);
}
