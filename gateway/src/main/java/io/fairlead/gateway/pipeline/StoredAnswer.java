package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.responses.stored.InputItems;
import io.fairlead.protocol.responses.stored.StoredResponse;
import io.fairlead.protocol.responses.stored.StoredResponses;
import io.fairlead.protocol.translate.InHouse;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * What a client is told of a response that the gateway keeps: the response, its input, or that it
 * is gone now. Immutable.
 *
 * @param remainder {@code /{id}}, {@code /{id}/input_items}, {@code /{id}/cancel}
 */
record StoredAnswer(
        ResponseArchive archive, String owner, String method, String remainder, String query)
        implements InHouse {

    @Override
    public Map<String, String> notes() {
        return Map.of();
    }

    @Override
    public byte[] made(BooleanSupplier abandoned) {
        int slash = remainder.indexOf('/', 1);
        String id = remainder.substring(1, slash < 0 ? remainder.length() : slash);
        String about = slash < 0 ? "" : remainder.substring(slash);
        return told(id, about).toString().getBytes(StandardCharsets.UTF_8);
    }

    private Json told(String id, String about) {
        return switch (method + " " + about) {
            case "GET " -> response(id);
            case "GET /input_items" -> inputItems(id);
            case "DELETE " -> deleted(id);
            case "POST /cancel" -> throw cancelled(id);
            default ->
                    throw new GatewayException(
                            ErrorCode.NOT_FOUND, "There is nothing at this path of a response.");
        };
    }

    private Json response(String id) {
        if (parameter("stream").filter("true"::equals).isPresent()) {
            throw new GatewayException(
                    GatewayError.of(
                                    ErrorCode.UNSUPPORTED_PARAMETER,
                                    "This response is kept by the gateway, which tells it whole"
                                            + " only.")
                            .withParam("stream"));
        }
        return found(id).response();
    }

    private StoredResponse found(String id) {
        return awaited(archive.find(id, owner)).orElseThrow(() -> notFound(id));
    }

    private Json inputItems(String id) {
        List<StoredResponse> chain = awaited(archive.chain(id, owner));
        if (chain.isEmpty()) {
            chain = List.of(found(id)); // what it went on from may have been deleted
        }
        try {
            return InputItems.page(
                    StoredResponses.inputOf(chain),
                    parameter("order"),
                    parameter("after"),
                    parameter("limit"));
        } catch (Unreadable e) {
            throw RequestWords.refusal(e);
        }
    }

    private Json deleted(String id) {
        if (!awaited(archive.delete(id, owner))) {
            throw notFound(id);
        }
        return StoredResponses.deleted(id);
    }

    /** Only what is made in the background can be cancelled, and that no other provider does. */
    private GatewayException cancelled(String id) {
        found(id);
        return new GatewayException(
                ErrorCode.INVALID_REQUEST, "Cannot cancel a synchronous response.");
    }

    private static GatewayException notFound(String id) {
        return new GatewayException(
                ErrorCode.NOT_FOUND, "Response with id '" + id + "' not found.");
    }

    private Optional<String> parameter(String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                String value = pair.substring(name.length() + 1);
                try {
                    return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    throw new GatewayException(
                            GatewayError.of(
                                            ErrorCode.INVALID_REQUEST,
                                            "'" + name + "' is not escaped as it must be.")
                                    .withParam(name));
                }
            }
        }
        return Optional.empty();
    }

    private static <T> T awaited(CompletableFuture<T> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            throw ResponseArchive.failure(e);
        }
    }
}
