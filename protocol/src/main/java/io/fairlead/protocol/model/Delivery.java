package io.fairlead.protocol.model;

import java.util.Optional;

/**
 * How the answer is to be made and kept. Immutable.
 *
 * @param stream as events while it is made
 * @param usageInStream whether the stream shall end with the usage; empty: the protocol's default
 * @param serviceTier in the provider's words: {@code auto}, {@code flex}, {@code priority} …
 * @param store whether it can be asked for later
 * @param previous id of the stored answer that this request goes on from
 * @param background whether it is made without the client waiting
 */
public record Delivery(
        boolean stream,
        Optional<Boolean> usageInStream,
        Optional<String> serviceTier,
        Optional<Boolean> store,
        Optional<String> previous,
        Optional<Boolean> background) {
    public static final Delivery UNARY =
            new Delivery(
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public Delivery withStream(boolean value) {
        return new Delivery(value, usageInStream, serviceTier, store, previous, background);
    }

    public Delivery withUsageInStream(Optional<Boolean> value) {
        return new Delivery(stream, value, serviceTier, store, previous, background);
    }

    public Delivery withServiceTier(Optional<String> value) {
        return new Delivery(stream, usageInStream, value, store, previous, background);
    }

    public Delivery withStore(Optional<Boolean> value) {
        return new Delivery(stream, usageInStream, serviceTier, value, previous, background);
    }

    public Delivery withPrevious(Optional<String> value) {
        return new Delivery(stream, usageInStream, serviceTier, store, value, background);
    }

    public Delivery withBackground(Optional<Boolean> value) {
        return new Delivery(stream, usageInStream, serviceTier, store, previous, value);
    }
}
