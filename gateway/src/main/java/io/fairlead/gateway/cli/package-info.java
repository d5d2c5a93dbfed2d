/** The command line. */
@NullMarked
package io.fairlead.gateway.cli;

import org.jspecify.annotations.NullMarked;
