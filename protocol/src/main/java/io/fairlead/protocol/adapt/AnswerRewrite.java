package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;

/** Undoes an emulation in the answer. One for each answer; confined to one thread. */
public interface AnswerRewrite {
    /** A whole answer. */
    ChatAnswer apply(ChatAnswer answer);

    /** The next message of a streamed answer; in the order they come. */
    Batch apply(Batch batch);
}
