/**
 * The embedded store: SQL for the ports of other packages. Only {@code app} uses it, through {@link
 * io.fairlead.gateway.store.Stores}.
 */
@NullMarked
package io.fairlead.gateway.store;

import org.jspecify.annotations.NullMarked;
