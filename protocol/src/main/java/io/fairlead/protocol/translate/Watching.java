package io.fairlead.protocol.translate;

import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.translate.Translation.Unary;

/** Reads along what passes as it is. Stateless: any thread. */
public final class Watching {
    private Watching() {}

    /** A unary answer with a 2xx status, whose bytes the client gets. */
    public static Unary unary(ChatProtocol protocol, byte[] body) {
        return ReadAnswer.of(protocol, body, answer -> body);
    }
}
