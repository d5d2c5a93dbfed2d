/**
 * JMH benchmarks of the code that every request or every event runs through. Run by {@code
 * benchmarks/jmh}.
 */
@NullMarked
package io.fairlead.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
