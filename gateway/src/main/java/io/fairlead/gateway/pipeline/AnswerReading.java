package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.openai.Answer;
import io.fairlead.protocol.openai.AnswerReader;
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.translate.Translation;
import io.fairlead.protocol.translate.Translation.Unary;
import io.fairlead.protocol.translate.Watching;

import java.util.Optional;

/** How a unary answer is read, and what the client gets of it. */
interface AnswerReading {
    Answer read(byte[] body);

    /** Whether one that is too large to be read may pass as it is. */
    boolean mayPassUnread();

    /** An OpenAI-like provider's, for a client of OpenAI's. */
    static AnswerReading conformed(
            Endpoint endpoint, Conformance conformance, Optional<String> contentType) {
        return new AnswerReading() {
            @Override
            public Answer read(byte[] body) {
                return AnswerReader.read(endpoint, conformance, contentType, body);
            }

            @Override
            public boolean mayPassUnread() {
                return true;
            }
        };
    }

    /** One that passes as it is, and is read along. */
    static AnswerReading watched(ChatProtocol protocol) {
        return new AnswerReading() {
            @Override
            public Answer read(byte[] body) {
                return answer(Watching.unary(protocol, body));
            }

            @Override
            public boolean mayPassUnread() {
                return true;
            }
        };
    }

    /** One of another protocol than the client's. */
    static AnswerReading translated(Translation translation) {
        return new AnswerReading() {
            @Override
            public Answer read(byte[] body) {
                return answer(translation.answer(body));
            }

            @Override
            public boolean mayPassUnread() {
                return false;
            }
        };
    }

    private static Answer answer(Unary unary) {
        return new Answer(
                unary.bytes(),
                unary.usage(),
                unary.model(),
                unary.finishReason(),
                false,
                unary.fault());
    }
}
