package io.fairlead.protocol.responses;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.TokenUsage;

import java.util.Optional;

/**
 * Token counts: input includes cached, output includes reasoning, as in our own meaning; so only
 * names differ. Stateless: any thread.
 */
final class ResponsesUsage {
    private static final String INPUT_DETAILS = "input_tokens_details";
    private static final String OUTPUT_DETAILS = "output_tokens_details";

    private ResponsesUsage() {}

    static TokenUsage read(Fields usage) {
        Optional<Fields> input = usage.object(INPUT_DETAILS);
        Optional<Fields> output = usage.object(OUTPUT_DETAILS);
        long in = usage.positive("input_tokens");
        long out = usage.positive("output_tokens");
        if (usage.peek("total_tokens").filter(t -> isNumber(t, in + out)).isPresent()) {
            usage.take("total_tokens");
        } else {
            usage.form("total");
        }
        Usage counts =
                new Usage(
                        in,
                        input.map(f -> f.positive("cached_tokens")).orElse(0L),
                        input.map(f -> f.positive("cache_write_tokens")).orElse(0L),
                        input.map(f -> f.positive("audio_tokens")).orElse(0L),
                        input.map(f -> f.positive("image_tokens")).orElse(0L),
                        out,
                        output.map(f -> f.positive("reasoning_tokens")).orElse(0L),
                        output.map(f -> f.positive("audio_tokens")).orElse(0L),
                        output.map(f -> f.positive("image_tokens")).orElse(0L));
        // Something of its own must be there, or the writer would take it for another protocol's.
        usage.form("own");
        return new TokenUsage(counts, usage.rest(Wire.SELF));
    }

    private static boolean isNumber(io.fairlead.protocol.json.Json value, long number) {
        return value.kind() == io.fairlead.protocol.json.Json.Kind.NUMBER
                && value.whole() == number;
    }

    static JsonObject write(TokenUsage usage) {
        Usage counts = usage.counts();
        boolean own = Wire.own(usage.beside());
        JsonObject object = new JsonObject();
        count(object, "input_tokens", counts.inputTokens(), !own);
        JsonObject input = new JsonObject();
        count(input, "cached_tokens", counts.cachedInputTokens(), !own);
        count(input, "cache_write_tokens", counts.cacheWriteTokens(), !own);
        count(input, "audio_tokens", counts.audioInputTokens(), false);
        count(input, "image_tokens", counts.imageInputTokens(), false);
        count(object, "output_tokens", counts.outputTokens(), !own);
        JsonObject output = new JsonObject();
        count(output, "reasoning_tokens", counts.reasoningTokens(), !own);
        count(output, "audio_tokens", counts.audioOutputTokens(), false);
        count(output, "image_tokens", counts.imageOutputTokens(), false);
        if (!input.isEmpty()) {
            object.put(INPUT_DETAILS, input);
        }
        if (!output.isEmpty()) {
            object.put(OUTPUT_DETAILS, output);
        }
        if (!Wire.form(usage.beside(), "total")) {
            object.put("total_tokens", counts.totalTokens());
        }
        object.merge(usage.beside().of(Wire.SELF));
        return object;
    }

    private static void count(JsonObject object, String name, long count, boolean always) {
        if (always || count > 0) {
            object.put(name, count);
        }
    }
}
