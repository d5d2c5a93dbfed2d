/**
 * What happens between two protocols: which features a request uses, what a protocol does with each
 * ({@link io.fairlead.protocol.adapt.Differences}), and the rewritings that let one protocol's
 * words stand for another's. All of it from canonical model to canonical model: nothing here knows
 * a wire format.
 */
@NullMarked
package io.fairlead.protocol.adapt;

import org.jspecify.annotations.NullMarked;
