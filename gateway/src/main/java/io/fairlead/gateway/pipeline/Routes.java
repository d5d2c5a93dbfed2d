package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.media.MediaRules;
import io.fairlead.gateway.routing.Health;
import io.fairlead.gateway.routing.Router;

/**
 * What one configuration says about where requests go; swapped as a whole. Immutable but for the
 * health, which is thread-safe.
 */
public record Routes(Router router, Health health, ExchangeLimits limits, MediaRules media) {}
