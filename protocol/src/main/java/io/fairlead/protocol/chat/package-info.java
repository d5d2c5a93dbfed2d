/** The protocol {@code openai-chat}: OpenAI's chat completions, and OpenRouter's form of them. */
@NullMarked
package io.fairlead.protocol.chat;

import org.jspecify.annotations.NullMarked;
