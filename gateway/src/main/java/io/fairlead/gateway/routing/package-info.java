/** Which deployments, in which order; retry, fallback, breaker, key rotation. No I/O. */
@NullMarked
package io.fairlead.gateway.routing;

import org.jspecify.annotations.NullMarked;
