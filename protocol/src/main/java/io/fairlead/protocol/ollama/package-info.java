/** Ollama's own chat API, {@code /api/chat}. */
@NullMarked
package io.fairlead.protocol.ollama;

import org.jspecify.annotations.NullMarked;
