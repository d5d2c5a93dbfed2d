package io.fairlead.protocol.anthropic;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.model.Beside;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What marks something as said in this protocol. All variants share it, so that what was said to
 * one of them can be said to another. Stateless: any thread.
 */
final class Own {
    static final Protocol ORIGIN = Protocol.ANTHROPIC_MESSAGES;

    /** It came whole from this protocol: members it lacks were not there. */
    static final String WHOLE = "whole";

    /** The content was a string, not a list of blocks. */
    static final String AS_TEXT = "content:text";

    /** Nothing besides, but whole. */
    static final Beside PLAIN = new Beside(Optional.of(ORIGIN), Map.of(), Set.of(WHOLE));

    private Own() {}

    static boolean isWhole(Beside beside) {
        return beside.form(ORIGIN, WHOLE);
    }

    /** What is left of these fields, marked as whole. */
    static Beside wholeRest(Fields fields) {
        fields.form(WHOLE);
        return fields.rest(ORIGIN);
    }

    /** Nothing besides but this form. */
    static Beside formed(String form) {
        return new Beside(Optional.of(ORIGIN), Map.of(), Set.of(form));
    }
}
