package io.fairlead.protocol.json;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/** Removals from and additions to one object, with the commas put right. Confined to one thread. */
public final class MemberEdit {
    /** Up to so many members are compared in pairs, which allocates nothing. */
    private static final int FEW = 32;

    private static final byte[] COMMA = {','};
    private static final byte[] QUOTE = {'"'};
    private static final byte[] COLON = {':'};
    private static final byte[] NOTHING = {};

    private final JsonMembers members;
    private final BitSet dropped = new BitSet();
    private byte[] added = NOTHING;

    public MemberEdit(JsonMembers members) {
        this.members = members;
    }

    /** Leaves a member out. */
    public void drop(int member) {
        dropped.set(member);
    }

    public boolean isDropped(int member) {
        return dropped.get(member);
    }

    /**
     * Leaves out all but the last of members that share a name, so that no reader can take another
     * one than we did.
     */
    public void dropRepeated() {
        int count = members.size();
        if (count <= FEW && !repeatsAmongFew()) {
            return;
        }
        Set<String> seen = HashSet.newHashSet(count);
        for (int i = count - 1; i >= 0; i--) {
            if (!seen.add(members.name(i))) {
                drop(i);
            }
        }
    }

    /** Whether names may repeat: equal bytes, or an escape that hides what they are. */
    private boolean repeatsAmongFew() {
        for (int i = 0; i < members.size(); i++) {
            if (members.nameEscaped(i)) {
                return true;
            }
            for (int j = 0; j < i; j++) {
                if (members.sameBytes(i, j)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Index of the last member of this name that stays; -1: none. */
    public int find(byte[] name) {
        for (int i = members.size() - 1; i >= 0; i--) {
            if (!dropped.get(i) && members.nameIs(i, name)) {
                return i;
            }
        }
        return -1;
    }

    /** Adds a member behind the others; the name is one that needs no escapes. */
    public void append(byte[] name, byte[] value) {
        append(JsonText.join(QUOTE, name, QUOTE, COLON, value));
    }

    /** Adds a member behind the others: {@code "name":value} as bytes. */
    public void append(byte[] member) {
        added = added.length == 0 ? member : JsonText.join(added, COMMA, member);
    }

    /** Writes what was planned. */
    public void writeTo(JsonEdit edit) {
        int count = members.size();
        int lastKept = dropped.previousClearBit(count - 1);
        int run = dropped.nextSetBit(0);
        while (run >= 0 && run < lastKept) {
            int next = dropped.nextClearBit(run);
            edit.delete(members.keyFrom(run) - 1, members.keyFrom(next) - 1);
            run = dropped.nextSetBit(next);
        }
        int keptEnd = lastKept < 0 ? members.open() + 1 : members.valueTo(lastKept);
        if (added.length > 0) {
            edit.insert(keptEnd, lastKept < 0 ? added : JsonText.join(COMMA, added));
        }
        if (lastKept < count - 1) {
            edit.delete(keptEnd, members.valueTo(count - 1));
        }
    }
}
