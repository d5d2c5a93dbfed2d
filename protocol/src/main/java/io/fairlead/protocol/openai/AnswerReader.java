package io.fairlead.protocol.openai;

import io.fairlead.kernel.Endpoint;

import java.util.Optional;

/** Reads unary answers with a 2xx status and puts them right. Stateless: any thread. */
public final class AnswerReader {
    private AnswerReader() {}

    /**
     * Reads a whole answer.
     *
     * @param contentType the answer's {@code Content-Type}; audio and plain text are not looked
     *     into
     */
    public static Answer read(
            Endpoint endpoint, Conformance conformance, Optional<String> contentType, byte[] body) {
        return new Answer(
                body,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
    }
}
