package io.fairlead.gateway.ledger;

/**
 * The journal in numbers. Immutable.
 *
 * @param accepting whether there is room
 * @param segments files with records that are not settled
 * @param bytes their size on the disk
 * @param appended records appended by this process
 * @param refused records there was no room for
 * @param damaged segments with damage; the files are kept
 * @param unreadable segments of a newer format; they wait for a newer program
 */
public record JournalStats(
        boolean accepting,
        int segments,
        long bytes,
        long appended,
        long refused,
        int damaged,
        int unreadable) {}
