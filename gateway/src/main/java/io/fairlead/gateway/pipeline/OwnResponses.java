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
    private static final ByteMark NAMED = new ByteMark('"' + PREFIX);

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

    /** The response of ours that a request goes on from. */
    static Optional<String> previous(ClientRequest request, byte[] body) {
        boolean mayGoOn =
                request.endpoint() == Endpoint.RESPONSES
                        || request.endpoint() == Endpoint.INPUT_TOKENS;
        if (!mayGoOn || !request.remainder().isEmpty() || !NAMED.isIn(body)) {
            return Optional.empty();
        }
        try {
            return Fields.parse(body)
                    .get("previous_response_id")
                    .filter(Json::isString)
                    .map(Json::text)
                    .filter(id -> id.startsWith(PREFIX));
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
        String text = new String(last, StandardCharsets.UTF_8);
        int event = text.lastIndexOf("event: response.");
        int data = event < 0 ? -1 : text.indexOf("\ndata: ", event);
        int end = data < 0 ? -1 : text.indexOf('\n', data + 1);
        return end < 0
                ? Optional.empty()
                : Optional.of(
                        text.substring(data + "\ndata: ".length(), end)
                                .getBytes(StandardCharsets.UTF_8));
    }
}
