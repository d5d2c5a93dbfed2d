package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.protocol.json.JsonCursor;

import org.jspecify.annotations.Nullable;

/**
 * What OpenAI's schema asks of one member, and what to do where it is not so. Immutable.
 *
 * @param name the member's name
 * @param kinds the kinds of value allowed, as {@link JsonCursor#kind()} names them; {@code i} is a
 *     whole number
 * @param fallback the value where a required one is missing or unusable; absent: not required
 * @param shape of the object, or of the objects in the array
 * @param words the strings allowed, in quotes; empty: any
 * @param fix what else there is to do
 */
@SuppressWarnings("ArrayRecordComponent") // constants, never compared
record Rule(
        byte[] name,
        String kinds,
        byte @Nullable [] fallback,
        @Nullable Shape shape,
        byte[][] words,
        Fix fix) {

    /** What a member needs beyond its kind. */
    enum Fix {
        NONE,
        /** A constant: put right without keeping what stood there. */
        CONSTANT,
        /** Missing or wrong: the place among its siblings. */
        INDEX,
        /** A choice's finish reason, which depends on the calls. */
        FINISH_REASON,
        /** Text that some give as a list of parts. */
        CONTENT,
        /** Reasoning as text under another name. */
        REASONING,
        /** Reasoning as OpenAI's imitators call it most. */
        REASONING_CONTENT,
        /** Reasoning in pieces with signatures. */
        REASONING_DETAILS,
        /** An object that some send with nothing in it. */
        PSEUDO,
        /** Calls. */
        TOOL_CALLS,
        /** Arguments as text that some give as an object. */
        ARGUMENTS,
        /** The Unix time of the request. */
        CREATED,
        /** The model asked for. */
        MODEL,
        /** Counts that make sense only together. */
        USAGE
    }

    static Rule optional(String name, String kinds) {
        return new Rule(utf8(name), kinds, null, null, new byte[0][], Fix.NONE);
    }

    static Rule required(String name, String kinds, String fallback) {
        return new Rule(utf8(name), kinds, utf8(fallback), null, new byte[0][], Fix.NONE);
    }

    Rule of(Shape newShape) {
        return new Rule(name, kinds, fallback, newShape, words, fix);
    }

    Rule oneOf(String... newWords) {
        byte[][] quoted = new byte[newWords.length][];
        for (int i = 0; i < newWords.length; i++) {
            quoted[i] = utf8(newWords[i]);
        }
        return new Rule(name, kinds, fallback, shape, quoted, fix);
    }

    Rule with(Fix newFix) {
        return new Rule(name, kinds, fallback, shape, words, newFix);
    }

    boolean allows(char kind) {
        return kinds.indexOf(kind) >= 0 || (kind == '0' && kinds.indexOf('i') >= 0);
    }
}
