package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Service;
import io.fairlead.kernel.Usage;

import java.util.Optional;

/**
 * What an exchange used, at which price, and what that costs. Where the provider reports no usage
 * and was at work (a cut or cancelled stream, a report that never came), usage is estimated: four
 * characters to a token, in and out. Immutable.
 *
 * @param price empty: it is not known, or nothing was used
 * @param spend empty: it is not known
 */
record Bill(Usage usage, boolean estimated, Optional<Price> price, Optional<Money> spend) {
    static final Bill NONE = new Bill(Usage.NONE, false, Optional.empty(), Optional.of(Money.ZERO));

    private static final int CHARACTERS_PER_TOKEN = 4;

    /**
     * The bill for one exchange.
     *
     * @param last the attempt that answered, or failed last
     */
    static Bill of(Outcome outcome, Decision decision, Attempt last) {
        if (!decision.makes()
                || decision.answering().service().equals(Optional.of(Service.TOKEN_COUNTING))) {
            return NONE; // nobody asks money for counting
        }
        Optional<AnswerRelay> relay = last.relay();
        Optional<Price> price = decision.priceOf(last.step().deployment());
        boolean byTokens = !pricedByRequest(decision, price);
        Optional<Usage> reported =
                relay.flatMap(AnswerRelay::usage)
                        .filter(it ->
                                !byTokens
                                        || decision.answering() != Endpoint.RERANK
                                        || it.totalTokens() > 0);
        Optional<Usage> usage = reported;
        boolean estimated = false;
        if (reported.isEmpty() && worked(outcome, last) && countsTokens(decision.answering())) {
            usage = Optional.of(estimate(decision, relay));
            estimated = true;
        }
        if (usage.isEmpty() && outcome == Outcome.COMPLETED && !byTokens) {
            usage = Optional.of(Usage.NONE);
        }
        if (usage.isEmpty()) {
            // nothing was used, unless it was something that is not counted in tokens
            boolean free = outcome != Outcome.COMPLETED && !last.relay().isPresent();
            return free ? NONE : new Bill(Usage.NONE, false, Optional.empty(), Optional.empty());
        }
        Usage counted = usage.get();
        return new Bill(counted, estimated, price, price.map(it -> it.of(counted)));
    }

    /** Whether a rank that counts no tokens has a price of its own. */
    private static boolean pricedByRequest(Decision decision, Optional<Price> price) {
        return decision.answering() == Endpoint.RERANK
                && price.flatMap(it -> it.rates().request()).isPresent();
    }

    /** Whether the provider probably bills what it did although it did not say how much. */
    private static boolean worked(Outcome outcome, Attempt last) {
        return switch (outcome) {
            case COMPLETED -> true;
            case CANCELLED -> last.wasSent();
            case FAILED -> last.relay().filter(it -> it.outputCharacters() > 0).isPresent();
        };
    }

    private static boolean countsTokens(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS,
                    COMPLETIONS,
                    RESPONSES,
                    EMBEDDINGS,
                    MESSAGES,
                    GENERATE_CONTENT,
                    EMBED_CONTENT,
                    BATCH_EMBED_CONTENTS ->
                    true;
            case IMAGE_GENERATIONS,
                    IMAGE_EDITS,
                    IMAGE_VARIATIONS,
                    SPEECH,
                    TRANSCRIPTIONS,
                    TRANSLATIONS,
                    MODERATIONS,
                    RERANK,
                    INPUT_TOKENS,
                    COUNT_TOKENS,
                    COUNT_CONTENT,
                    FILES,
                    UPLOADS,
                    BATCHES,
                    REALTIME,
                    ANTHROPIC_FILES,
                    MESSAGE_BATCHES,
                    PASSTHROUGH ->
                    false;
        };
    }

    private static Usage estimate(Decision decision, Optional<AnswerRelay> relay) {
        long input = tokens(decision.facts().inputCharacters());
        long output =
                decision.answering().service().isPresent()
                        ? 0
                        : tokens(relay.map(AnswerRelay::outputCharacters).orElse(0L));
        return Usage.of(input, output);
    }

    private static long tokens(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }
}
