/** Wiring by plain constructor calls; start and stop. */
@NullMarked
package io.fairlead.gateway.app;

import org.jspecify.annotations.NullMarked;
