package io.fairlead.protocol.translate;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.EventStream;
import io.fairlead.protocol.codec.ProviderRequest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One attempt at a provider that speaks otherwise than the client: its request, and what becomes of
 * its answer. One answer can be read by it; confined to one thread.
 */
public interface Translation {
    /** What the provider is sent. */
    ProviderRequest request();

    /**
     * What the provider is sent, where one answer takes several calls of it: they may be made at
     * the same time, and the answers come as one JSON array, in this order.
     */
    default List<ProviderRequest> requests() {
        return List.of(request());
    }

    /** Names of the parameters that were left out, for {@code x-fairlead-dropped}. */
    List<String> dropped();

    /**
     * Hears the headers of a unary answer, before its body, if it wants to know any; of several
     * answers, the first one's, and the sums of what their headers count.
     *
     * @param headers by name
     */
    default void head(Function<String, Optional<String>> headers) {}

    /**
     * Translates a unary answer with a 2xx status.
     *
     * @param contentType as the provider gave it
     */
    Unary answer(Optional<String> contentType, byte[] body);

    /**
     * The media type under which a unary answer passes to the client as it comes, if it is neither
     * JSON nor text; empty: it is to be translated.
     */
    default Optional<String> passing() {
        return Optional.empty();
    }

    /** Media type of the client's stream. */
    default String streamType() {
        return "text/event-stream";
    }

    /**
     * Translates a streamed answer; asked only where the client asked for a stream.
     *
     * @param maxEventBytes the largest message to take; a larger one is a fault
     */
    default EventStream stream(int maxEventBytes) {
        throw new IllegalStateException("not streamed (expected: Endpoint.streams() says so)");
    }

    /**
     * A unary answer, or why it is none.
     *
     * @param bytes the client's answer; empty if there is a fault
     * @param contentType of the client's answer
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
    record Unary(
            byte[] bytes,
            String contentType,
            Optional<Usage> usage,
            Optional<String> model,
            Optional<String> finishReason,
            Optional<ProviderFault> fault) {
        private static final String JSON = "application/json";

        /** An answer in JSON. */
        public static Unary json(
                byte[] bytes,
                Optional<Usage> usage,
                Optional<String> model,
                Optional<String> finishReason) {
            return new Unary(bytes, JSON, usage, model, finishReason, Optional.empty());
        }

        /** No answer. */
        public static Unary broken(ProviderFault fault) {
            return new Unary(
                    new byte[0],
                    JSON,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(fault));
        }
    }
}
