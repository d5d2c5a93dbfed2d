/** The client-facing side: HTTP listener, TLS, limits, routes, error shapes. Knows no provider. */
@NullMarked
package io.fairlead.gateway.edge;

import org.jspecify.annotations.NullMarked;
