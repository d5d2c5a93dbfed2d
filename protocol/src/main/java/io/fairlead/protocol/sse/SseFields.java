package io.fairlead.protocol.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of one event. Reused for every event of a stream; confined to one thread. */
final class SseFields {
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int nameFrom;
    private int nameTo;
    private byte[] dataBytes = NOTHING;
    private int dataFrom;
    private int dataTo;
    private int dataLines;

    /** Reads the fields from lines whose bounds are given from {@code base} on. */
    void read(byte[] newBytes, int base, int[] lines, int lineCount, boolean first) {
        bytes = newBytes;
        nameFrom = 0;
        nameTo = 0;
        dataBytes = newBytes;
        dataFrom = base;
        dataTo = base;
        dataLines = 0;
        int lastData = -1;
        for (int i = 0; i < lineCount; i++) {
            int from = base + lines[i * 2];
            int to = base + lines[i * 2 + 1];
            if (first && i == 0 && startsWithByteOrderMark(from, to)) {
                from += 3;
            }
            if (isField(DATA, from, to)) {
                dataLines++;
                dataFrom = valueFrom(from + DATA.length, to);
                dataTo = to;
                lastData = i;
            } else if (isField(EVENT, from, to)) {
                nameFrom = valueFrom(from + EVENT.length, to);
                nameTo = to;
            }
        }
        if (dataLines > 1) {
            join(base, lines, lastData, first);
        }
    }

    private void join(int base, int[] lines, int lastData, boolean first) {
        byte[] joined = new byte[lines[lastData * 2 + 1] - lines[0]];
        int length = 0;
        for (int i = 0; i <= lastData; i++) {
            int from = base + lines[i * 2];
            int to = base + lines[i * 2 + 1];
            if (first && i == 0 && startsWithByteOrderMark(from, to)) {
                from += 3;
            }
            if (isField(DATA, from, to)) {
                int value = valueFrom(from + DATA.length, to);
                System.arraycopy(bytes, value, joined, length, to - value);
                length += to - value;
                if (i < lastData) {
                    joined[length++] = '\n';
                }
            }
        }
        dataBytes = joined;
        dataFrom = 0;
        dataTo = length;
    }

    private boolean startsWithByteOrderMark(int from, int to) {
        return to - from >= 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
    }

    private boolean isField(byte[] name, int from, int to) {
        int end = from + name.length;
        return end <= to
                && bytes[from] == name[0]
                && (end == to || bytes[end] == ':')
                && Arrays.equals(bytes, from, end, name, 0, name.length);
    }

    /** Start of a field's value: behind the colon and one space. */
    private int valueFrom(int nameEnd, int to) {
        int value = Math.min(nameEnd + 1, to);
        return value < to && bytes[value] == ' ' ? value + 1 : value;
    }

    byte[] dataBytes() {
        return dataBytes;
    }

    int dataFrom() {
        return dataFrom;
    }

    int dataTo() {
        return dataTo;
    }

    int dataLines() {
        return dataLines;
    }

    String name() {
        return nameFrom == nameTo
                ? ""
                : new String(bytes, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
    }

    boolean nameIs(byte[] name) {
        return Arrays.equals(bytes, nameFrom, nameTo, name, 0, name.length);
    }
}
