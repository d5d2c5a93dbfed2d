/**
 * One protocol's requests and answers as another's: what stands between a client and a provider
 * that don't speak the same. Knows the interfaces of protocols, and none of them.
 */
@NullMarked
package io.fairlead.protocol.translate;

import org.jspecify.annotations.NullMarked;
