package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.responses.ResponseArchive;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.responses.stored.InputItems;
import io.fairlead.protocol.responses.stored.Replay;
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
        return streamed(about)
                ? Replay.events(found(id).response(), startingAfter())
                : told(id, about).toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Unary answer(Optional<String> contentType, byte[] body) {
        return streamed(remainder.indexOf('/', 1) < 0 ? "" : remainder)
                ? new Unary(
                        body,
                        streamType(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                : InHouse.super.answer(contentType, body);
    }

    private boolean streamed(String about) {
        return about.isEmpty()
                && method.equals("GET")
                && parameter("stream").filter("true"::equals).isPresent();
    }

    /** The number of the last event that the client has. */
    private long startingAfter() {
        Optional<String> last = parameter("starting_after");
        try {
            long number = last.isEmpty() ? -1 : Long.parseLong(last.get());
            if (last.isEmpty() || number >= 0) {
                return number;
            }
        } catch (NumberFormatException none) {
            // as one that is out of range
        }
        throw new GatewayException(
                GatewayError.of(
                                ErrorCode.INVALID_REQUEST,
                                "starting_after: is no number of an event (expected: 0 or more).")
                        .withParam("starting_after"));
    }

    private Json told(String id, String about) {
        return switch (method + " " + about) {
            case "GET " -> found(id).response();
            case "GET /input_items" -> inputItems(id);
            case "DELETE " -> deleted(id);
            case "POST /cancel" -> throw cancelled(id);
            default ->
                    throw new GatewayException(
                            ErrorCode.NOT_FOUND, "There is nothing at this path of a response.");
        };
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
