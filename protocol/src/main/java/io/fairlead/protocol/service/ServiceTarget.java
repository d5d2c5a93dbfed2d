package io.fairlead.protocol.service;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.ModelFacts;

/**
 * What a request is sent to, and what its answer may be built from. Immutable.
 *
 * @param model as the provider calls it
 * @param protocol in which the provider holds conversations
 * @param facts what is known of the model
 * @param id letters and digits, another for each request
 * @param created when the request came, in seconds since 1970
 */
public record ServiceTarget(
        String model, Protocol protocol, ModelFacts facts, String id, long created) {}
