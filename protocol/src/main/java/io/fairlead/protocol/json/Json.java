package io.fairlead.protocol.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value as it stands on the wire: a view of one place in parsed bytes. The whole text is
 * checked and indexed in one pass by {@link #parse}; strings and numbers are read when they are
 * asked for, and what nobody asks for is written again byte by byte ({@link JsonBuffer}). Of
 * members with the same name the last one counts, as at OpenAI. Two values are equal if they mean
 * the same: order of members, white space and ways to write a number don't matter. Immutable, as
 * long as nobody changes the bytes.
 */
public final class Json {
    /** What a value is. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL;

        /** As it is said in an error: {@code an object}. */
        public String words() {
            return switch (this) {
                case OBJECT -> "an object";
                case ARRAY -> "an array";
                case STRING -> "a string";
                case NUMBER -> "a number";
                case BOOLEAN -> "true or false";
                case NULL -> "null";
            };
        }
    }

    /** A member of an object. */
    public record Member(String name, Json value) {}

    public static final Json NULL = parse("null");
    public static final Json TRUE = parse("true");
    public static final Json FALSE = parse("false");
    public static final Json EMPTY_OBJECT = parse("{}");
    public static final Json EMPTY_ARRAY = parse("[]");

    /** A number longer than this is read as the nearest double, so that reading stays linear. */
    private static final int LONGEST_EXACT_NUMBER = 64;

    private final byte[] bytes;
    private final int[] index;
    private final int at;

    Json(byte[] bytes, int[] index, int at) {
        this.bytes = bytes;
        this.index = index;
        this.at = at;
    }

    /**
     * Reads one value and nothing behind it.
     *
     * @throws MalformedJson if this is not JSON
     */
    public static Json parse(byte[] bytes, int from, int to) {
        return new Json(bytes, JsonIndex.of(bytes, from, to), 0);
    }

    public static Json parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length);
    }

    public static Json parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Json of(String text) {
        return parse(JsonText.quoted(text));
    }

    public static Json of(long number) {
        return parse(Long.toString(number));
    }

    public static Json of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    public Kind kind() {
        return switch (bytes[from()]) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> Kind.NUMBER;
        };
    }

    public boolean isObject() {
        return bytes[from()] == '{';
    }

    public boolean isArray() {
        return bytes[from()] == '[';
    }

    public boolean isString() {
        return bytes[from()] == '"';
    }

    public boolean isNull() {
        return bytes[from()] == 'n';
    }

    /** The text of a string. */
    public String text() {
        expect(Kind.STRING);
        return JsonText.decode(bytes, from() + 1, to() - 1);
    }

    /** The text of a string, as it is worth to hand it on. */
    public JsonString string() {
        expect(Kind.STRING);
        return JsonString.of(this);
    }

    /** Whether this is a string of just this text. */
    public boolean is(String text) {
        return isString() && saysJust(text);
    }

    private boolean saysJust(String text) {
        int first = from() + 1;
        int length = to() - 1 - first;
        // of one character there are at most six bytes, as in "\\u0041"
        if (length < text.length() || length > 6 * text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte b = bytes[first + i];
            if (b < 0 || b == '\\') {
                return JsonText.decode(bytes, first, first + length).equals(text);
            }
            if (i == text.length() || b != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The number; exact if it is written with at most 64 characters. */
    public BigDecimal number() {
        expect(Kind.NUMBER);
        String text = toString();
        if (text.length() <= LONGEST_EXACT_NUMBER) {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException tooLargeExponent) {
                return BigDecimal.ZERO;
            }
        }
        double nearest = Double.parseDouble(text);
        return BigDecimal.valueOf(
                Double.isInfinite(nearest) ? Math.copySign(Double.MAX_VALUE, nearest) : nearest);
    }

    /** The number as a whole one: fractions are cut off, what is too large becomes the largest. */
    public long whole() {
        expect(Kind.NUMBER);
        int length = to() - from();
        if (length < 18) {
            long value = 0;
            int i = bytes[from()] == '-' ? from() + 1 : from();
            while (i < to() && bytes[i] >= '0' && bytes[i] <= '9') {
                value = value * 10 + (bytes[i] - '0');
                i++;
            }
            if (i == to()) {
                return bytes[from()] == '-' ? -value : value;
            }
        }
        return (long) Double.parseDouble(toString());
    }

    public boolean truth() {
        expect(Kind.BOOLEAN);
        return bytes[from()] == 't';
    }

    /** The member of this name, also if it is null; empty for values that are no object. */
    public Optional<Json> get(String name) {
        if (!isObject()) {
            return Optional.empty();
        }
        int found = find(name);
        return found < 0 ? Optional.empty() : Optional.of(new Json(bytes, index, found));
    }

    private int find(String name) {
        int found = -1;
        int end = index[at + 2];
        for (int key = at + 3; key < end; ) {
            int value = key + 3;
            if (named(key, name)) {
                found = value;
            }
            key = index[value + 2];
        }
        return found;
    }

    /** Whether the name at this place of the index is this one. */
    private boolean named(int name, String text) {
        int first = index[name] + 1;
        int length = index[name + 1] - 1 - first;
        if (index[name + 2] != JsonIndex.PLAIN) {
            return JsonText.decode(bytes, first, first + length).equals(text);
        }
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[first + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the name of a member of this object has this character (ASCII) in it. */
    public boolean hasNameWith(char character) {
        if (!isObject()) {
            return false;
        }
        int end = index[at + 2];
        for (int key = at + 3; key < end; key = index[key + 5]) {
            for (int i = index[key]; i < index[key + 1]; i++) {
                if (bytes[i] == character || bytes[i] == '\\') {
                    return true;
                }
            }
        }
        return false;
    }

    /** The members in their order, repeated names included; none if this is no object. */
    public List<Member> members() {
        if (!isObject()) {
            return List.of();
        }
        List<Member> members = new ArrayList<>();
        int end = index[at + 2];
        for (int key = at + 3; key < end; ) {
            int value = key + 3;
            members.add(new Member(decoded(key), new Json(bytes, index, value)));
            key = index[value + 2];
        }
        return members;
    }

    /** The members in their order but for those of these names, of which there are few. */
    public List<Member> membersExcept(List<String> names) {
        if (!isObject()) {
            return List.of();
        }
        List<Member> members = List.of();
        int end = index[at + 2];
        for (int key = at + 3; key < end; ) {
            int value = key + 3;
            if (!isOneOf(key, names)) {
                if (members.isEmpty()) {
                    members = new ArrayList<>();
                }
                members.add(new Member(decoded(key), new Json(bytes, index, value)));
            }
            key = index[value + 2];
        }
        return members;
    }

    private boolean isOneOf(int name, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (named(name, names.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a member, however deep, has this word in its name. */
    public boolean hasName(ByteMark word) {
        for (int place = at; place < index[at + 2]; place += 3) {
            if (isName(place)
                    && (index[place + 2] == JsonIndex.PLAIN
                            ? isIn(word, place)
                            : word.isIn(JsonText.utf8(decoded(place))))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a string, however deep, begins with this word, written without escapes. */
    public boolean hasBeginning(ByteMark word) {
        for (int place = at; place < index[at + 2]; place += 3) {
            int first = index[place];
            if (bytes[first] == '"' && word.isAt(bytes, first + 1, index[place + 1])) {
                return true;
            }
        }
        return false;
    }

    /** Whether a string of a member, however deep, whose name ends with "id" has this word. */
    public boolean hasId(ByteMark word) {
        for (int place = at; place < index[at + 2]; place += 3) {
            if (isName(place) && endsWithId(place) && isIn(word, place + 3)) {
                return true;
            }
        }
        return false;
    }

    private boolean endsWithId(int name) {
        int end = index[name + 1] - 1;
        return index[name + 2] != JsonIndex.PLAIN
                || end - index[name] > 2
                        && (bytes[end - 1] | 0x20) == 'd'
                        && (bytes[end - 2] | 0x20) == 'i';
    }

    /** Of all that is in the index, only names have so small a number in their third place. */
    private boolean isName(int place) {
        return index[place + 2] <= JsonIndex.PLAIN;
    }

    private boolean isIn(ByteMark word, int string) {
        return bytes[index[string]] == '"' && word.isIn(bytes, index[string], index[string + 1]);
    }

    private String decoded(int string) {
        return JsonText.decode(bytes, index[string] + 1, index[string + 1] - 1);
    }

    /** The elements; none if this is no array. */
    public List<Json> elements() {
        if (!isArray()) {
            return List.of();
        }
        int end = index[at + 2];
        int count = 0;
        for (int element = at + 3; element < end; element = index[element + 2]) {
            count++;
        }
        int[] places = new int[count];
        int next = at + 3;
        for (int i = 0; i < count; i++) {
            places[i] = next;
            next = index[next + 2];
        }
        return new AbstractList<>() {
            @Override
            public Json get(int element) {
                return new Json(bytes, index, places[element]);
            }

            @Override
            public int size() {
                return places.length;
            }
        };
    }

    /** Whether this is an object or array with nothing in it. */
    public boolean isEmpty() {
        return (isObject() || isArray()) && index[at + 2] == at + 3;
    }

    /** The bytes of which this is a view; {@link #from} and {@link #to} say where. */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return index[at];
    }

    int to() {
        return index[at + 1];
    }

    private void expect(Kind expected) {
        if (kind() != expected) {
            throw new IllegalStateException(
                    "found " + kind().words() + ", expected " + expected.words());
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Json that)) {
            return false;
        }
        Kind kind = kind();
        if (kind != that.kind()) {
            return false;
        }
        return switch (kind) {
            case OBJECT -> asMap().equals(that.asMap());
            case ARRAY -> elements().equals(that.elements());
            case STRING -> text().equals(that.text());
            case NUMBER -> number().compareTo(that.number()) == 0;
            case BOOLEAN -> truth() == that.truth();
            case NULL -> true;
        };
    }

    private Map<String, Json> asMap() {
        Map<String, Json> map = new HashMap<>();
        for (Member member : members()) {
            map.put(member.name(), member.value());
        }
        return map;
    }

    @Override
    public int hashCode() {
        return switch (kind()) {
            case OBJECT -> asMap().hashCode();
            case ARRAY -> elements().hashCode();
            case STRING -> text().hashCode();
            case NUMBER -> Double.hashCode(number().doubleValue());
            case BOOLEAN -> Boolean.hashCode(truth());
            case NULL -> 0;
        };
    }

    /** The JSON text as it stands on the wire. */
    @Override
    public String toString() {
        return new String(bytes, from(), to() - from(), StandardCharsets.UTF_8);
    }
}
