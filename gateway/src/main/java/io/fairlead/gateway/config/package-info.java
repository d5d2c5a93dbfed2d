/** The configuration file: read, checked as a whole, reloaded. */
@NullMarked
package io.fairlead.gateway.config;

import org.jspecify.annotations.NullMarked;
