package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Principal;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.ByteMark;
import io.fairlead.protocol.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells responses that the gateway keeps from those of providers, by their ids. Stateless. */
final class OwnResponses {
    /** Ids of providers go on with hexadecimal digits, which these are not. */
    private static final String MARK = "fl";

    private static final String PREFIX = "resp_" + MARK;
    private static final ByteMark NAMED = new ByteMark("previous_response_id");

    private static final String DATA = "data:";

    private OwnResponses() {}

    /** From what the ids of a response to {@code request} are made. */
    static String idBase(ClientRequest request) {
        return MARK + RequestWords.plainId(request);
    }

    /** Whether a response that the gateway keeps is asked for, or something about it. */
    static boolean asked(ClientRequest request) {
        return request.endpoint() == Endpoint.RESPONSES
                && request.remainder().startsWith("/" + PREFIX);
    }

    /** Whether a request asks for a response that was made before, or something about it. */
    static boolean asksForOne(ClientRequest request) {
        return request.endpoint() == Endpoint.RESPONSES && !request.remainder().isEmpty();
    }

    /** Whether the gateway gave this id. */
    static boolean isOurs(String id) {
        return id.startsWith(PREFIX);
    }

    /**
     * The response that a request is about: the one it goes on from, or one with a provider's id
     * that it asks for.
     */
    static Optional<String> named(ClientRequest request, byte[] body) {
        if (asksForOne(request)) {
            String path = request.remainder().substring(1);
            int end = path.indexOf('/');
            return Optional.of(end < 0 ? path : path.substring(0, end))
                    .filter(id -> !id.isEmpty() && !isOurs(id));
        }
        boolean mayGoOn =
                request.endpoint() == Endpoint.RESPONSES
                        || request.endpoint() == Endpoint.INPUT_TOKENS;
        if (!mayGoOn || !NAMED.isIn(body)) {
            return Optional.empty();
        }
        try {
            return Fields.parse(body)
                    .get("previous_response_id")
                    .filter(Json::isString)
                    .map(Json::text)
                    .filter(id -> !id.isEmpty());
        } catch (Unreadable e) {
            return Optional.empty(); // whoever reads it for good says what is wrong
        }
    }

    /** Who may have a response again: the key that asked for it. */
    static String owner(Principal principal) {
        return principal.admin() ? "(admin)" : principal.keyId().orElse("");
    }

    static GatewayError previousNotFound(String id) {
        return GatewayError.of(
                        ErrorCode.PREVIOUS_RESPONSE_NOT_FOUND,
                        "Previous response with id '" + id + "' not found.")
                .withParam("previous_response_id");
    }

    /**
     * The whole response within what the client got last: a whole answer, or the end of a stream.
     * Empty: there is none.
     */
    static Optional<byte[]> whole(boolean stream, byte[] last) {
        if (!stream) {
            return Optional.of(last);
        }
        String data = "";
        StringBuilder event = new StringBuilder();
        for (String line : (new String(last, StandardCharsets.UTF_8) + "\n").split("\\R", -1)) {
            if (line.startsWith(DATA)) {
                event.append(
                        line,
                        line.startsWith(DATA + " ") ? DATA.length() + 1 : DATA.length(),
                        line.length());
            } else if (line.isEmpty() && !event.isEmpty()) {
                data = event.toString();
                event.setLength(0);
            }
        }
        return data.startsWith("{")
                ? Optional.of(data.getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
