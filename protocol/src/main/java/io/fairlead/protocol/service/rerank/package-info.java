/**
 * Ranking of documents by a query: a canonical request and answer, the one form in which clients of
 * Cohere and Jina ask, and the forms in which providers are asked.
 */
@NullMarked
package io.fairlead.protocol.service.rerank;

import org.jspecify.annotations.NullMarked;
