package io.fairlead.gateway.ledger;

import io.fairlead.gateway.catalogue.Price;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Money;
import io.fairlead.kernel.Usage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the ledger keeps of one request: who, what, where it went, what it used and what it
 * cost at that moment. Written once, when the outcome is known and before the end of the answer
 * goes to the client. Immutable.
 *
 * @param id the request id, unique; also {@code x-fairlead-request-id}
 * @param startedAt when the request's head was read
 * @param endpoint the operation
 * @param keyId public id of the virtual key
 * @param keyName the key's name
 * @param team the key's team
 * @param user the user the client named
 * @param modelRequested the model as asked for; empty when the request names none
 * @param deployment {@code provider/model} that answered or was tried last; absent when none was
 *     tried
 * @param provider its provider
 * @param providerKey id of the provider key used
 * @param modelResponse the model the provider says it used
 * @param streamed whether the answer was a stream
 * @param status HTTP status the client got (or would have got, when it had hung up)
 * @param outcome how it ended
 * @param errorCode wire name of the error code, when there was one
 * @param errorMessage the message the client got
 * @param finishReason the provider's finish reason
 * @param usage what was used
 * @param usageEstimated usage was counted by us, not reported by the provider (a cut or cancelled
 *     stream)
 * @param price the price at that moment; absent: unpriced
 * @param spend usage times price; absent: unpriced
 * @param attempts every attempt in order
 * @param durationMicros from the request's head to the end of the answer
 * @param firstTokenMicros from the request's head to the first output token; -1: none
 * @param overheadMicros time spent in the gateway outside upstream calls
 * @param requestBytes size of the request body
 * @param responseBytes size of the answer's body
 * @param tags tags of client and key
 * @param metadata metadata of client and key
 * @param traceId W3C trace id, when one came in
 * @param clientAddress the peer's address
 * @param userAgent the client's {@code User-Agent}, shortened
 * @param requestBody the request body, only where storing bodies is switched on
 * @param responseBody the answer's body, likewise
 */
public record RequestRecord(
        String id,
        Instant startedAt,
        Endpoint endpoint,
        Optional<String> keyId,
        Optional<String> keyName,
        Optional<String> team,
        Optional<String> user,
        String modelRequested,
        Optional<String> deployment,
        Optional<String> provider,
        Optional<String> providerKey,
        Optional<String> modelResponse,
        boolean streamed,
        int status,
        Outcome outcome,
        Optional<String> errorCode,
        Optional<String> errorMessage,
        Optional<String> finishReason,
        Usage usage,
        boolean usageEstimated,
        Optional<Price> price,
        Optional<Money> spend,
        List<AttemptRecord> attempts,
        long durationMicros,
        long firstTokenMicros,
        long overheadMicros,
        long requestBytes,
        long responseBytes,
        List<String> tags,
        Map<String, String> metadata,
        Optional<String> traceId,
        Optional<String> clientAddress,
        Optional<String> userAgent,
        Optional<String> requestBody,
        Optional<String> responseBody) {

    /** How a request ended. */
    public enum Outcome {
        /** The whole answer went to the client. */
        COMPLETED,
        /** An error went to the client, before or after the commit point. */
        FAILED,
        /** The client hung up first. */
        CANCELLED
    }

    /**
     * One attempt.
     *
     * @param deployment {@code provider/model}
     * @param providerKey id of the provider key
     * @param status the provider's HTTP status; 0: no answer
     * @param fault what went wrong ({@code throttled}, {@code timed_out} …); absent: nothing
     * @param message the provider's message, cleaned and shortened
     * @param durationMicros how long it took
     */
    public record AttemptRecord(
            String deployment,
            Optional<String> providerKey,
            int status,
            Optional<String> fault,
            Optional<String> message,
            long durationMicros) {}

    public RequestRecord {
        attempts = List.copyOf(attempts);
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }
}
