package io.fairlead.protocol.service.count;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.translate.InHouse;

import java.util.Map;
import java.util.function.BooleanSupplier;

/** A count that the gateway makes itself. Immutable; its work may be done in any thread. */
final class LocalCount implements InHouse {
    private final Endpoint client;
    private final ChatRequest conversation;
    private final Tokenizer tokenizer;

    /**
     * @throws Unsupported if parts of the conversation are not in the request
     */
    LocalCount(Endpoint client, ChatRequest conversation) {
        if (conversation.delivery().previous().isPresent()) {
            throw new Unsupported(
                    "previous_response_id",
                    "only the provider that keeps the earlier response can count it");
        }
        this.client = client;
        this.conversation = conversation;
        this.tokenizer = Tokenizer.of(conversation.model());
    }

    @Override
    public byte[] made(BooleanSupplier abandoned) {
        Estimate estimate = new Estimate(tokenizer, conversation.model(), abandoned);
        return Counts.write(client, estimate.of(conversation));
    }

    @Override
    public Map<String, String> notes() {
        return Map.of(Counting.COUNTED_BY, "local", "x-fairlead-tokenizer", tokenizer.wireName());
    }
}
