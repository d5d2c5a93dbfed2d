package io.fairlead.protocol.json;

import java.util.Arrays;

/**
 * A list of replacements in a byte range, applied at once into one new array; everything between
 * them is copied as it is. Spans may be given in any order and must not overlap; what is inserted
 * at one place keeps its order. Reusable with {@link #reset}; confined to one thread.
 */
public final class JsonEdit {
    private static final byte[] NOTHING = new byte[0];

    private byte[] source = NOTHING;
    private int start;
    private int end;
    private int count;
    private int[] froms = new int[8];
    private int[] tos = new int[8];
    private byte[][] texts = new byte[8][];
    private int growth;

    public JsonEdit() {}

    public JsonEdit(byte[] source, int start, int end) {
        reset(source, start, end);
    }

    /** Starts over with other bytes and no edits. */
    public void reset(byte[] newSource, int newStart, int newEnd) {
        source = newSource;
        start = newStart;
        end = newEnd;
        count = 0;
        growth = 0;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public void insert(int position, byte[] text) {
        replace(position, position, text);
    }

    public void delete(int from, int to) {
        replace(from, to, NOTHING);
    }

    /** Puts {@code text} in the place of the bytes from {@code from} to {@code to}. */
    public void replace(int from, int to, byte[] text) {
        if (count == froms.length) {
            froms = Arrays.copyOf(froms, count * 2);
            tos = Arrays.copyOf(tos, count * 2);
            texts = Arrays.copyOf(texts, count * 2);
        }
        int place = count;
        while (place > 0
                && (froms[place - 1] > from || (froms[place - 1] == from && tos[place - 1] > to))) {
            froms[place] = froms[place - 1];
            tos[place] = tos[place - 1];
            texts[place] = texts[place - 1];
            place--;
        }
        froms[place] = from;
        tos[place] = to;
        texts[place] = text;
        count++;
        growth += text.length - (to - from);
    }

    /** The edited bytes: a new array, or the source itself when it is whole and has no edits. */
    public byte[] apply() {
        if (count == 0 && start == 0 && end == source.length) {
            return source;
        }
        byte[] result = new byte[end - start + growth];
        int read = start;
        int written = 0;
        for (int i = 0; i < count; i++) {
            int length = froms[i] - read;
            System.arraycopy(source, read, result, written, length);
            written += length;
            System.arraycopy(texts[i], 0, result, written, texts[i].length);
            written += texts[i].length;
            read = tos[i];
        }
        System.arraycopy(source, read, result, written, end - read);
        return result;
    }
}
