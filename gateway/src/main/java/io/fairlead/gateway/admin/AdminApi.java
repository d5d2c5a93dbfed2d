package io.fairlead.gateway.admin;

import io.fairlead.gateway.ledger.LedgerReader;
import io.fairlead.gateway.ledger.RequestPage;
import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.StoreUnavailableException;
import io.fairlead.gateway.ledger.UsageQuery;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * Answers {@code /admin/v1/usage}, {@code /admin/v1/requests} and {@code /admin/v1/requests/{id}}.
 * Who may ask is decided before. Blocks, so it is called on virtual threads; thread-safe.
 */
public final class AdminApi {
    private static final String ROOT = "/admin/v1/";
    private static final String REQUESTS = "requests";

    private final LedgerReader ledger;
    private final InstantSource clock;
    private final JsonMapper json = new JsonMapper();

    public AdminApi(LedgerReader ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** What goes back: a status and a JSON text. */
    public record Answer(int status, String json) {
        /** The text as it goes over the wire. */
        public byte[] body() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Answers one call.
     *
     * @param path raw path
     * @param query raw query; empty: none
     * @throws GatewayException for what the client shall see
     */
    public Answer answer(String method, String path, String query) {
        String asked = path.startsWith(ROOT) ? path.substring(ROOT.length()) : "";
        boolean one = asked.startsWith(REQUESTS + "/");
        if (!one && !asked.equals(REQUESTS) && !asked.equals("usage")) {
            throw new GatewayException(
                    ErrorCode.NOT_FOUND,
                    "There is no " + path + " (expected: /admin/v1/requests or /admin/v1/usage).");
        }
        if (!method.equals("GET")) {
            throw new GatewayException(
                    ErrorCode.METHOD_NOT_ALLOWED, method + " on " + path + " (expected: GET).");
        }
        try {
            QueryParameters parameters = QueryParameters.parse(query, clock);
            JsonNode answer =
                    one
                            ? request(decoded(asked.substring(REQUESTS.length() + 1)), parameters)
                            : asked.equals(REQUESTS) ? requests(parameters) : usage(parameters);
            return new Answer(200, json.writeValueAsString(answer));
        } catch (StoreUnavailableException e) {
            throw new GatewayException(
                    ErrorCode.LEDGER_UNAVAILABLE,
                    "The ledger can't be read now; its records are safe. " + e.getMessage());
        }
    }

    private JsonNode request(String id, QueryParameters parameters) {
        parameters.finish();
        return ledger.request(id)
                .map(entry -> RecordJson.write(json.createObjectNode(), entry, true))
                .orElseThrow(() ->
                        new GatewayException(
                                ErrorCode.NOT_FOUND, "There is no request " + id + "."));
    }

    private JsonNode requests(QueryParameters parameters) {
        RequestPage page = ledger.requests(AdminQueries.requests(parameters));
        ObjectNode answer = json.createObjectNode();
        answer.put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (RequestRecord entry : page.entries()) {
            RecordJson.write(data.addObject(), entry, false);
        }
        answer.put("next", page.next().map(cursor -> cursor.encode()).orElse(null));
        return answer;
    }

    private JsonNode usage(QueryParameters parameters) {
        UsageQuery query = AdminQueries.usage(parameters);
        return UsageJson.write(json.createObjectNode(), query, ledger.usage(query));
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return segment;
        }
    }
}
