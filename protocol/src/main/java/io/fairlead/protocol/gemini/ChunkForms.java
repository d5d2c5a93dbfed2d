package io.fairlead.protocol.gemini;

import io.fairlead.protocol.model.Beside;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Words by which the reader of a stream tells the writer of the same protocol how a message was
 * made up: the events alone do not say which of them stood in one part. Stateless: any thread.
 */
final class ChunkForms {
    /** Of a batch: it is one message of Google's. */
    static final String CHUNK = "chunk";

    static final String NO_ID = "chunk:id-as-said";
    static final String NO_MODEL = "chunk:model-as-said";

    /** Of an {@code Other}: here begins a candidate, and this is beside it. */
    static final String CANDIDATE = "candidate";

    /** Of an {@code Other}: a part that says nothing. */
    static final String PART = "part";

    /** Of the start of a call: its arguments come in pieces. */
    static final String STREAMED = "streamed";

    /** Of a growth: the members are the whole part it came in. */
    static final String PIECE = "piece";

    /** Of an event that another one of the message stands for. */
    static final Beside SILENT = form("silent");

    private ChunkForms() {}

    static Beside form(String form) {
        return new Beside(Optional.of(ProtoFields.ORIGIN), Map.of(), Set.of(form));
    }

    static boolean is(Beside beside, String form) {
        return !beside.forms().isEmpty() && beside.form(ProtoFields.ORIGIN, form);
    }

    static boolean isSilent(Beside beside) {
        return is(beside, "silent");
    }
}
