package io.fairlead.protocol.translate;

import io.fairlead.protocol.codec.ProviderRequest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * A translation that asks no provider: the gateway makes the answer itself. What {@link #answer} is
 * given is what {@link #made} gave. Its answer may be made in any one thread; all else is confined
 * to one.
 */
public interface InHouse extends Translation {
    /**
     * The client's answer, in JSON. Takes its time, so it is not for event loops.
     *
     * @param abandoned looked at now and then: nobody waits for it any more
     * @throws CancellationException if it was abandoned
     */
    byte[] made(BooleanSupplier abandoned);

    /** Headers of ours that tell how it was made. */
    Map<String, String> notes();

    @Override
    default ProviderRequest request() {
        throw new IllegalStateException("nobody is asked (expected: made() is the answer)");
    }

    @Override
    default List<String> dropped() {
        return List.of();
    }

    @Override
    default Unary answer(Optional<String> contentType, byte[] body) {
        return Unary.json(body, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
