/** Credentials that clouds lend for a time: fetched, kept, renewed, and made into headers. */
@NullMarked
package io.fairlead.gateway.cloud;

import org.jspecify.annotations.NullMarked;
