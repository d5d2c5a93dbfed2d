package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Resilience;
import io.fairlead.gateway.routing.Router;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.kernel.Service;
import io.fairlead.protocol.codec.Paths;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A client's call about files or batches: which provider keeps them, and what it is told.
 * Immutable, as long as nobody changes the body.
 *
 * @param keeper where it goes
 * @param target path and query, in origin form
 * @param body empty for none
 * @param content whether the answer is what a file holds, and tells nothing about it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
record KeptCall(Deployment keeper, String target, byte[] body, boolean content) {
    /** Says which provider is meant, where no id does. */
    static final String PROVIDER = "x-fairlead-provider";

    private static final String PROVIDER_PARAMETER = "provider";
    private static final Set<String> CURSORS = Set.of("after", "after_id", "before_id");
    private static final Set<String> CONTENTS = Set.of("content", "results");

    /**
     * Reads a call.
     *
     * @throws GatewayException what the client got wrong, or may not do
     */
    static KeptCall of(ClientRequest request, Principal principal, byte[] bytes, Router router) {
        Endpoint endpoint = request.endpoint();
        Keeper keeper = new Keeper(router.accounts());
        String named = request.header(PROVIDER);
        if (named != null) {
            keeper.named(named.strip(), PROVIDER);
        }
        String[] steps = steps(request.remainder());
        String path = path(steps, keeper);
        String query = query(request.query(), keeper);
        byte[] body = KeptRequest.body(request, bytes, keeper, router);
        Deployment deployment = keeper.account(endpoint).keeping(endpoint);
        if (!Access.allows(principal, deployment.provider() + "/*")) {
            throw new GatewayException(
                    ErrorCode.FORBIDDEN,
                    "This API key may not use what " + deployment.provider() + " keeps.");
        }
        return new KeptCall(
                request.method().equals("POST") ? once(deployment) : deployment,
                deployment.address().target(endpoint, path, query),
                body,
                steps.length == 2 && CONTENTS.contains(steps[1]));
    }

    /** What was made twice would be kept, and paid, twice; and an upload takes its time. */
    private static Deployment once(Deployment keeper) {
        Resilience usual = keeper.resilience();
        return keeper.with(
                new Resilience(
                        0,
                        usual.breaker(),
                        usual.connect(),
                        usual.total(),
                        usual.idle(),
                        usual.total()));
    }

    /** Whether the provider begins work that costs: only a new batch does. */
    boolean makes(ClientRequest request) {
        return request.endpoint().service().equals(Optional.of(Service.BATCHES))
                && request.method().equals("POST")
                && request.remainder().isEmpty();
    }

    private static String[] steps(String remainder) {
        return remainder.isEmpty() ? new String[0] : remainder.substring(1).split("/", -1);
    }

    /** {@code /{id}} and what follows it. */
    private static String path(String[] steps, Keeper keeper) {
        if (steps.length == 0) {
            return "";
        }
        String id = keeper.plain(decoded(steps[0]), "id");
        String rest = steps.length == 1 ? "" : "/" + steps[1];
        return "/" + Paths.segment(id) + rest;
    }

    /** The query as the provider may see it: without our own parameters, and with plain ids. */
    private static String query(String query, Keeper keeper) {
        StringBuilder kept = new StringBuilder(query.length());
        for (String pair : query.split("&", -1)) {
            int is = pair.indexOf('=');
            String name = is < 0 ? pair : pair.substring(0, is);
            String value = is < 0 ? "" : pair.substring(is + 1);
            if (name.equals(PROVIDER_PARAMETER)) {
                keeper.named(decoded(value), PROVIDER_PARAMETER);
            } else if (!name.equals("key") && !name.isEmpty()) {
                String sent =
                        CURSORS.contains(name)
                                ? name + "=" + Paths.segment(keeper.plain(decoded(value), name))
                                : pair;
                kept.append(kept.isEmpty() ? "" : "&").append(checked(sent));
            }
        }
        return kept.toString();
    }

    private static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new GatewayException(
                    ErrorCode.INVALID_REQUEST, "The path or its query is not well encoded.");
        }
    }

    private static String checked(String pair) {
        for (int i = 0; i < pair.length(); i++) {
            char c = pair.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '#') {
                throw new GatewayException(
                        ErrorCode.INVALID_REQUEST, "The query is not well encoded.");
            }
        }
        return pair;
    }
}
