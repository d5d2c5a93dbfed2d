package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.json.JsonCursor;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.JsonText;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * What a choice needs that no rule for one member can say: a finish reason that fits the calls,
 * content as text, reasoning under its common name. Remembers the calls of a whole stream. One per
 * answer; confined to one thread.
 */
final class ChoiceFix {
    private static final byte[] REASONING_CONTENT = utf8("reasoning_content");
    private static final byte[] REASONING = utf8("reasoning");
    private static final byte[] NATIVE_FINISH_REASON = utf8("native_finish_reason");
    private static final byte[] NATIVE_CONTENT = utf8("native_content");
    private static final byte[] FINISH_REASON = utf8("finish_reason");
    private static final byte[] NULL = utf8("null");
    private static final byte[] ROLE = utf8("role");
    private static final byte[] ASSISTANT = utf8("\"assistant\"");
    private static final byte[] TYPE = utf8("type");
    private static final byte[] TEXT = utf8("text");
    private static final byte[] SUMMARY = utf8("summary");
    private static final byte[] THINKING = utf8("thinking");

    private final Conformance conformance;
    private final boolean chat;
    private final boolean stream;

    /** One bit per choice that had a call so far. */
    private long calls;

    /** One bit per choice that was begun. */
    private long begun;

    private int index;
    private int finishFrom;
    private int finishTo;
    private @Nullable String finishReason;

    private int contentFrom;
    private int contentTo;
    private int reasoningFrom;
    private int reasoningTo;
    private StringBuilder details = new StringBuilder();
    private StringBuilder thinking = new StringBuilder();
    private int otherFrom;
    private int otherTo;

    ChoiceFix(Conformance conformance, Endpoint endpoint, boolean stream) {
        this.conformance = conformance;
        this.chat = endpoint == Endpoint.CHAT_COMPLETIONS;
        this.stream = stream;
    }

    void begin(int position) {
        index = position;
        finishFrom = 0;
        finishTo = 0;
        finishReason = null;
        beginMessage();
    }

    void beginMessage() {
        contentFrom = 0;
        contentTo = 0;
        reasoningFrom = 0;
        reasoningTo = 0;
        otherTo = 0;
        if (!details.isEmpty()) {
            details = new StringBuilder();
        }
        if (!thinking.isEmpty()) {
            thinking = new StringBuilder();
        }
    }

    /** Takes the value that comes next if it is one of those; false: it is left to its rule. */
    boolean take(Rule.Fix fix, char kind, JsonCursor cursor, byte[] bytes, JsonEdit edit) {
        return switch (fix) {
            case FINISH_REASON -> takeFinishReason(kind, cursor);
            case CONTENT -> kind == '[' && takeParts(cursor, edit);
            case REASONING_CONTENT -> takeReasoningContent(kind, cursor);
            case REASONING -> takeReasoning(kind, cursor);
            case REASONING_DETAILS -> kind == '[' && takeDetails(cursor);
            case TOOL_CALLS -> {
                calls |= kind == '[' && !isEmptyArray(cursor, bytes) ? bit() : 0;
                yield false;
            }
            case ARGUMENTS -> kind == '{' && takeArguments(cursor, bytes, edit);
            case INDEX, PSEUDO, NONE, CONSTANT, CREATED, MODEL, USAGE -> false;
        };
    }

    private long bit() {
        return 1L << index;
    }

    private static boolean isEmptyArray(JsonCursor cursor, byte[] bytes) {
        return bytes[cursor.position() + 1] == ']';
    }

    private boolean takeFinishReason(char kind, JsonCursor cursor) {
        finishFrom = cursor.position();
        if (kind == '"' && cursor.nonEmptyString()) {
            finishReason = cursor.string();
        } else {
            cursor.skipValue();
        }
        finishTo = cursor.position();
        return true;
    }

    private boolean takeReasoning(char kind, JsonCursor cursor) {
        if (kind == '"' && cursor.nonEmptyString()) {
            reasoningFrom = cursor.position();
            cursor.skipValue();
            reasoningTo = cursor.position();
            return true;
        }
        return false;
    }

    private boolean takeReasoningContent(char kind, JsonCursor cursor) {
        if (kind == '"' && cursor.nonEmptyString()) {
            contentFrom = cursor.position();
            cursor.skipValue();
            contentTo = cursor.position();
            return true;
        }
        return false;
    }

    private boolean takeDetails(JsonCursor cursor) {
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.kind() != '{') {
                continue;
            }
            cursor.enterObject();
            while (cursor.nextMember()) {
                if ((cursor.keyIs(TEXT) || cursor.keyIs(SUMMARY)) && cursor.nonEmptyString()) {
                    details.append(cursor.string());
                }
            }
        }
        return true;
    }

    /** Mistral's content: a list of text and thinking. */
    private boolean takeParts(JsonCursor cursor, JsonEdit edit) {
        int from = cursor.position();
        StringBuilder text = new StringBuilder();
        boolean other = false;
        cursor.enterArray();
        while (cursor.nextElement()) {
            other |= cursor.kind() != '{' || !takePart(cursor, text);
        }
        edit.replace(
                from, cursor.position(), text.isEmpty() ? NULL : JsonText.quoted(text.toString()));
        if (other) {
            otherFrom = from;
            otherTo = cursor.position();
        }
        return true;
    }

    /** False: a part that is neither text nor thinking. */
    private boolean takePart(JsonCursor cursor, StringBuilder text) {
        boolean known = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs(TYPE)) {
                known = cursor.stringIs(TEXT) || cursor.stringIs(THINKING);
            } else if (cursor.keyIs(TEXT) && cursor.kind() == '"') {
                text.append(cursor.string());
            } else if (cursor.keyIs(THINKING)) {
                takeThinking(cursor);
            }
        }
        return known;
    }

    private void takeThinking(JsonCursor cursor) {
        if (cursor.kind() == '"') {
            thinking.append(cursor.string());
        } else if (cursor.kind() == '[') {
            cursor.enterArray();
            while (cursor.nextElement()) {
                if (cursor.kind() == '{') {
                    takePart(cursor, thinking);
                }
            }
        }
    }

    private static boolean takeArguments(JsonCursor cursor, byte[] bytes, JsonEdit edit) {
        int from = cursor.position();
        cursor.skipValue();
        String object = new String(bytes, from, cursor.position() - from, StandardCharsets.UTF_8);
        edit.replace(from, cursor.position(), JsonText.quoted(object));
        return true;
    }

    void endMessage(Conformer conformer, int level) {
        if (chat && stream && (begun & bit()) == 0) {
            begun |= bit();
            // One that is null or no text was left out.
            if (!conformer.hasText(level, ROLE)) {
                conformer.append(level, ROLE, ASSISTANT); // clients look for it at the beginning
            }
        }
        if (otherTo > 0) {
            conformer.append(level, NATIVE_CONTENT, conformer.copy(otherFrom, otherTo));
        }
        byte[] name = conformance.openRouter() ? REASONING : REASONING_CONTENT;
        int otherNameFrom = conformance.openRouter() ? contentFrom : reasoningFrom;
        int otherNameTo = conformance.openRouter() ? contentTo : reasoningTo;
        boolean told = (conformance.openRouter() ? reasoningTo : contentTo) > 0;
        if (told || conformer.has(level, name)) {
            return;
        }
        if (otherNameTo > 0) {
            conformer.append(level, name, conformer.copy(otherNameFrom, otherNameTo));
        } else if (!thinking.isEmpty() || !details.isEmpty()) {
            StringBuilder text = thinking.isEmpty() ? details : thinking;
            conformer.append(level, name, JsonText.quoted(text.toString()));
        }
    }

    void end(Conformer conformer, int level) {
        boolean call = (calls & bit()) != 0;
        String reason = finishReason;
        byte[] wanted;
        if (reason != null) {
            String right = FinishReasons.of(reason, conformance.finishReasons(), call, chat);
            if (right.equals(reason)) {
                return;
            }
            if (!conformer.has(level, NATIVE_FINISH_REASON)) {
                conformer.append(level, NATIVE_FINISH_REASON, JsonText.quoted(reason));
            }
            wanted = JsonText.quoted(right);
        } else {
            wanted = stream ? NULL : utf8(call ? "\"tool_calls\"" : "\"stop\"");
        }
        if (finishTo == 0) {
            conformer.append(level, FINISH_REASON, wanted);
        } else if (stream && reason == null && finishTo - finishFrom == NULL.length) {
            return;
        } else {
            conformer.replace(finishFrom, finishTo, wanted);
        }
    }
}
