package io.fairlead.protocol.service.count;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.anthropic.AnthropicProtocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.Optional;
import java.util.function.LongFunction;

/** Reads and writes counts. Stateless: any thread. */
final class Counts {
    private Counts() {}

    /**
     * Reads what a provider has counted.
     *
     * @param told what the client gets of it
     */
    static Unary read(Dialect provider, byte[] body, LongFunction<byte[]> told) {
        String member =
                switch (provider) {
                    case GEMINI, VERTEX -> "totalTokens";
                    case BEDROCK -> "inputTokens";
                    default -> "input_tokens";
                };
        try {
            Fields fields = Fields.ofAnswer(Fields.parse(body));
            Optional<Long> count = fields.count(member).filter(it -> it >= 0);
            // Google leaves out what is zero.
            boolean none = provider == Dialect.GEMINI || provider == Dialect.VERTEX;
            if (count.isEmpty() && (!none || fields.has("error"))) {
                return Unary.broken(
                        new ProviderFault.Malformed("the provider's count has no " + member));
            }
            return Unary.json(
                    told.apply(count.orElse(0L)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        } catch (Unreadable unreadable) {
            return Unary.broken(
                    new ProviderFault.Malformed(
                            "the provider's count can't be read: " + unreadable.getMessage()));
        }
    }

    /** A count as clients of this operation want it. */
    static byte[] write(Endpoint client, long count) {
        return switch (client) {
            case COUNT_TOKENS -> AnthropicProtocol.MESSAGES.writeCount(count);
            case COUNT_CONTENT -> new JsonObject().put("totalTokens", count).toBytes();
            default ->
                    new JsonObject()
                            .put("object", "response.input_tokens")
                            .put("input_tokens", count)
                            .toBytes();
        };
    }
}
