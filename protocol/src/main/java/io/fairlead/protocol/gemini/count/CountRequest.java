package io.fairlead.protocol.gemini.count;

import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;

/**
 * How many tokens would this conversation be? Immutable.
 *
 * @param wrapped whether it stands under {@code generateContentRequest}
 * @param beside what stands beside it then
 */
public record CountRequest(ChatRequest conversation, boolean wrapped, Beside beside) {}
