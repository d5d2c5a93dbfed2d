/** Errors on the wire: what providers say, what it means, and what clients are told. */
@NullMarked
package io.fairlead.protocol.error;

import org.jspecify.annotations.NullMarked;
