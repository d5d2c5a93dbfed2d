/**
 * The gateway. The packages below are the way of a request: {@code edge} to {@code pipeline}, which
 * goes through {@code access}, {@code routing}, {@code upstream}, {@code ledger} and {@code
 * telemetry}; the control side is {@code admin}, {@code catalogue}, {@code config}, {@code store},
 * {@code app} and {@code cli}. ARCHITECTURE.md has the picture.
 */
@NullMarked
package io.fairlead.gateway;

import org.jspecify.annotations.NullMarked;
