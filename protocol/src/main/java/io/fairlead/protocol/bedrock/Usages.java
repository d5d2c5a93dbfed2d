package io.fairlead.protocol.bedrock;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.TokenUsage;

import java.util.Optional;

/**
 * Usage as Converse counts it: its input leaves out what was read from and written to the cache,
 * its total has all. Stateless: any thread.
 */
final class Usages {
    private Usages() {}

    static TokenUsage read(Fields usage) {
        long fresh = usage.positive("inputTokens");
        long cached = usage.positive("cacheReadInputTokens");
        long written = usage.positive("cacheWriteInputTokens");
        long output = usage.positive("outputTokens");
        long input = sum(fresh, cached, written);
        boolean sums =
                usage.peek("totalTokens")
                        .filter(total -> total.kind() == Json.Kind.NUMBER)
                        .filter(total -> total.whole() == sum(input, output, 0))
                        .isPresent();
        if (sums) {
            usage.take("totalTokens");
        }
        return new TokenUsage(
                new Usage(input, cached, written, 0, 0, output, 0, 0, 0), Beside.NONE);
    }

    /** What a provider counts may be anything, but the sum stays a count. */
    private static long sum(long a, long b, long c) {
        long most = Long.MAX_VALUE / 4;
        return Math.min(a, most) + Math.min(b, most) + Math.min(c, most);
    }

    /**
     * @param rest what of the usage is beside
     */
    static void write(TokenUsage usage, JsonObject written, Optional<Json> rest) {
        Usage counts = usage.counts().cachedWithinInput();
        long fresh = counts.inputTokens() - counts.cachedInputTokens() - counts.cacheWriteTokens();
        written.put("inputTokens", Math.max(fresh, 0));
        written.put("outputTokens", counts.outputTokens());
        if (rest.flatMap(other -> other.get("totalTokens")).isEmpty()) {
            written.put("totalTokens", sum(counts.inputTokens(), counts.outputTokens(), 0));
        }
        if (counts.cachedInputTokens() > 0) {
            written.put("cacheReadInputTokens", counts.cachedInputTokens());
        }
        if (counts.cacheWriteTokens() > 0) {
            written.put("cacheWriteInputTokens", counts.cacheWriteTokens());
        }
    }
}
