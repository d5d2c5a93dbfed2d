/**
 * The form of conversations that OpenAI's chat completions made common: what the protocols of that
 * family read and write alike. No protocol itself; each of the family brings its {@link
 * io.fairlead.protocol.chatform.Dialect} and its table of differences.
 */
@NullMarked
package io.fairlead.protocol.chatform;

import org.jspecify.annotations.NullMarked;
