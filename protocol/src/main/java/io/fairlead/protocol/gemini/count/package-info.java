/** Google's {@code countTokens}: its requests and answers. */
@NullMarked
package io.fairlead.protocol.gemini.count;

import org.jspecify.annotations.NullMarked;
