package io.fairlead.gateway.ledger;

import io.fairlead.kernel.Money;

import java.util.List;
import java.util.Optional;

/**
 * Sums over requests. Immutable.
 *
 * @param totals over all of them
 * @param groups for each group, most spend first, or in order of time
 * @param truncated whether there are more groups than asked for
 */
public record UsageReport(UsageTotals totals, List<Group> groups, boolean truncated) {

    /**
     * One group.
     *
     * @param labels what its requests have in common, in the order of the question; absent: they
     *     have none
     * @param totals their sums
     */
    public record Group(List<Optional<String>> labels, UsageTotals totals) {
        public Group {
            labels = List.copyOf(labels);
        }
    }

    /**
     * The sums.
     *
     * @param requests how many
     * @param errors how many failed
     * @param cancelled how many were cancelled by the client
     * @param unpriced how many have no known price, and so are not in {@code spend}
     * @param inputTokens all input
     * @param cachedInputTokens part of input that came from a cache
     * @param cacheWriteTokens part of input that was written to a cache
     * @param outputTokens all output
     * @param reasoningTokens part of output that is reasoning
     * @param spend exact to the last digit
     */
    public record UsageTotals(
            long requests,
            long errors,
            long cancelled,
            long unpriced,
            long inputTokens,
            long cachedInputTokens,
            long cacheWriteTokens,
            long outputTokens,
            long reasoningTokens,
            Money spend) {}

    public UsageReport {
        groups = List.copyOf(groups);
    }
}
