package io.fairlead.gateway.ledger;

/** A record together with its binary form, so that nobody has to encode it again. Immutable. */
public final class EncodedRecord {
    private final RequestRecord entry;
    private final byte[] bytes;

    private EncodedRecord(RequestRecord entry, byte[] bytes) {
        this.entry = entry;
        this.bytes = bytes;
    }

    static EncodedRecord decode(byte[] bytes) throws UnreadableRecordException {
        return new EncodedRecord(RecordCodec.decode(bytes), bytes);
    }

    /** Encodes {@code entry} with its bodies. */
    public static EncodedRecord of(RequestRecord entry) {
        return new EncodedRecord(entry, RecordCodec.encode(entry, Integer.MAX_VALUE));
    }

    public RequestRecord entry() {
        return entry;
    }

    /** The binary form; not a copy, so it must not be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
