/** Server-sent events as bytes: finds event boundaries in any chunking without copying. */
@NullMarked
package io.fairlead.protocol.sse;

import org.jspecify.annotations.NullMarked;
