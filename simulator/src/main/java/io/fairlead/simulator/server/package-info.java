/**
 * A simulated provider over real HTTP: plays the scripts of {@link io.fairlead.simulator} with
 * Vert.x, keeps what it received, and counts what is open and what was aborted.
 */
@NullMarked
package io.fairlead.simulator.server;

import org.jspecify.annotations.NullMarked;
