/** Tests of the embedded store. */
@NullMarked
package io.fairlead.gateway.store;

import org.jspecify.annotations.NullMarked;
