package io.fairlead.protocol.json;

/**
 * Bytes that are no JSON, or not the JSON that was asked for: says where and what was expected. No
 * stack trace: it is a finding about input, not a defect. Immutable.
 */
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    public MalformedJson(int position, String problem) {
        super(problem, null, false, false);
        this.position = position;
    }

    /** Index of the byte at fault, counted from the start of the scanned range. */
    public int position() {
        return position;
    }
}
