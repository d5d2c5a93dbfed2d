package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.AnswerContext;

/** Ids an answer lacks. Stateless: any thread. */
final class Ids {
    private Ids() {}

    static String answer(String given, AnswerContext context) {
        return given.isEmpty() ? "chatcmpl-" + context.id() : given;
    }

    static String call(String given, int choice, int call, AnswerContext context) {
        return given.isEmpty() ? "call_" + context.id() + "_" + choice + "_" + call : given;
    }
}
