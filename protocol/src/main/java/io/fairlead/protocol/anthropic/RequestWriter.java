package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes requests: to make a message, and to count its tokens. Stateless: any thread. */
final class RequestWriter {
    private static final String VERSION = "2023-06-01";

    private RequestWriter() {}

    static ProviderRequest message(Variant variant, ChatRequest request) {
        JsonObject body = body(variant, request);
        if (!variant.modelInPath()) {
            body.put("model", request.model());
        }
        limits(request, body);
        boolean stream = request.delivery().stream();
        if (stream && variant != Variant.BEDROCK) {
            body.put("stream", true);
        }
        body.merge(request.beside().of(Own.ORIGIN));
        if (variant == Variant.BEDROCK) {
            body.remove("stream");
        }
        String path =
                switch (variant) {
                    case MESSAGES -> "/messages";
                    case VERTEX ->
                            "/publishers/anthropic/models/"
                                    + Paths.segment(request.model())
                                    + (stream ? ":streamRawPredict" : ":rawPredict");
                    case BEDROCK ->
                            "/model/"
                                    + Paths.segment(request.model())
                                    + (stream ? "/invoke-with-response-stream" : "/invoke");
                };
        return new ProviderRequest(path, headers(variant, request), body.toBytes());
    }

    static ProviderRequest count(Variant variant, ChatRequest request) {
        JsonObject body = body(variant, request);
        body.put("model", request.model());
        body.merge(request.beside().of(Own.ORIGIN));
        for (String other : List.of("stream", "max_tokens", "stop_sequences", "metadata")) {
            body.remove(other);
        }
        String path =
                variant == Variant.VERTEX
                        ? "/publishers/anthropic/models/count-tokens:rawPredict"
                        : "/messages/count_tokens";
        return new ProviderRequest(path, headers(variant, request), body.toBytes());
    }

    /** What both kinds of requests have. */
    private static JsonObject body(Variant variant, ChatRequest request) {
        JsonObject body = new JsonObject();
        if (!variant.version().isEmpty()) {
            body.put("anthropic_version", variant.version());
        }
        String betas = betas(request.beside());
        if (variant == Variant.BEDROCK && !betas.isEmpty()) {
            JsonArray array = body.array("anthropic_beta");
            for (String beta : betas.split(",", -1)) {
                array.add(beta.strip());
            }
        }
        turns(request.turns(), body);
        ToolShapes.write(request.tools(), body);
        request.thinking().ifPresent(thinking -> ThinkingShapes.write(thinking, body));
        if (request.output().format().orElse(null) instanceof OutputFormat.JsonSchema schema) {
            boolean older = request.beside().form(Own.ORIGIN, RequestReader.OUTPUT_FORMAT);
            JsonObject format =
                    older
                            ? body.object("output_format")
                            : body.object("output_config").object("format");
            format.put("type", "json_schema").put("schema", schema.schema());
        }
        return body;
    }

    private static void limits(ChatRequest request, JsonObject body) {
        body.put("max_tokens", request.output().maxTokens())
                .put("temperature", request.sampling().temperature())
                .put("top_p", request.sampling().topP())
                .put("top_k", request.sampling().topK())
                .put("service_tier", request.delivery().serviceTier());
        if (!request.sampling().stop().isEmpty()) {
            body.put("stop_sequences", JsonArray.ofTexts(request.sampling().stop()));
        }
        if (request.caller().user().isPresent()) {
            body.object("metadata").put("user_id", request.caller().user());
        }
    }

    private static void turns(List<Turn> turns, JsonObject body) {
        int first = 0;
        while (first < turns.size() && isSystem(turns.get(first))) {
            first++;
        }
        if (first > 0) {
            system(turns.subList(0, first), body);
        }
        JsonArray messages = body.array("messages");
        for (Turn turn : turns.subList(first, turns.size())) {
            JsonObject message = messages.addObject().put("role", role(turn.role()));
            PartWriter.content(message, "content", turn.parts(), turn.beside());
            message.merge(turn.beside().of(Own.ORIGIN));
        }
    }

    private static boolean isSystem(Turn turn) {
        return turn.role().instructs() && !turn.beside().form(Own.ORIGIN, RequestReader.AS_MESSAGE);
    }

    private static void system(List<Turn> turns, JsonObject body) {
        List<Part> parts = new ArrayList<>();
        for (Turn turn : turns) {
            parts.addAll(turn.parts());
        }
        Beside form = turns.size() == 1 ? turns.getFirst().beside() : Beside.NONE;
        PartWriter.content(body, "system", parts, form);
    }

    private static String role(Role role) {
        return switch (role) {
            case SYSTEM, DEVELOPER -> "system";
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }

    private static Map<String, String> headers(Variant variant, ChatRequest request) {
        if (variant == Variant.BEDROCK) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (variant == Variant.MESSAGES) {
            headers.put("anthropic-version", VERSION);
        }
        String betas = betas(request.beside());
        if (!betas.isEmpty()) {
            headers.put("anthropic-beta", betas);
        }
        return headers;
    }

    private static String betas(Beside beside) {
        if (beside.origin().isPresent() && beside.origin().get() == Own.ORIGIN) {
            for (String form : beside.forms()) {
                if (form.startsWith(RequestReader.BETA)) {
                    return form.substring(RequestReader.BETA.length());
                }
            }
        }
        return "";
    }
}
