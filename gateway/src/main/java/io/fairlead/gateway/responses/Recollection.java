package io.fairlead.gateway.responses;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.responses.stored.StoredResponse;
import io.fairlead.protocol.responses.stored.StoredResponses;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what one owner has in a store: responses, and notes of which provider keeps one. Confined
 * to the store's thread.
 *
 * @param oldest what is older is not there, although it may not have been removed yet
 */
record Recollection(ResponseStore store, String owner, Instant oldest) {
    private static final String KEPT_BY = "kept_by";

    /** A note that this provider keeps a response. */
    static byte[] note(String provider) {
        return new JsonObject().put(KEPT_BY, provider).toBytes();
    }

    private static Optional<String> keeper(byte[] body) {
        return Fields.parse(body).get(KEPT_BY).filter(Json::isString).map(Json::text);
    }

    /** A response that is kept here. */
    Optional<StoredResponse> found(String id) {
        return store.find(id, owner, oldest)
                .filter(body -> keeper(body).isEmpty())
                .map(StoredResponse::read);
    }

    /**
     * Where a response is.
     *
     * @param request the one that goes on from it; empty: none
     */
    Recalled recall(String id, byte[] request) {
        Optional<byte[]> body = store.find(id, owner, oldest);
        Optional<String> keeper = body.flatMap(Recollection::keeper);
        if (keeper.isPresent()) {
            return new Recalled.KeptBy(keeper.get());
        }
        if (body.isEmpty() || request.length == 0) {
            return body.isEmpty() ? new Recalled.Unknown() : new Recalled.Here(request);
        }
        List<StoredResponse> chain = chain(id);
        return chain.isEmpty()
                ? new Recalled.Unknown()
                : new Recalled.Here(
                        utf8(StoredResponses.continued(Fields.parse(request), chain).toString()));
    }

    /**
     * A response after all that it goes on from, the oldest first; empty: one of them is not there.
     */
    List<StoredResponse> chain(String id) {
        List<StoredResponse> chain = new ArrayList<>();
        long bytes = 0;
        Optional<String> next = Optional.of(id);
        while (next.isPresent()) {
            Optional<byte[]> body =
                    store.find(next.get(), owner, oldest).filter(it -> keeper(it).isEmpty());
            if (body.isEmpty()) {
                return List.of();
            }
            bytes += body.get().length;
            if (bytes > ArchiveLimits.MOST_CONVERSATION
                    || chain.size() == ArchiveLimits.MOST_LINKS) {
                throw new GatewayException(
                        GatewayError.of(
                                        ErrorCode.INVALID_REQUEST,
                                        "The conversation that this response goes on from is too"
                                                + " long.")
                                .withParam("previous_response_id"));
            }
            StoredResponse link = StoredResponse.read(body.get());
            chain.add(link);
            next = link.previous();
        }
        return chain.reversed();
    }
}
