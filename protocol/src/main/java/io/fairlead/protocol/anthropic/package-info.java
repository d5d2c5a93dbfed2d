/**
 * Anthropic's Messages API, also as Vertex AI and Bedrock have it: requests, answers and streams,
 * read and written.
 */
@NullMarked
package io.fairlead.protocol.anthropic;

import org.jspecify.annotations.NullMarked;
