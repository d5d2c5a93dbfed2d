package io.fairlead.gateway.store;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds up the requests of a batch by hour and dimension, and adds the sums to the table. Confined
 * to one thread.
 */
final class UsageRollup implements AutoCloseable {
    private static final String ADD =
            """
            INSERT INTO usage_hour (hour, dimension, requests, errors, cancelled, unpriced,
                input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
                reasoning_tokens, spend_usd, spend_nano, spend_atto, spend_ronto)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (hour, dimension) DO UPDATE SET
                requests = requests + excluded.requests,
                errors = errors + excluded.errors,
                cancelled = cancelled + excluded.cancelled,
                unpriced = unpriced + excluded.unpriced,
                input_tokens = input_tokens + excluded.input_tokens,
                cached_input_tokens = cached_input_tokens + excluded.cached_input_tokens,
                cache_write_tokens = cache_write_tokens + excluded.cache_write_tokens,
                output_tokens = output_tokens + excluded.output_tokens,
                reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens,
                spend_usd = spend_usd + excluded.spend_usd,
                spend_nano = spend_nano + excluded.spend_nano,
                spend_atto = spend_atto + excluded.spend_atto,
                spend_ronto = spend_ronto + excluded.spend_ronto
            """;

    /** More than a model can read or write; what a provider claims beyond would overflow sums. */
    private static final long MOST_TOKENS = 1_000_000_000_000L;

    private final PreparedStatement add;
    private final Map<Slot, Sums> sums = new HashMap<>();

    private record Slot(long hour, long dimension) {}

    private static final class Sums {
        long requests;
        long errors;
        long cancelled;
        long unpriced;
        long input;
        long cached;
        long cacheWrite;
        long output;
        long reasoning;
        SpendParts spend = SpendParts.ZERO;
    }

    UsageRollup(Connection connection) throws SQLException {
        add = connection.prepareStatement(ADD);
    }

    static long tokens(long claimed) {
        return Math.clamp(claimed, 0, MOST_TOKENS);
    }

    void count(RequestRecord entry, long startedMicros, long dimension) {
        Sums into =
                sums.computeIfAbsent(
                        new Slot(Times.hour(startedMicros), dimension), _ -> new Sums());
        Usage usage = entry.usage();
        into.requests++;
        into.errors += entry.outcome() == Outcome.FAILED ? 1 : 0;
        into.cancelled += entry.outcome() == Outcome.CANCELLED ? 1 : 0;
        into.unpriced += entry.spend().isEmpty() ? 1 : 0;
        into.input += tokens(usage.inputTokens());
        into.cached += tokens(usage.cachedInputTokens());
        into.cacheWrite += tokens(usage.cacheWriteTokens());
        into.output += tokens(usage.outputTokens());
        into.reasoning += tokens(usage.reasoningTokens());
        into.spend = into.spend.plus(SpendParts.of(entry.spend().orElse(Money.ZERO)));
    }

    void write() throws SQLException {
        for (Map.Entry<Slot, Sums> entry : sums.entrySet()) {
            Slot slot = entry.getKey();
            Sums sum = entry.getValue();
            long[] values = {
                slot.hour(),
                slot.dimension(),
                sum.requests,
                sum.errors,
                sum.cancelled,
                sum.unpriced,
                sum.input,
                sum.cached,
                sum.cacheWrite,
                sum.output,
                sum.reasoning,
                sum.spend.usd(),
                sum.spend.nano(),
                sum.spend.atto(),
                sum.spend.ronto()
            };
            for (int i = 0; i < values.length; i++) {
                add.setLong(i + 1, values[i]);
            }
            add.executeUpdate();
        }
        clear();
    }

    void clear() {
        sums.clear();
    }

    @Override
    public void close() throws SQLException {
        add.close();
    }
}
