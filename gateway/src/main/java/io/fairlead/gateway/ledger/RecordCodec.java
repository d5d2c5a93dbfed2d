package io.fairlead.gateway.ledger;

import io.fairlead.gateway.catalogue.Price;
import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The binary form of a {@link RequestRecord}, in the journal and in the store. The first byte is
 * its version; members are only ever appended, with a new version. Texts that clients or providers
 * control are bounded here, so that no record can fill the journal. Thread-safe.
 */
public final class RecordCodec {
    static final int VERSION = 1;

    private static final int MAX_ID = 256;
    private static final int MAX_TEXT = 2048;
    private static final int MAX_LABELS = 64;
    private static final int MAX_ATTEMPTS = 64;

    private RecordCodec() {}

    /**
     * Encodes {@code entry}; longer texts are cut.
     *
     * @param maxBodyBytes how much of each body is kept; 0: neither body
     */
    public static byte[] encode(RequestRecord entry, int maxBodyBytes) {
        RecordWriter out = new RecordWriter();
        out.number(VERSION);
        out.text(entry.id(), MAX_ID);
        out.signed(micros(entry.startedAt()));
        out.text(entry.endpoint().name(), MAX_ID);
        out.optional(entry.keyId(), MAX_TEXT);
        out.optional(entry.keyName(), MAX_TEXT);
        out.optional(entry.team(), MAX_TEXT);
        out.optional(entry.user(), MAX_TEXT);
        out.text(entry.modelRequested(), MAX_TEXT);
        out.optional(entry.deployment(), MAX_TEXT);
        out.optional(entry.provider(), MAX_TEXT);
        out.optional(entry.providerKey(), MAX_TEXT);
        out.optional(entry.modelResponse(), MAX_TEXT);
        out.flag(entry.streamed());
        out.signed(entry.status());
        out.text(entry.outcome().name(), MAX_ID);
        out.optional(entry.errorCode(), MAX_TEXT);
        out.optional(entry.errorMessage(), MAX_TEXT);
        out.optional(entry.finishReason(), MAX_TEXT);
        usage(out, entry.usage());
        out.flag(entry.usageEstimated());
        price(out, entry.price());
        out.optionalDecimal(entry.spend().map(Money::usd));
        attempts(out, entry.attempts());
        out.signed(entry.durationMicros());
        out.signed(entry.firstTokenMicros());
        out.signed(entry.overheadMicros());
        out.signed(entry.requestBytes());
        out.signed(entry.responseBytes());
        labels(out, entry.tags(), entry.metadata());
        out.optional(entry.traceId(), MAX_ID);
        out.optional(entry.clientAddress(), MAX_ID);
        out.optional(entry.userAgent(), MAX_ID);
        out.optional(maxBodyBytes > 0 ? entry.requestBody() : Optional.empty(), maxBodyBytes);
        out.optional(maxBodyBytes > 0 ? entry.responseBody() : Optional.empty(), maxBodyBytes);
        return out.toBytes();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws UnreadableRecordException when the bytes are no record or of a newer version
     */
    public static RequestRecord decode(byte[] encoded) throws UnreadableRecordException {
        RecordReader in = new RecordReader(encoded);
        long version = in.number();
        if (version != VERSION) {
            throw new UnreadableRecordException(
                    "version: " + version + " (expected: " + VERSION + ")");
        }
        try {
            RequestRecord entry =
                    new RequestRecord(
                            in.text(),
                            instant(in.signed()),
                            Endpoint.valueOf(in.text()),
                            in.optional(),
                            in.optional(),
                            in.optional(),
                            in.optional(),
                            in.text(),
                            in.optional(),
                            in.optional(),
                            in.optional(),
                            in.optional(),
                            in.flag(),
                            (int) in.signed(),
                            Outcome.valueOf(in.text()),
                            in.optional(),
                            in.optional(),
                            in.optional(),
                            usage(in),
                            in.flag(),
                            price(in),
                            in.optionalDecimal().map(Money::new),
                            attempts(in),
                            in.signed(),
                            in.signed(),
                            in.signed(),
                            in.signed(),
                            in.signed(),
                            tags(in),
                            metadata(in),
                            in.optional(),
                            in.optional(),
                            in.optional(),
                            in.optional(),
                            in.optional());
            if (!in.atEnd()) {
                throw in.unreadable("more than a record");
            }
            return entry;
        } catch (IllegalArgumentException e) {
            throw in.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static void usage(RecordWriter out, Usage usage) {
        out.signed(usage.inputTokens());
        out.signed(usage.cachedInputTokens());
        out.signed(usage.cacheWriteTokens());
        out.signed(usage.audioInputTokens());
        out.signed(usage.imageInputTokens());
        out.signed(usage.outputTokens());
        out.signed(usage.reasoningTokens());
        out.signed(usage.audioOutputTokens());
        out.signed(usage.imageOutputTokens());
    }

    private static Usage usage(RecordReader in) throws UnreadableRecordException {
        return new Usage(
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed(),
                in.signed());
    }

    private static void price(RecordWriter out, Optional<Price> price) {
        out.flag(price.isPresent());
        if (price.isEmpty()) {
            return;
        }
        rates(out, price.get().rates());
        List<Price.Tier> tiers = price.get().tiers();
        out.number(tiers.size());
        for (Price.Tier tier : tiers) {
            out.signed(tier.over());
            rates(out, tier.rates());
        }
    }

    private static Optional<Price> price(RecordReader in) throws UnreadableRecordException {
        if (!in.flag()) {
            return Optional.empty();
        }
        Price.Rates rates = rates(in);
        int size = in.count();
        List<Price.Tier> tiers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            tiers.add(new Price.Tier(in.signed(), rates(in)));
        }
        return Optional.of(new Price(rates, tiers));
    }

    private static void rates(RecordWriter out, Price.Rates rates) {
        out.decimal(rates.input());
        out.decimal(rates.output());
        out.optionalDecimal(rates.cacheRead());
        out.optionalDecimal(rates.cacheWrite());
        out.optionalDecimal(rates.reasoning());
        out.optionalDecimal(rates.audioInput());
        out.optionalDecimal(rates.audioOutput());
        out.optionalDecimal(rates.imageInput());
        out.optionalDecimal(rates.imageOutput());
        out.optionalDecimal(rates.request());
    }

    private static Price.Rates rates(RecordReader in) throws UnreadableRecordException {
        BigDecimal input = in.decimal();
        BigDecimal output = in.decimal();
        return new Price.Rates(
                input,
                output,
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal(),
                in.optionalDecimal());
    }

    private static void attempts(RecordWriter out, List<AttemptRecord> attempts) {
        int size = Math.min(attempts.size(), MAX_ATTEMPTS);
        out.number(size);
        for (int i = 0; i < size; i++) {
            AttemptRecord attempt = attempts.get(i);
            out.text(attempt.deployment(), MAX_TEXT);
            out.optional(attempt.providerKey(), MAX_TEXT);
            out.signed(attempt.status());
            out.optional(attempt.fault(), MAX_TEXT);
            out.optional(attempt.message(), MAX_TEXT);
            out.signed(attempt.durationMicros());
        }
    }

    private static List<AttemptRecord> attempts(RecordReader in) throws UnreadableRecordException {
        int size = in.count();
        List<AttemptRecord> attempts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            attempts.add(
                    new AttemptRecord(
                            in.text(),
                            in.optional(),
                            (int) in.signed(),
                            in.optional(),
                            in.optional(),
                            in.signed()));
        }
        return attempts;
    }

    private static void labels(RecordWriter out, List<String> tags, Map<String, String> metadata) {
        int tagCount = Math.min(tags.size(), MAX_LABELS);
        out.number(tagCount);
        for (int i = 0; i < tagCount; i++) {
            out.text(tags.get(i), MAX_ID);
        }
        int left = Math.min(metadata.size(), MAX_LABELS);
        out.number(left);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            if (left-- == 0) {
                break;
            }
            out.text(entry.getKey(), MAX_ID);
            out.text(entry.getValue(), MAX_TEXT);
        }
    }

    private static List<String> tags(RecordReader in) throws UnreadableRecordException {
        int size = in.count();
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            tags.add(in.text());
        }
        return tags;
    }

    private static Map<String, String> metadata(RecordReader in) throws UnreadableRecordException {
        int size = in.count();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String name = in.text();
            metadata.put(name, in.text());
        }
        return metadata;
    }
}
