/**
 * Whole-process comparison of Fairlead with other proxies: CPU, latency, memory and start-up,
 * measured side by side. Run by {@code benchmarks/run}; see {@code benchmarks/README.md}.
 */
@NullMarked
package io.fairlead.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
