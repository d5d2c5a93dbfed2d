package io.fairlead.gateway.admin;

import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** A request record as JSON: money is a decimal string, what is absent is null. Thread-safe. */
final class RecordJson {
    private RecordJson() {}

    /** Writes {@code entry}; its price and bodies only with {@code all}. */
    static ObjectNode write(ObjectNode into, RequestRecord entry, boolean all) {
        into.put("id", entry.id());
        into.put("started_at", entry.startedAt().toString());
        into.put("endpoint", entry.endpoint().wireName());
        text(into, "key", entry.keyName().or(entry::keyId));
        text(into, "key_id", entry.keyId());
        text(into, "team", entry.team());
        text(into, "user", entry.user());
        into.put("model", entry.modelRequested());
        text(into, "deployment", entry.deployment());
        text(into, "provider", entry.provider());
        text(into, "provider_key", entry.providerKey());
        text(into, "response_model", entry.modelResponse());
        into.put("stream", entry.streamed());
        into.put("status", entry.status());
        into.put("outcome", entry.outcome().name().toLowerCase(Locale.ROOT));
        text(into, "error_code", entry.errorCode());
        text(into, "error_message", entry.errorMessage());
        text(into, "finish_reason", entry.finishReason());
        usage(into, entry.usage());
        into.put("usage_estimated", entry.usageEstimated());
        text(into, "spend", entry.spend().map(Money::toDecimal));
        into.put("duration_ms", millis(entry.durationMicros()));
        into.put("first_token_ms", millis(entry.firstTokenMicros()));
        into.put("overhead_us", entry.overheadMicros());
        into.put("request_bytes", entry.requestBytes());
        into.put("response_bytes", entry.responseBytes());
        attempts(into.putArray("attempts"), entry);
        ArrayNode tags = into.putArray("tags");
        entry.tags().forEach(tags::add);
        ObjectNode metadata = into.putObject("metadata");
        entry.metadata().forEach(metadata::put);
        text(into, "trace_id", entry.traceId());
        text(into, "client_address", entry.clientAddress());
        text(into, "user_agent", entry.userAgent());
        if (all) {
            price(into, entry.price());
            text(into, "request_body", entry.requestBody());
            text(into, "response_body", entry.responseBody());
        }
        return into;
    }

    private static void usage(ObjectNode into, Usage usage) {
        into.put("input_tokens", usage.inputTokens());
        into.put("cached_input_tokens", usage.cachedInputTokens());
        into.put("cache_write_tokens", usage.cacheWriteTokens());
        into.put("audio_input_tokens", usage.audioInputTokens());
        into.put("image_input_tokens", usage.imageInputTokens());
        into.put("output_tokens", usage.outputTokens());
        into.put("reasoning_tokens", usage.reasoningTokens());
        into.put("audio_output_tokens", usage.audioOutputTokens());
        into.put("image_output_tokens", usage.imageOutputTokens());
        into.put("total_tokens", usage.totalTokens());
    }

    private static void attempts(ArrayNode into, RequestRecord entry) {
        for (AttemptRecord attempt : entry.attempts()) {
            ObjectNode one = into.addObject();
            one.put("deployment", attempt.deployment());
            text(one, "provider_key", attempt.providerKey());
            one.put("status", attempt.status());
            text(one, "fault", attempt.fault());
            text(one, "message", attempt.message());
            one.put("duration_ms", millis(attempt.durationMicros()));
        }
    }

    private static void price(ObjectNode into, Optional<Price> price) {
        if (price.isEmpty()) {
            into.putNull("price");
            return;
        }
        ObjectNode node = into.putObject("price");
        rates(node, price.get().rates());
        if (!price.get().tiers().isEmpty()) {
            ArrayNode tiers = node.putArray("tiers");
            for (Price.Tier tier : price.get().tiers()) {
                rates(tiers.addObject().put("over", tier.over()), tier.rates());
            }
        }
    }

    private static void rates(ObjectNode into, Price.Rates rates) {
        into.put("input", rates.input().toPlainString());
        into.put("output", rates.output().toPlainString());
        rate(into, "cache_read", rates.cacheRead());
        rate(into, "cache_write", rates.cacheWrite());
        rate(into, "reasoning", rates.reasoning());
        rate(into, "audio_input", rates.audioInput());
        rate(into, "audio_output", rates.audioOutput());
        rate(into, "image_input", rates.imageInput());
        rate(into, "image_output", rates.imageOutput());
        rate(into, "request", rates.request());
    }

    private static void rate(ObjectNode into, String name, Optional<BigDecimal> rate) {
        rate.ifPresent(value -> into.put(name, value.toPlainString()));
    }

    private static void text(ObjectNode into, String name, Optional<String> value) {
        into.put(name, value.orElse(null));
    }

    /** Milliseconds with their microseconds; negative: none. */
    private static @Nullable BigDecimal millis(long micros) {
        return micros < 0 ? null : BigDecimal.valueOf(micros, 3);
    }
}
