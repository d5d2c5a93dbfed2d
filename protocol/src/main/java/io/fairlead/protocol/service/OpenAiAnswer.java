package io.fairlead.protocol.service;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.openai.Answer;
import io.fairlead.protocol.openai.AnswerReader;
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.Optional;

/** An OpenAI-like provider's answer to OpenAI's own client. Stateless: any thread. */
public final class OpenAiAnswer {
    private OpenAiAnswer() {}

    /** Reads along what passes as it is. */
    public static Unary watched(Endpoint endpoint, byte[] body) {
        return read(endpoint, Conformance.OFF, body);
    }

    /** Reads an answer, and puts right what violates the schema. */
    public static Unary read(Endpoint endpoint, Conformance conformance, byte[] body) {
        Answer answer = AnswerReader.read(endpoint, conformance, Optional.empty(), body);
        return new Unary(
                answer.bytes(),
                "application/json",
                answer.usage(),
                answer.model(),
                answer.finishReason(),
                answer.fault());
    }
}
