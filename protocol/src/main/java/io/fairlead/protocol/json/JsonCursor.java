package io.fairlead.protocol.json;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Walks JSON in a byte range once, from left to right. The caller enters the objects and arrays it
 * cares for; every value it does not read is skipped, strings eight bytes at a time. The grammar of
 * RFC 8259 is checked on the way, also in what is skipped; that strings are well-formed UTF-8 is
 * not, because such bytes pass to a provider that decides. Repeated member names are reported as
 * they come: callers let the last one win, as OpenAI does.
 *
 * <p>Every method may throw {@link MalformedJson}. Reusable with {@link #reset}; confined to one
 * thread.
 */
public final class JsonCursor {
    /** Deepest nesting taken. */
    public static final int MAX_DEPTH = 512;

    private byte[] bytes = new byte[0];
    private int from;
    private int to;
    private int at;
    private int depth;
    private boolean fresh;
    private boolean pending;

    private int keyFrom;
    private int keyTo;
    private boolean escaped;
    private boolean keyEscaped;
    private int valueFrom;

    /** One bit per level skipped: set for an object. */
    private final long[] objects = new long[MAX_DEPTH / Long.SIZE];

    private @Nullable JsonIndex index;

    /** Where in the index the objects and arrays begin that were entered. */
    private int[] opened = {};

    public JsonCursor() {}

    public JsonCursor(byte[] bytes, int from, int to) {
        reset(bytes, from, to);
    }

    /** Notes all that it goes through, entered or skipped. */
    JsonCursor(byte[] bytes, int from, int to, JsonIndex index) {
        this(bytes, from, to);
        this.index = index;
        this.opened = new int[16];
    }

    /**
     * Remembers where everything is, so that it need not be gone through again.
     *
     * @param limit numbers remembered at most, three for each value and each name
     */
    public static JsonCursor remembering(byte[] bytes, int limit) {
        return new JsonCursor(bytes, 0, bytes.length, new JsonIndex(bytes.length, limit));
    }

    /**
     * What was gone through to its end; empty if it was not remembered, or was more than could be.
     */
    public Optional<Json> whole() {
        return index == null || index.isOver()
                ? Optional.empty()
                : Optional.of(new Json(bytes, index.places(), 0));
    }

    /** Starts over, before the one value of this range. */
    public void reset(byte[] newBytes, int newFrom, int newTo) {
        bytes = newBytes;
        from = newFrom;
        to = newTo;
        at = newFrom;
        depth = 0;
        fresh = false;
        pending = true;
        skipSpace();
        valueFrom = at;
    }

    /** Index of the next byte to read; after a value was read or skipped, its end. */
    public int position() {
        return at;
    }

    /** Start of the value that comes next or was read last. */
    public int valueFrom() {
        return valueFrom;
    }

    /** Start of the current member's name, behind its quote. */
    public int keyFrom() {
        return keyFrom;
    }

    /** End of the current member's name, before its quote. */
    public int keyTo() {
        return keyTo;
    }

    /**
     * What the next value is: <code>{</code>, {@code [}, {@code "}, {@code t}, {@code f}, {@code n}
     * or {@code 0} for a number.
     */
    public char kind() {
        if (at >= to) {
            throw unexpected("a value");
        }
        byte b = bytes[at];
        return switch (b) {
            case '{', '[', '"', 't', 'f', 'n' -> (char) b;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> '0';
            default -> throw unexpected("a value");
        };
    }

    /** Goes into the object that comes next; {@link #nextMember} then leads through it. */
    public void enterObject() {
        enter((byte) '{', "an object");
    }

    /** Goes into the array that comes next; {@link #nextElement} then leads through it. */
    public void enterArray() {
        enter((byte) '[', "an array");
    }

    private void enter(byte open, String expected) {
        if (at >= to || bytes[at] != open) {
            throw unexpected(expected);
        }
        deeper(++depth);
        if (index != null) {
            noteOpened(index);
        }
        at++;
        fresh = true;
        pending = false;
    }

    /** Goes before the next member's value; false: the object is over and has been left. */
    public boolean nextMember() {
        if (!more((byte) '}', "',' or '}'")) {
            return false;
        }
        readKey();
        keyEscaped = escaped;
        if (index != null) {
            index.addName(keyFrom - 1, keyTo + 1, !keyEscaped);
        }
        valueFrom = at;
        pending = true;
        return true;
    }

    /** Goes before the next element; false: the array is over and has been left. */
    public boolean nextElement() {
        if (!more((byte) ']', "',' or ']'")) {
            return false;
        }
        valueFrom = at;
        pending = true;
        return true;
    }

    private boolean more(byte close, String expected) {
        if (pending) {
            skipValue();
        }
        skipSpace();
        if (at >= to) {
            throw unexpected(expected);
        }
        byte b = bytes[at];
        if (b == close) {
            at++;
            if (index != null) {
                index.close(opened[depth], at);
            }
            depth--;
            fresh = false;
            return false;
        }
        if (fresh) {
            fresh = false;
        } else {
            if (b != ',') {
                throw unexpected(expected);
            }
            at++;
            skipSpace();
        }
        return true;
    }

    private void readKey() {
        if (at >= to || bytes[at] != '"') {
            throw unexpected("a member name in quotes");
        }
        keyFrom = at + 1;
        // nearly every name ends at the first byte that is special
        int end = JsonTokens.endOfAscii(bytes, keyFrom, to);
        escaped = end >= to || bytes[end] != '"';
        if (escaped) {
            skipScalar();
        } else {
            at = end + 1;
        }
        keyTo = at - 1;
        skipSpace();
        if (at >= to || bytes[at] != ':') {
            throw unexpected("':'");
        }
        at++;
        skipSpace();
    }

    /** Length of the current member's name in bytes, after escapes are resolved. */
    public int keyLength() {
        return keyEscaped ? JsonText.utf8(key()).length : keyTo - keyFrom;
    }

    /** Whether the current member has this name (in UTF-8). */
    public boolean keyIs(byte[] name) {
        if (keyEscaped) {
            return key().equals(new String(name, StandardCharsets.UTF_8));
        }
        return keyTo - keyFrom == name.length
                && Arrays.equals(bytes, keyFrom, keyTo, name, 0, name.length);
    }

    /** Whether the current member's name begins with the first bytes of this one. */
    public boolean keyStartsWith(byte[] name, int length) {
        return keyTo - keyFrom >= length
                && Arrays.equals(bytes, keyFrom, keyFrom + length, name, 0, length);
    }

    /** The current member's name. */
    public String key() {
        return JsonText.decode(bytes, keyFrom, keyTo);
    }

    /** Whether the next value is this string, written without escapes. */
    public boolean stringIs(byte[] text) {
        int end = at + 1 + text.length;
        return end < to
                && bytes[at] == '"'
                && bytes[end] == '"'
                && Arrays.equals(bytes, at + 1, end, text, 0, text.length);
    }

    /** Whether what was read last ends with these bytes. */
    public boolean endsWith(byte[] suffix) {
        int start = at - suffix.length;
        return start >= from && Arrays.equals(bytes, start, at, suffix, 0, suffix.length);
    }

    /** Reads the string that comes next; half of a surrogate pair becomes U+FFFD. */
    public String string() {
        if (kind() != '"') {
            throw unexpected("a string");
        }
        int start = at + 1;
        skipValue();
        return JsonText.decode(bytes, start, at - 1);
    }

    /** Whether the next value is a string with at least one character. */
    public boolean nonEmptyString() {
        return at + 1 < to && bytes[at] == '"' && bytes[at + 1] != '"';
    }

    /**
     * Reads the number that comes next as a whole number: fractions are cut off, and what is too
     * large or negative becomes the nearest of 0 and {@link Long#MAX_VALUE}.
     */
    public long count() {
        if (kind() != '0') {
            throw unexpected("a number");
        }
        int start = at;
        skipValue();
        long value = 0;
        for (int i = start; i < at; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || i - start >= 18) {
                return countOf(start);
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private long countOf(int start) {
        String text = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
        return (long) Math.max(0, Double.parseDouble(text));
    }

    /** Skips the value that comes next. */
    public void skipValue() {
        valueFrom = at;
        char kind = kind();
        if (kind != '{' && kind != '[') {
            skipScalar();
            if (index != null) {
                index.add(valueFrom, at);
            }
        } else {
            int end = index == null ? -1 : index.addAll(bytes, at, to, MAX_DEPTH - depth);
            if (end >= 0) {
                at = end;
            } else {
                skipNested(); // where it is malformed, this says so
            }
        }
        pending = false;
    }

    private void noteOpened(JsonIndex into) {
        if (depth == opened.length) {
            opened = Arrays.copyOf(opened, 2 * depth);
        }
        opened[depth] = into.open(at);
    }

    /** Checks that nothing but white space follows. */
    public void finish() {
        if (pending) {
            skipValue();
        }
        skipSpace();
        if (at < to) {
            throw unexpected("the end");
        }
    }

    private void skipNested() {
        int level = 0;
        while (true) {
            byte b = at < to ? bytes[at] : 0;
            boolean opened = b == '{' || b == '[';
            if (opened) {
                deeper(depth + ++level);
                mark(level, b == '{');
                at++;
                skipSpace();
                if (at < to && bytes[at] == (b == '{' ? '}' : ']')) {
                    at++;
                    level--;
                } else {
                    if (b == '{') {
                        readKeyOfSkipped();
                    }
                    continue;
                }
            } else {
                kind();
                skipScalar();
            }
            level = closeSkipped(level);
            if (level == 0) {
                return;
            }
        }
    }

    /** After a value: leaves all levels that end here, and stops before the next value. */
    private int closeSkipped(int startLevel) {
        int level = startLevel;
        while (level > 0) {
            boolean object = ((objects[level >>> 6] >>> level) & 1) != 0;
            skipSpace();
            byte b = at < to ? bytes[at] : 0;
            if (b == ',') {
                at++;
                skipSpace();
                if (object) {
                    readKeyOfSkipped();
                }
                return level;
            }
            if (b != (object ? '}' : ']')) {
                throw unexpected(object ? "',' or '}'" : "',' or ']'");
            }
            at++;
            level--;
        }
        return 0;
    }

    private void readKeyOfSkipped() {
        int savedFrom = keyFrom;
        int savedTo = keyTo;
        readKey();
        keyFrom = savedFrom;
        keyTo = savedTo;
    }

    private void mark(int level, boolean object) {
        long bit = 1L << level;
        long word = objects[level >>> 6];
        objects[level >>> 6] = object ? (word | bit) : (word & ~bit);
    }

    private void deeper(int reached) {
        if (reached >= MAX_DEPTH) {
            throw new MalformedJson(
                    at - from,
                    "at byte " + (at - from) + ": nested deeper than " + (MAX_DEPTH - 1));
        }
    }

    private void skipScalar() {
        int end = JsonTokens.scalar(bytes, at, to);
        if (end < 0) {
            throw JsonFaults.ofScalar(bytes, from, at, to);
        }
        at = end;
    }

    private void skipSpace() {
        at = JsonTokens.space(bytes, at, to);
    }

    private MalformedJson unexpected(String expected) {
        return JsonFaults.unexpected(bytes, from, at, to, expected);
    }
}
