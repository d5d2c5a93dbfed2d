/** SQL. Implements the ports of the features; imported by app only. */
@NullMarked
package io.fairlead.gateway.store;

import org.jspecify.annotations.NullMarked;
