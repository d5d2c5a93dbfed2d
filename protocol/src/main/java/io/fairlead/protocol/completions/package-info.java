/** OpenAI's completions of before there were chats, for clients that still speak them. */
@NullMarked
package io.fairlead.protocol.completions;

import org.jspecify.annotations.NullMarked;
