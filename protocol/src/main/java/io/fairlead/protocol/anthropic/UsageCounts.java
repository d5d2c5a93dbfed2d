package io.fairlead.protocol.anthropic;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.TokenUsage;

import java.util.Optional;

/**
 * Usage as it is told in one answer, once or several times: later figures take the place of earlier
 * ones, and what a message does not say stays as it was. On the wire, input excludes what the
 * prompt cache gave and took; in ours it does not. Confined to one thread.
 */
final class UsageCounts {
    private static final String INPUT = "input_tokens";
    private static final String WRITTEN = "cache_creation_input_tokens";
    private static final String CACHED = "cache_read_input_tokens";
    private static final String OUTPUT = "output_tokens";
    private static final String DETAILS = "output_tokens_details";
    private static final String THINKING = "thinking_tokens";

    /** No answer has more; keeps sums of hostile figures from overflowing. */
    private static final long MOST = 1_000_000_000_000L;

    private long input;
    private long written;
    private long cached;
    private long output;
    private long thinking;

    /** The totals after this message; it says itself which of them it told. */
    TokenUsage read(Fields usage) {
        input = told(usage, usage, INPUT, input);
        written = told(usage, usage, WRITTEN, written);
        cached = told(usage, usage, CACHED, cached);
        output = told(usage, usage, OUTPUT, output);
        Optional<Fields> details = usage.object(DETAILS);
        if (details.isPresent()) {
            thinking = told(usage, details.get(), THINKING, thinking);
        }
        Usage counts =
                new Usage(input + cached + written, cached, written, 0, 0, output, thinking, 0, 0);
        return new TokenUsage(counts, Own.wholeRest(usage));
    }

    private static long told(Fields usage, Fields holder, String name, long before) {
        if (holder.peek(name).filter(UsageCounts::plausible).isEmpty()) {
            return before;
        }
        usage.form(name);
        return holder.count(name).orElse(before);
    }

    private static boolean plausible(Json value) {
        return value.kind() == Json.Kind.NUMBER && value.whole() >= 0 && value.whole() <= MOST;
    }

    /** The usage as the message had it that told it. */
    static JsonObject same(TokenUsage usage) {
        JsonObject object = new JsonObject();
        Usage counts = usage.counts();
        Beside beside = usage.beside();
        put(object, beside, INPUT, plainInput(counts));
        put(object, beside, WRITTEN, counts.cacheWriteTokens());
        put(object, beside, CACHED, counts.cachedInputTokens());
        put(object, beside, OUTPUT, counts.outputTokens());
        if (beside.form(Own.ORIGIN, THINKING)) {
            object.object(DETAILS).put(THINKING, counts.reasoningTokens());
        }
        object.merge(beside.of(Own.ORIGIN));
        return object;
    }

    private static void put(JsonObject object, Beside beside, String name, long count) {
        if (beside.form(Own.ORIGIN, name)) {
            object.put(name, count);
        }
    }

    private static long plainInput(Usage counts) {
        return Math.max(
                0, counts.inputTokens() - counts.cachedInputTokens() - counts.cacheWriteTokens());
    }

    /** The usage of a whole answer, with all that this protocol's clients expect. */
    static JsonObject whole(Usage told) {
        Usage counts = told.cachedWithinInput();
        JsonObject object = new JsonObject();
        object.put(INPUT, plainInput(counts)).put(WRITTEN, counts.cacheWriteTokens());
        object.object("cache_creation")
                .put("ephemeral_5m_input_tokens", counts.cacheWriteTokens())
                .put("ephemeral_1h_input_tokens", 0);
        object.put(CACHED, counts.cachedInputTokens()).put(OUTPUT, counts.outputTokens());
        details(object, counts);
        return object.putNull("server_tool_use").putNull("service_tier").putNull("inference_geo");
    }

    /** The usage at the end of a stream. */
    static JsonObject cumulative(Usage told) {
        Usage counts = told.cachedWithinInput();
        JsonObject object =
                new JsonObject()
                        .put(INPUT, plainInput(counts))
                        .put(WRITTEN, counts.cacheWriteTokens())
                        .put(CACHED, counts.cachedInputTokens())
                        .put(OUTPUT, counts.outputTokens());
        details(object, counts);
        return object.putNull("server_tool_use");
    }

    private static void details(JsonObject object, Usage counts) {
        if (counts.reasoningTokens() > 0) {
            object.object(DETAILS).put(THINKING, counts.reasoningTokens());
        } else {
            object.putNull(DETAILS);
        }
    }
}
