package io.fairlead.protocol.service;

import io.fairlead.kernel.Dialect;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.translate.Translation;

import java.util.List;
import java.util.Map;

/** A client's request, read: it can be told to providers of any dialect. Immutable. */
@FunctionalInterface
public interface AskedService {
    /**
     * The translation for one attempt.
     *
     * @throws io.fairlead.protocol.adapt.Unsupported if the provider's form can't say it
     */
    Translation at(Dialect provider, ServiceTarget target);

    /** The media, named by address, that a provider of this dialect wants the bytes of. */
    default List<Need> mediaNeeds(Dialect provider) {
        return List.of();
    }

    /** The same request with the bytes of media in place of their addresses. */
    default AskedService with(Map<Media, Source.Inline> fetched) {
        return this;
    }
}
