/**
 * A conversation between a client and a provider: what one says is told to the other in its own
 * protocol, or read along where both speak the same. Knows the interfaces of protocols; only {@link
 * io.fairlead.protocol.translate.Protocols} knows them all.
 */
@NullMarked
package io.fairlead.protocol.translate;

import org.jspecify.annotations.NullMarked;
