/**
 * How many tokens a conversation is: asked of the provider where it has an operation for that, and
 * estimated by the gateway where it has none.
 */
@NullMarked
package io.fairlead.protocol.service.count;

import org.jspecify.annotations.NullMarked;
