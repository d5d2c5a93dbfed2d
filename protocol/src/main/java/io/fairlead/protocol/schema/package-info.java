/**
 * JSON Schema as the protocols take it: each has a subset of its own, so what tools and structured
 * answers must look like is said again in words the provider knows, with the same meaning as far as
 * there are any.
 */
@NullMarked
package io.fairlead.protocol.schema;

import org.jspecify.annotations.NullMarked;
