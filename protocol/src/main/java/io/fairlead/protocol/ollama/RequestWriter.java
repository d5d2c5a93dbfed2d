package io.fairlead.protocol.ollama;

import static io.fairlead.protocol.ollama.OllamaProtocol.ORIGIN;

import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;

/** Writes a request. Stateless: any thread. */
final class RequestWriter {
    private RequestWriter() {}

    static JsonObject write(ChatRequest request) {
        JsonObject body = new JsonObject().put("model", request.model());
        JsonArray messages = new JsonArray();
        for (Turn turn : request.turns()) {
            turn(turn, messages);
        }
        if (!request.beside().form(ORIGIN, "messages:absent") || !request.turns().isEmpty()) {
            body.put("messages", messages);
        }
        if (!request.tools().tools().isEmpty()) {
            tools(request.tools().tools(), body.array("tools"));
        }
        if (!request.beside().form(ORIGIN, "stream:absent")) {
            body.put("stream", request.delivery().stream());
        }
        format(request.output(), body);
        request.thinking().ifPresent(thinking -> thinking(thinking, body));
        request.output()
                .logProbs()
                .ifPresent(top -> {
                    body.put("logprobs", true);
                    if (!request.beside().form(ORIGIN, "top_logprobs:absent")) {
                        body.put("top_logprobs", top);
                    }
                });
        options(request, body);
        body.merge(request.beside().of(ORIGIN));
        return body;
    }

    private static void turn(Turn turn, JsonArray messages) {
        List<Part> own = new ArrayList<>();
        boolean results = false;
        for (Part part : turn.parts()) {
            if (part instanceof ToolResult result) {
                results = true;
                messages.add(result(result));
            } else {
                own.add(part);
            }
        }
        if (results && own.isEmpty()) {
            return;
        }
        JsonObject message = new JsonObject();
        message.put(
                "role",
                switch (turn.role()) {
                    case SYSTEM, DEVELOPER -> "system";
                    case USER -> "user";
                    case ASSISTANT -> "assistant";
                });
        MessageWriter.write(own, turn.beside(), message);
        messages.add(message);
    }

    private static JsonObject result(ToolResult result) {
        JsonObject message = new JsonObject().put("role", "tool");
        MessageWriter.write(result.content(), result.marks().beside(), message);
        message.put("tool_name", result.name());
        if (!result.callId().isEmpty()) {
            message.put("tool_call_id", result.callId());
        }
        return message;
    }

    private static void tools(List<Tool> tools, JsonArray array) {
        for (Tool tool : tools) {
            if (tool instanceof Tool.Hosted hosted) {
                array.add(hosted.raw());
            } else if (tool instanceof Tool.Function function) {
                JsonObject out = new JsonObject();
                if (!function.beside().form(ORIGIN, "type:absent")) {
                    out.put("type", "function");
                }
                out.object("function")
                        .put("name", function.name())
                        .put("description", function.description())
                        .put("parameters", function.parameters());
                out.merge(function.beside().of(ORIGIN));
                array.add(out);
            }
        }
    }

    private static void format(Output output, JsonObject body) {
        if (output.format().isEmpty()) {
            return;
        }
        switch (output.format().get()) {
            case OutputFormat.PlainText ignored -> {}
            case OutputFormat.AnyJson ignored -> body.put("format", "json");
            case OutputFormat.JsonSchema schema -> body.put("format", schema.schema());
        }
    }

    private static void thinking(Thinking thinking, JsonObject body) {
        if (thinking.effort().isPresent()) {
            body.put("think", thinking.effort());
            return;
        }
        switch (thinking.mode()) {
            case ON, ADAPTIVE -> body.put("think", true);
            case OFF -> body.put("think", false);
            case DEFAULT -> {}
        }
    }

    private static void options(ChatRequest request, JsonObject body) {
        Sampling sampling = request.sampling();
        JsonObject options =
                new JsonObject()
                        .put("temperature", sampling.temperature())
                        .put("top_p", sampling.topP())
                        .put("top_k", sampling.topK())
                        .put("min_p", sampling.minP())
                        .put("frequency_penalty", sampling.frequencyPenalty())
                        .put("presence_penalty", sampling.presencePenalty())
                        .put("repeat_penalty", sampling.repetitionPenalty())
                        .put("seed", sampling.seed())
                        .put("num_predict", request.output().maxTokens());
        if (sampling.stop().size() == 1 && request.beside().form(ORIGIN, "stop:text")) {
            options.put("stop", sampling.stop().getFirst());
        } else if (!sampling.stop().isEmpty()) {
            options.put("stop", JsonArray.ofTexts(sampling.stop()));
        }
        if (!options.isEmpty()) {
            body.put("options", options);
        }
    }
}
