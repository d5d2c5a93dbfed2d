package io.fairlead.protocol.chatform;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.TokenUsage;

import java.util.Optional;

/**
 * Usage as this family counts: the prompt includes what was cached, the completion includes
 * reasoning, the total is their sum. xAI keeps reasoning out of the completion, but in the total.
 * Stateless: any thread.
 */
public final class UsageForm {
    private static final String APART = "reasoning:apart";
    private static final String NO_TOTAL = "total:absent";
    private static final String NO_PROMPT = "prompt:absent";
    private static final String NO_COMPLETION = "completion:absent";
    private static final String HITS = "cached:elsewhere";

    private UsageForm() {}

    public static TokenUsage read(Fields usage, Dialect dialect) {
        Optional<Long> prompt = usage.count("prompt_tokens");
        Optional<Long> completion = usage.count("completion_tokens");
        Optional<Fields> read = usage.object("prompt_tokens_details");
        Optional<Fields> written = usage.object("completion_tokens_details");
        long input = prompt.orElse(0L);
        long output = completion.orElse(0L);
        long reasoning = positive(written, "reasoning_tokens");
        Optional<Long> total = whole(usage, "total_tokens");
        if (reasoning > 0 && total.isPresent() && total.get() == input + output + reasoning) {
            output += reasoning;
            usage.form(APART);
        }
        if (total.isPresent() && total.get() == input + output) {
            usage.take("total_tokens");
        } else if (total.isEmpty()) {
            usage.form(NO_TOTAL);
        }
        if (prompt.isEmpty()) {
            usage.form(NO_PROMPT);
        }
        if (completion.isEmpty()) {
            usage.form(NO_COMPLETION);
        }
        Usage counts =
                new Usage(
                        input,
                        cached(read, usage),
                        positive(read, "cache_write_tokens"),
                        positive(read, "audio_tokens"),
                        positive(read, "image_tokens"),
                        output,
                        reasoning,
                        positive(written, "audio_tokens"),
                        positive(written, "image_tokens"));
        return new TokenUsage(counts, Own.marked(usage, dialect.protocol()));
    }

    private static long positive(Optional<Fields> details, String name) {
        return details.isPresent() ? details.get().positive(name) : 0;
    }

    private static Optional<Long> whole(Fields usage, String name) {
        return usage.peek(name).filter(v -> v.kind() == Json.Kind.NUMBER).map(Json::whole);
    }

    /** DeepSeek and Mistral also tell it beside the details, or only there. */
    private static long cached(Optional<Fields> details, Fields usage) {
        long cached = positive(details, "cached_tokens");
        if (cached > 0) {
            return cached;
        }
        long elsewhere =
                whole(usage, "prompt_cache_hit_tokens")
                        .or(() -> whole(usage, "num_cached_tokens"))
                        .orElse(0L);
        if (elsewhere <= 0) {
            return 0;
        }
        usage.form(HITS);
        return elsewhere;
    }

    public static JsonObject write(TokenUsage usage, Dialect dialect) {
        Usage counts = usage.counts();
        Beside forms = usage.beside();
        boolean own = Own.is(forms, dialect.protocol());
        JsonObject object = new JsonObject();
        boolean apart = forms.form(dialect.protocol(), APART);
        if (!forms.form(dialect.protocol(), NO_PROMPT)) {
            object.put("prompt_tokens", counts.inputTokens());
        }
        if (!forms.form(dialect.protocol(), NO_COMPLETION)) {
            object.put(
                    "completion_tokens",
                    counts.outputTokens() - (apart ? counts.reasoningTokens() : 0));
        }
        if (!forms.form(dialect.protocol(), NO_TOTAL)
                && !forms.of(dialect.protocol()).containsKey("total_tokens")) {
            object.put("total_tokens", counts.totalTokens());
        }
        boolean elsewhere = forms.form(dialect.protocol(), HITS);
        JsonObject read = new JsonObject();
        put(read, "cached_tokens", elsewhere ? 0 : counts.cachedInputTokens(), !own);
        put(read, "cache_write_tokens", counts.cacheWriteTokens(), false);
        put(read, "audio_tokens", counts.audioInputTokens(), false);
        put(read, "image_tokens", counts.imageInputTokens(), false);
        JsonObject written = new JsonObject();
        put(written, "reasoning_tokens", counts.reasoningTokens(), !own);
        put(written, "audio_tokens", counts.audioOutputTokens(), false);
        put(written, "image_tokens", counts.imageOutputTokens(), false);
        if (!read.isEmpty()) {
            object.put("prompt_tokens_details", read);
        }
        if (!written.isEmpty()) {
            object.put("completion_tokens_details", written);
        }
        object.merge(forms.of(dialect.protocol()));
        return object;
    }

    private static void put(JsonObject details, String name, long count, boolean always) {
        if (count > 0 || always) {
            details.put(name, count);
        }
    }
}
