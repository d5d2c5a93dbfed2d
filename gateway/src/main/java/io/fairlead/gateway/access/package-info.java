/** Who calls: virtual keys and the principal they stand for. */
@NullMarked
package io.fairlead.gateway.access;

import org.jspecify.annotations.NullMarked;
