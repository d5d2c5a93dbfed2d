package io.fairlead.gateway.edge;

import io.fairlead.kernel.Endpoint;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/** The table of paths of files and batches, which go on with ids. Stateless. */
final class KeptRoutes {
    private static final String POST = "POST";
    private static final String GET = "GET";
    private static final String GET_POST = "GET, POST";
    private static final String GET_DELETE = "GET, DELETE";

    /**
     * Paths of one kind.
     *
     * @param methods of the kind as a whole, of one thing, and of what there is of it
     */
    private record Kind(
            String path,
            Endpoint endpoint,
            String methods,
            String methodsOfOne,
            Map<String, String> parts) {}

    private static final Map<String, String> CONTENT = Map.of("content", GET);

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("/v1/files", Endpoint.FILES, GET_POST, GET_DELETE, CONTENT),
                    new Kind(
                            "/v1/uploads",
                            Endpoint.UPLOADS,
                            POST,
                            "",
                            Map.of("parts", POST, "complete", POST, "cancel", POST)),
                    new Kind(
                            "/v1/batches", Endpoint.BATCHES, GET_POST, GET, Map.of("cancel", POST)),
                    new Kind(
                            "/anthropic/v1/files",
                            Endpoint.ANTHROPIC_FILES,
                            GET_POST,
                            GET_DELETE,
                            CONTENT),
                    batchesOfMessages("/v1/messages/batches"),
                    batchesOfMessages("/anthropic/v1/messages/batches"));

    private KeptRoutes() {}

    private static Kind batchesOfMessages(String path) {
        return new Kind(
                path,
                Endpoint.MESSAGE_BATCHES,
                GET_POST,
                GET_DELETE,
                Map.of("cancel", POST, "results", GET));
    }

    /** Where {@code path} leads; null: not here. */
    static Route.@Nullable Data of(String path) {
        for (Kind kind : KINDS) {
            if (path.startsWith(kind.path())) {
                String remainder = path.substring(kind.path().length());
                String methods = methods(kind, remainder);
                if (!methods.isEmpty()) {
                    return new Route.Data(kind.endpoint(), remainder, methods);
                }
            }
        }
        return null;
    }

    /** What may be done there; empty: there is nothing. */
    private static String methods(Kind kind, String remainder) {
        if (remainder.isEmpty()) {
            return kind.methods();
        }
        if (remainder.charAt(0) != '/' || remainder.length() < 2) {
            return "";
        }
        int slash = remainder.indexOf('/', 1);
        if (slash < 0) {
            return kind.methodsOfOne();
        }
        return slash == 1 ? "" : kind.parts().getOrDefault(remainder.substring(slash + 1), "");
    }

    /** Files have the same path at OpenAI and Anthropic: the header tells whose client it is. */
    static Route of(Route route, boolean anthropic) {
        return anthropic && route instanceof Route.Data data && data.endpoint() == Endpoint.FILES
                ? new Route.Data(Endpoint.ANTHROPIC_FILES, data.remainder(), data.methods())
                : route;
    }
}
