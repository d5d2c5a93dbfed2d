package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.openai.Answer;
import io.fairlead.protocol.openai.AnswerReader;
import io.fairlead.protocol.openai.Conformance;
import io.fairlead.protocol.service.files.KeptAnswer;
import io.fairlead.protocol.translate.Translation;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.Optional;
import java.util.function.Function;

/** How a unary answer is read, and what the client gets of it. */
interface AnswerReading {
    Answer read(byte[] body);

    /** Of the client's answer, once it is read; empty: as the provider gave it. */
    default Optional<String> contentType() {
        return Optional.empty();
    }

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

    /** One that passes as it is, and is read along by {@code watch}. */
    static AnswerReading watched(Function<byte[], Unary> watch) {
        return new AnswerReading() {
            @Override
            public Answer read(byte[] body) {
                return answer(watch.apply(body));
            }

            @Override
            public boolean mayPassUnread() {
                return true;
            }
        };
    }

    /** One about files or batches, whose ids are marked. */
    static AnswerReading marked(String owner) {
        return new AnswerReading() {
            @Override
            public Answer read(byte[] body) {
                return answer(KeptAnswer.marked(body, owner));
            }

            @Override
            public boolean mayPassUnread() {
                return false;
            }
        };
    }

    /** One of another protocol than the client's. */
    static AnswerReading translated(Translation translation, Optional<String> contentType) {
        return new AnswerReading() {
            private Optional<String> made = Optional.empty();

            @Override
            public Answer read(byte[] body) {
                Unary unary = translation.answer(contentType, body);
                made = Optional.of(unary.contentType());
                return answer(unary);
            }

            @Override
            public Optional<String> contentType() {
                return made;
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
