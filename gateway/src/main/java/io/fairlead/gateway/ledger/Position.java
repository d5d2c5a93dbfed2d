package io.fairlead.gateway.ledger;

/**
 * A place in the journal. Immutable.
 *
 * @param sequence the segment's number
 * @param offset byte in the segment
 */
record Position(long sequence, int offset) implements Comparable<Position> {
    static final Position START = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
        int bySequence = Long.compare(sequence, other.sequence);
        return bySequence != 0 ? bySequence : Integer.compare(offset, other.offset);
    }
}
