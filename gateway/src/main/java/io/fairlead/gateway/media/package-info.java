/** Fetching of media that a request names by URL, for providers that take no URLs. */
@NullMarked
package io.fairlead.gateway.media;

import org.jspecify.annotations.NullMarked;
