/**
 * The order of steps of one request, and the state machine that runs it. The only place that sees
 * them all.
 */
@NullMarked
package io.fairlead.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
