package io.fairlead.gateway.catalogue;

import io.fairlead.kernel.Usage;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The arithmetic of {@link Price}: each kind of token times its rate, summed exactly. Stateless.
 */
final class Charge {
    private Charge() {}

    static BigDecimal of(Usage usage, Price.Rates rates) {
        long inputParts =
                usage.cachedInputTokens()
                        + usage.cacheWriteTokens()
                        + usage.audioInputTokens()
                        + usage.imageInputTokens();
        long outputParts =
                usage.reasoningTokens() + usage.audioOutputTokens() + usage.imageOutputTokens();
        BigDecimal perMillion =
                line(Math.max(0, usage.inputTokens() - inputParts), rates.input())
                        .add(line(usage.cachedInputTokens(), rates.cacheRead(), rates.input()))
                        .add(line(usage.cacheWriteTokens(), rates.cacheWrite(), rates.input()))
                        .add(line(usage.audioInputTokens(), rates.audioInput(), rates.input()))
                        .add(line(usage.imageInputTokens(), rates.imageInput(), rates.input()))
                        .add(line(Math.max(0, usage.outputTokens() - outputParts), rates.output()))
                        .add(line(usage.reasoningTokens(), rates.reasoning(), rates.output()))
                        .add(line(usage.audioOutputTokens(), rates.audioOutput(), rates.output()))
                        .add(line(usage.imageOutputTokens(), rates.imageOutput(), rates.output()));
        BigDecimal requests =
                rates.request()
                        .map(each -> each.multiply(BigDecimal.valueOf(usage.billedRequests())))
                        .orElse(BigDecimal.ZERO);
        return perMillion.movePointLeft(6).add(requests);
    }

    private static BigDecimal line(long tokens, Optional<BigDecimal> rate, BigDecimal otherwise) {
        return line(tokens, rate.orElse(otherwise));
    }

    private static BigDecimal line(long tokens, BigDecimal rate) {
        return tokens == 0 ? BigDecimal.ZERO : rate.multiply(BigDecimal.valueOf(tokens));
    }
}
