/** The admin API, on virtual threads. */
@NullMarked
package io.fairlead.gateway.admin;

import org.jspecify.annotations.NullMarked;
