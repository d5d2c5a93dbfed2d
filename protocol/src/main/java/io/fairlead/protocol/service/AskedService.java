package io.fairlead.protocol.service;

import io.fairlead.kernel.Dialect;
import io.fairlead.protocol.translate.Translation;

/** A client's request, read: it can be told to providers of any dialect. Immutable. */
@FunctionalInterface
public interface AskedService {
    /**
     * The translation for one attempt.
     *
     * @throws io.fairlead.protocol.adapt.Unsupported if the provider's form can't say it
     */
    Translation at(Dialect provider, ServiceTarget target);
}
