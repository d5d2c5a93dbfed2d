/** Recorded exchanges with real providers, given back byte for byte, in pieces of any size. */
@NullMarked
package io.fairlead.simulator.replay;

import org.jspecify.annotations.NullMarked;
