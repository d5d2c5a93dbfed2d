package io.fairlead.protocol.openai;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;

import java.util.Optional;

/**
 * What a unary answer with a 2xx status says. The array must not be changed.
 *
 * @param bytes what the client gets: the provider's own array unless something was put right
 * @param usage what was used, where the answer says
 * @param model the model the provider says it used
 * @param finishReason the first choice's finish reason (or a response's status), as the provider
 *     gave it
 * @param hasCall the answer has a tool call
 * @param fault why this is no answer: an error object, no JSON, nothing in it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
public record Answer(
        byte[] bytes,
        Optional<Usage> usage,
        Optional<String> model,
        Optional<String> finishReason,
        boolean hasCall,
        Optional<ProviderFault> fault) {

    /** An answer that was not looked into. */
    static Answer unread(byte[] bytes) {
        return new Answer(
                bytes,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
    }
}
