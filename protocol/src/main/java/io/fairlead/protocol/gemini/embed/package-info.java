/** Google's {@code embedContent} and {@code batchEmbedContents}: their requests and answers. */
@NullMarked
package io.fairlead.protocol.gemini.embed;

import org.jspecify.annotations.NullMarked;
