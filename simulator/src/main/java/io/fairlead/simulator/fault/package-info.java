/**
 * What goes wrong with providers, as changes to an answer that would have been fine. Each fault has
 * a name that a header or a model name may carry.
 */
@NullMarked
package io.fairlead.simulator.fault;

import org.jspecify.annotations.NullMarked;
