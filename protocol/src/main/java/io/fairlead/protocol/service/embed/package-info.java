/**
 * Embeddings: a canonical request and answer, the forms in which clients ask (OpenAI's, Gemini's),
 * the forms in which providers are asked, and what joins several calls of a provider into one
 * answer.
 */
@NullMarked
package io.fairlead.protocol.service.embed;

import org.jspecify.annotations.NullMarked;
