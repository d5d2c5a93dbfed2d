/** Metrics, structured log, passport (timeline) and trace context. */
@NullMarked
package io.fairlead.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
