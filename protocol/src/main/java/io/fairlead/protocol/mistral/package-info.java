/** The protocol {@code mistral-chat}: Mistral's chat completions. */
@NullMarked
package io.fairlead.protocol.mistral;

import org.jspecify.annotations.NullMarked;
