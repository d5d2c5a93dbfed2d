/**
 * Google's {@code generateContent}: the Gemini API of AI Studio and the one of Vertex AI, which
 * speak the same language under other paths. What either says beside the canonical model is kept
 * under the name of the first, so that both can say it again.
 */
@NullMarked
package io.fairlead.protocol.gemini;

import org.jspecify.annotations.NullMarked;
