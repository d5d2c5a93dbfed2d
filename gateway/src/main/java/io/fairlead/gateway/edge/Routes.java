package io.fairlead.gateway.edge;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.error.ErrorShapes.Shape;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The table from paths to routes. Immutable. */
final class Routes {
    private static final String POST = "POST";
    private static final String PASSTHROUGH = "/passthrough/";
    private static final String RESPONSES = "/v1/responses/";

    /** The base path of OpenRouter's clients. */
    static final String OPENROUTER = "/api/v1";

    private static final Route MODELS = new Route.Models("", Shape.OPENAI);
    private static final Route.Admin ADMIN = new Route.Admin();

    /** Paths of protocols that the contract names and that this version does not serve. */
    private static final List<String> LATER = List.of("/api/v1", "/console");

    /** Where Gemini's clients find models; a method follows the model. */
    private static final List<String> GEMINI_MODELS =
            List.of("/v1beta/models/", "/gemini/v1beta/models/", "/gemini/v1/models/");

    private static final String ANTHROPIC_MODELS = "/anthropic/v1/models/";

    private static final List<String> GEMINI_BASES =
            List.of("/v1beta/", "/gemini/v1beta/", "/gemini/v1/");

    /** Gemini's methods, as they follow a model. */
    private static final Map<String, Endpoint> METHODS =
            Map.of(
                    "generateContent", Endpoint.GENERATE_CONTENT,
                    "streamGenerateContent", Endpoint.GENERATE_CONTENT,
                    "countTokens", Endpoint.COUNT_CONTENT,
                    "embedContent", Endpoint.EMBED_CONTENT,
                    "batchEmbedContents", Endpoint.BATCH_EMBED_CONTENTS);

    private static final Map<String, Route> EXACT = exact();

    private Routes() {}

    /**
     * Where {@code path} leads.
     *
     * @param path raw path without query, checked by {@link RequestPath}
     */
    static Route of(String path) {
        Route route = EXACT.get(path);
        if (route != null) {
            return route;
        }
        if (path.startsWith(PASSTHROUGH) && path.length() > PASSTHROUGH.length()) {
            return new Route.Data(
                    Endpoint.PASSTHROUGH, path.substring(PASSTHROUGH.length() - 1), "");
        }
        if (path.startsWith(RESPONSES) && path.length() > RESPONSES.length()) {
            return responses(path.substring(RESPONSES.length() - 1));
        }
        Route.Data kept = KeptRoutes.of(path);
        if (kept != null) {
            return kept;
        }
        for (String models : GEMINI_MODELS) {
            if (path.startsWith(models)) {
                return content(path.substring(models.length() - 1));
            }
        }
        if (path.startsWith(ANTHROPIC_MODELS)) {
            return model(path.substring(ANTHROPIC_MODELS.length()), Shape.ANTHROPIC);
        }
        for (String base : GEMINI_BASES) {
            // Clients leave "models" out of the path when a name holds a slash.
            if (path.startsWith(base) && METHODS.containsKey(method(path))) {
                return content(path.substring(base.length() - 1));
            }
        }
        if (path.startsWith("/admin/v1/")) {
            return ADMIN;
        }
        if (path.startsWith("/v1/models/")) {
            return model(path.substring("/v1/models/".length()), Shape.OPENAI);
        }
        if (path.startsWith("/api/v1/models/")) {
            return model(path.substring("/api/v1/models/".length()), Shape.OPENAI);
        }
        return unknown(path);
    }

    private static Map<String, Route> exact() {
        Map<String, Route> table = new HashMap<>();
        for (Endpoint endpoint : Endpoint.values()) {
            if (endpoint != Endpoint.PASSTHROUGH
                    && !endpoint.modelInPath()
                    && !endpoint.keeps()
                    && endpoint != Endpoint.REALTIME) {
                table.put("/v1" + endpoint.path(), new Route.Data(endpoint, "", POST));
            }
        }
        for (Endpoint endpoint :
                List.of(
                        Endpoint.CHAT_COMPLETIONS,
                        Endpoint.RESPONSES,
                        Endpoint.MESSAGES,
                        Endpoint.EMBEDDINGS,
                        Endpoint.RERANK)) {
            table.put(OPENROUTER + endpoint.path(), new Route.Data(endpoint, "", POST));
        }
        for (Endpoint endpoint : List.of(Endpoint.MESSAGES, Endpoint.COUNT_TOKENS)) {
            table.put("/anthropic/v1" + endpoint.path(), new Route.Data(endpoint, "", POST));
        }
        table.put("/v2" + Endpoint.RERANK.path(), new Route.Data(Endpoint.RERANK, "", POST));
        table.put("/anthropic/v1/models", new Route.Models("", Shape.ANTHROPIC));
        for (String models : GEMINI_MODELS) {
            table.put(models.substring(0, models.length() - 1), new Route.Models("", Shape.GEMINI));
        }
        table.put("/v1/realtime", new Route.Data(Endpoint.REALTIME, "", "GET"));
        table.put("/v1/models", MODELS);
        table.put(OPENROUTER + "/models", MODELS);
        table.put("/health/live", new Route.Live());
        table.put("/health/ready", new Route.Ready());
        table.put("/metrics", new Route.Metrics());
        table.put("/", new Route.Root());
        return Map.copyOf(table);
    }

    /** {@code /{id}}, {@code /{id}/cancel}, {@code /{id}/input_items}. */
    private static Route responses(String remainder) {
        String methods =
                remainder.endsWith("/cancel")
                        ? POST
                        : remainder.indexOf('/', 1) > 0 ? "GET" : "GET, DELETE";
        return new Route.Data(Endpoint.RESPONSES, remainder, methods);
    }

    /** {@code /{model}:method}, or a model itself. */
    private static Route content(String remainder) {
        if (remainder.lastIndexOf(':') <= remainder.lastIndexOf('/')) {
            return model(remainder.substring(1), Shape.GEMINI);
        }
        Endpoint endpoint = METHODS.get(method(remainder));
        return endpoint == null
                ? new Route.Unknown(
                        Shape.GEMINI,
                        "There is no such method (expected: one of "
                                + String.join(", ", new TreeSet<>(METHODS.keySet()))
                                + ").")
                : new Route.Data(endpoint, remainder, POST);
    }

    private static String method(String path) {
        return path.substring(path.lastIndexOf(':') + 1);
    }

    private static Route model(String raw, Shape shape) {
        String id = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        return new Route.Models(id, shape);
    }

    private static Route unknown(String path) {
        for (String later : LATER) {
            if (path.equals(later) || path.startsWith(later + "/")) {
                return new Route.Unknown(
                        shapeOf(path), "This path is not in this version of Fairlead.");
            }
        }
        if (path.startsWith("/v1/realtime/")) {
            return new Route.Unknown(
                    Shape.OPENAI,
                    "Keys and calls that a provider makes for its clients would lead past this"
                            + " gateway. Connect to /v1/realtime with a key of this gateway.");
        }
        return new Route.Unknown(
                shapeOf(path),
                "There is nothing at this path. OpenAI clients use the base URL /v1.");
    }

    /** The protocol a client of this path speaks. */
    static Shape shapeOf(String path) {
        if (path.startsWith("/v1/messages") || path.startsWith("/anthropic")) {
            return Shape.ANTHROPIC;
        }
        if (path.startsWith("/v1beta") || path.startsWith("/gemini")) {
            return Shape.GEMINI;
        }
        return Shape.OPENAI;
    }
}
