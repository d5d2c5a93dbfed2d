package io.fairlead.protocol.cohere;

import static io.fairlead.protocol.cohere.CohereProtocol.ORIGIN;

import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;

/** Writes a request. Stateless: any thread. */
final class RequestWriter {
    private RequestWriter() {}

    static JsonObject write(ChatRequest request) {
        JsonObject body = new JsonObject().put("model", request.model());
        JsonArray messages = new JsonArray();
        JsonArray documents = new JsonArray();
        for (Turn turn : request.turns()) {
            turn(turn, messages, documents);
        }
        body.put("messages", messages);
        if (!documents.isEmpty()) {
            body.put("documents", documents);
        }
        tools(request.tools(), body);
        if (!request.beside().form(ORIGIN, "stream:absent")) {
            body.put("stream", request.delivery().stream());
        }
        Sampling sampling = request.sampling();
        body.put("max_tokens", request.output().maxTokens())
                .put("temperature", sampling.temperature())
                .put("p", sampling.topP())
                .put("k", sampling.topK())
                .put("frequency_penalty", sampling.frequencyPenalty())
                .put("presence_penalty", sampling.presencePenalty())
                .put("seed", sampling.seed())
                .put("logprobs", request.output().logProbs().map(_ -> true));
        if (!sampling.stop().isEmpty()) {
            body.put("stop_sequences", JsonArray.ofTexts(sampling.stop()));
        }
        request.output().format().ifPresent(format -> format(format, request, body));
        request.thinking().ifPresent(thinking -> thinking(thinking, body));
        body.merge(request.beside().of(ORIGIN));
        return body;
    }

    private static void turn(Turn turn, JsonArray messages, JsonArray documents) {
        List<Part> own = new ArrayList<>();
        int elsewhere = 0;
        for (Part part : turn.parts()) {
            if (part instanceof ToolResult result) {
                elsewhere++;
                JsonObject message =
                        new JsonObject().put("role", "tool").put("tool_call_id", result.callId());
                MessageWriter.write(result.content(), result.marks().beside(), message);
                message.merge(result.marks().beside().of(ORIGIN));
                messages.add(message);
            } else if (part instanceof Media media && media.kind() == Media.Kind.DOCUMENT) {
                elsewhere++;
                documents.add(Documents.write(media));
            } else {
                own.add(part);
            }
        }
        if (own.isEmpty() && elsewhere > 0) {
            return;
        }
        JsonObject message = new JsonObject();
        message.put(
                "role",
                switch (turn.role()) {
                    case SYSTEM -> "system";
                    case DEVELOPER -> "developer";
                    case USER -> "user";
                    case ASSISTANT -> "assistant";
                });
        MessageWriter.write(own, turn.beside(), message);
        message.merge(turn.beside().of(ORIGIN));
        messages.add(message);
    }

    private static void tools(ToolUse use, JsonObject body) {
        boolean strict = !use.tools().isEmpty();
        for (Tool tool : use.tools()) {
            if (tool instanceof Tool.Hosted hosted) {
                body.array("tools").add(hosted.raw());
            } else if (tool instanceof Tool.Function function) {
                strict &= function.strict().orElse(false);
                JsonObject out = new JsonObject();
                if (!function.beside().form(ORIGIN, "type:absent")) {
                    out.put("type", "function");
                }
                out.object("function")
                        .put("name", function.name())
                        .put("description", function.description())
                        .put("parameters", function.parameters());
                out.merge(function.beside().of(ORIGIN));
                body.array("tools").add(out);
            }
        }
        if (strict) {
            body.put("strict_tools", true);
        }
        if (use.choice().isPresent()) {
            switch (use.choice().get()) {
                case ToolChoice.Required _, ToolChoice.Named _ ->
                        body.put("tool_choice", "REQUIRED");
                case ToolChoice.None _ -> body.put("tool_choice", "NONE");
                case ToolChoice.Auto _, ToolChoice.Allowed _ -> {}
            }
        }
    }

    private static void format(OutputFormat format, ChatRequest request, JsonObject body) {
        JsonObject out = body.object("response_format");
        switch (format) {
            case OutputFormat.PlainText _ -> out.put("type", "text");
            case OutputFormat.AnyJson _ -> out.put("type", "json_object");
            case OutputFormat.JsonSchema schema ->
                    out.put("type", "json_object")
                            .put(
                                    request.beside().form(ORIGIN, "response_format:schema")
                                            ? "schema"
                                            : "json_schema",
                                    schema.schema());
        }
    }

    private static void thinking(Thinking thinking, JsonObject body) {
        boolean off = thinking.mode() == Thinking.Mode.OFF;
        if (thinking.mode() == Thinking.Mode.DEFAULT && thinking.budget().isEmpty()) {
            return;
        }
        body.object("thinking")
                .put("type", off ? "disabled" : "enabled")
                .put("token_budget", thinking.budget());
    }
}
