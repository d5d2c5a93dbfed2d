/** Cohere's chat API, version 2. */
@NullMarked
package io.fairlead.protocol.cohere;

import org.jspecify.annotations.NullMarked;
