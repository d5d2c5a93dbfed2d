package io.fairlead.protocol.codec;

import io.fairlead.protocol.model.ChatRequest;

/**
 * What a writer of answers must know besides the answer. Immutable.
 *
 * @param request the client's, as it was read
 * @param id letters and digits from which the writer makes the ids that the answer lacks; it puts
 *     its protocol's prefix before them ({@code chatcmpl-}, {@code msg_}, {@code resp_})
 * @param model the name the client is told where the answer names none
 * @param createdSeconds since 1970, where the answer does not say
 */
public record AnswerContext(ChatRequest request, String id, String model, long createdSeconds) {}
