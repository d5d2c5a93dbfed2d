package io.fairlead.protocol.json;

import java.util.Arrays;

/**
 * The members of one object as spans of its bytes. Fill it while a {@link JsonCursor} goes through
 * the object, or with {@link #of}; {@link MemberEdit} changes the object. Reusable with {@link
 * #begin}; confined to one thread while it is filled, readable by any after that.
 */
public final class JsonMembers {
    /** Members of one object taken; more than any API has. */
    public static final int MAX_MEMBERS = 4096;

    private static final int FIELDS = 4;
    private static final int KEY_FROM = 0;
    private static final int KEY_TO = 1;
    private static final int VALUE_FROM = 2;
    private static final int VALUE_TO = 3;

    private byte[] bytes = new byte[0];
    private int open;
    private int count;
    private int[] spans = new int[16 * FIELDS];

    /** The members of the object that these bytes are. */
    public static JsonMembers of(byte[] bytes, int from, int to) {
        JsonMembers members = new JsonMembers();
        JsonCursor cursor = new JsonCursor(bytes, from, to);
        members.scan(cursor, bytes);
        cursor.finish();
        return members;
    }

    /** Starts over with an object whose opening brace stands at {@code newOpen}. */
    public void begin(byte[] newBytes, int newOpen) {
        bytes = newBytes;
        open = newOpen;
        count = 0;
    }

    /** Goes through the object that comes next, skipping all values. */
    public void scan(JsonCursor cursor, byte[] newBytes) {
        begin(newBytes, cursor.position());
        cursor.enterObject();
        while (cursor.nextMember()) {
            cursor.skipValue();
            add(cursor.keyFrom(), cursor.keyTo(), cursor.valueFrom(), cursor.position());
        }
    }

    /** Adds a member: the spans of its name between the quotes and of its value. */
    public void add(int keyFrom, int keyTo, int valueFrom, int valueTo) {
        if (count == MAX_MEMBERS) {
            throw new MalformedJson(keyFrom, "an object has more than " + MAX_MEMBERS + " members");
        }
        if (count * FIELDS == spans.length) {
            spans = Arrays.copyOf(spans, spans.length * 2);
        }
        int base = count * FIELDS;
        spans[base + KEY_FROM] = keyFrom;
        spans[base + KEY_TO] = keyTo;
        spans[base + VALUE_FROM] = valueFrom;
        spans[base + VALUE_TO] = valueTo;
        count++;
    }

    /** How many members there are, repeated ones included. */
    public int size() {
        return count;
    }

    /** Index of the last member of this name; -1: none. */
    public int find(byte[] name) {
        for (int i = count - 1; i >= 0; i--) {
            if (nameIs(i, name)) {
                return i;
            }
        }
        return -1;
    }

    boolean nameIs(int member, byte[] name) {
        int from = keyFrom(member);
        int to = keyTo(member);
        return Arrays.equals(bytes, from, to, name, 0, name.length)
                || (nameEscaped(member) && Arrays.equals(JsonText.utf8(name(member)), name));
    }

    boolean nameEscaped(int member) {
        for (int i = keyFrom(member); i < keyTo(member); i++) {
            if (bytes[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    boolean sameBytes(int one, int other) {
        return Arrays.equals(bytes, keyFrom(one), keyTo(one), bytes, keyFrom(other), keyTo(other));
    }

    public String name(int member) {
        return JsonText.decode(bytes, keyFrom(member), keyTo(member));
    }

    /** Start of a member's name, behind its quote. */
    public int keyFrom(int member) {
        return spans[member * FIELDS + KEY_FROM];
    }

    /** End of a member's name, before its quote. */
    public int keyTo(int member) {
        return spans[member * FIELDS + KEY_TO];
    }

    public int valueFrom(int member) {
        return spans[member * FIELDS + VALUE_FROM];
    }

    public int valueTo(int member) {
        return spans[member * FIELDS + VALUE_TO];
    }

    /** First byte of a member's value, which tells its kind. */
    public byte kind(int member) {
        return bytes[valueFrom(member)];
    }

    public boolean isNull(int member) {
        return kind(member) == 'n';
    }

    /** Index of the opening brace. */
    int open() {
        return open;
    }
}
