package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.protocol.json.JsonCursor;

import org.jspecify.annotations.Nullable;

/**
 * Looks into the choices of a chat completion, a text completion or a chunk of either. Reused for
 * every chunk of a stream; confined to one thread.
 */
final class ChunkScan {
    private static final byte[] DELTA = utf8("delta");
    private static final byte[] MESSAGE = utf8("message");
    private static final byte[] TEXT = utf8("text");
    private static final byte[] FINISH_REASON = utf8("finish_reason");
    private static final byte[] ERROR = utf8("error");
    private static final byte[] CONTENT = utf8("content");
    private static final byte[] REFUSAL = utf8("refusal");
    private static final byte[] REASONING_CONTENT = utf8("reasoning_content");
    private static final byte[] REASONING = utf8("reasoning");
    private static final byte[] REASONING_DETAILS = utf8("reasoning_details");
    private static final byte[] TOOL_CALLS = utf8("tool_calls");
    private static final byte[] FUNCTION_CALL = utf8("function_call");
    private static final byte[] AUDIO = utf8("audio");
    private static final byte[] IMAGES = utf8("images");
    private static final byte[] NAME = utf8("name");
    private static final byte[] ARGUMENTS = utf8("arguments");
    private static final byte[] DATA = utf8("data");
    private static final byte[] TRANSCRIPT = utf8("transcript");

    private int choices;
    private boolean output;
    private boolean call;
    private boolean finished;
    private boolean failed;
    private long characters;
    private @Nullable String finishReason;

    /** Forgets the last chunk; the finish reason and whether there was a call stay. */
    void begin() {
        choices = 0;
        output = false;
        finished = false;
        failed = false;
        characters = 0;
    }

    /** Reads the {@code choices} that come next. */
    void read(JsonCursor cursor) {
        if (cursor.kind() != '[') {
            return;
        }
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.kind() == '{') {
                choices++;
                readChoice(cursor);
            }
        }
    }

    private void readChoice(JsonCursor cursor) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            switch (cursor.keyLength()) {
                case 4 -> {
                    if (cursor.keyIs(TEXT)) {
                        noteText(cursor);
                    }
                }
                case 5 -> {
                    if (cursor.keyIs(DELTA)) {
                        readMessage(cursor);
                    } else if (cursor.keyIs(ERROR)) {
                        failed |= cursor.kind() == '{' || cursor.nonEmptyString();
                    }
                }
                case 7 -> {
                    if (cursor.keyIs(MESSAGE)) {
                        readMessage(cursor);
                    }
                }
                case 13 -> {
                    if (cursor.keyIs(FINISH_REASON)) {
                        readFinishReason(cursor);
                    }
                }
                default -> {}
            }
        }
    }

    private void readFinishReason(JsonCursor cursor) {
        if (cursor.kind() == '"' && cursor.nonEmptyString()) {
            finished = true;
            if (finishReason == null || choices == 1) {
                finishReason = cursor.string();
            }
        }
    }

    private void readMessage(JsonCursor cursor) {
        if (cursor.kind() != '{') {
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            switch (cursor.keyLength()) {
                case 5 -> {
                    if (cursor.keyIs(AUDIO)) {
                        readAudio(cursor);
                    }
                }
                case 6 -> {
                    if (cursor.keyIs(IMAGES)) {
                        noteArray(cursor);
                    }
                }
                case 7 -> {
                    if (cursor.keyIs(CONTENT) || cursor.keyIs(REFUSAL)) {
                        noteText(cursor);
                    }
                }
                case 9 -> {
                    if (cursor.keyIs(REASONING)) {
                        noteText(cursor);
                    }
                }
                case 10 -> {
                    if (cursor.keyIs(TOOL_CALLS) && noteArray(cursor)) {
                        call = true;
                    }
                }
                case 13 -> {
                    if (cursor.keyIs(FUNCTION_CALL)) {
                        readFunctionCall(cursor);
                    }
                }
                case 17 -> {
                    if (cursor.keyIs(REASONING_CONTENT)) {
                        noteText(cursor);
                    } else if (cursor.keyIs(REASONING_DETAILS)) {
                        noteArray(cursor);
                    }
                }
                default -> {}
            }
        }
    }

    /** Notes a string with something in it; a list of parts counts as well. */
    private void noteText(JsonCursor cursor) {
        if (cursor.nonEmptyString()) {
            output = true;
            int from = cursor.position();
            cursor.skipValue();
            characters += cursor.position() - from - 2;
        } else if (cursor.kind() == '[') {
            noteArray(cursor);
        }
    }

    private boolean noteArray(JsonCursor cursor) {
        if (cursor.kind() != '[') {
            return false;
        }
        int from = cursor.position();
        cursor.enterArray();
        boolean any = false;
        while (cursor.nextElement()) {
            any |= cursor.kind() == '{';
        }
        if (any) {
            output = true;
            characters += cursor.position() - from - 2;
        }
        return any;
    }

    private void readFunctionCall(JsonCursor cursor) {
        if (cursor.kind() != '{') {
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if ((cursor.keyIs(NAME) || cursor.keyIs(ARGUMENTS)) && cursor.nonEmptyString()) {
                noteText(cursor);
                call = true;
            }
        }
    }

    private void readAudio(JsonCursor cursor) {
        if (cursor.kind() != '{') {
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs(TRANSCRIPT)) {
                noteText(cursor);
            } else if (cursor.keyIs(DATA)) {
                output |= cursor.nonEmptyString();
            }
        }
    }

    /** Number of choices in the current chunk. */
    int choices() {
        return choices;
    }

    /** Whether the current chunk has any output. */
    boolean output() {
        return output;
    }

    /** Whether any chunk so far had a call. */
    boolean call() {
        return call;
    }

    /** Whether the current chunk has a finish reason. */
    boolean finished() {
        return finished;
    }

    /** Whether a choice of the current chunk is an error. */
    boolean failed() {
        return failed;
    }

    /** About how many characters of output the current chunk has. */
    long characters() {
        return characters;
    }

    /** The finish reason of the first choice that had one. */
    @Nullable String finishReason() {
        return finishReason;
    }
}
