package io.fairlead.gateway.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * The ledger in numbers, for metrics and health. Immutable.
 *
 * @param journal the journal
 * @param stored records that went to the store
 * @param known records that were in the store already, from before a restart
 * @param rejected records that the store or this program can't take; their journal files are kept
 * @param lag for how long the store has been behind the journal; zero: it is not
 * @param problem why the store can't be used at the moment; absent: it can
 */
public record LedgerStats(
        JournalStats journal,
        long stored,
        long known,
        long rejected,
        Duration lag,
        Optional<String> problem) {}
