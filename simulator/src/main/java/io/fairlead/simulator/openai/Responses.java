package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/** {@code POST /v1/responses}. Confined to one request. */
final class Responses {
    private final Call call;
    private final Output output;
    private final String itemId;
    private int sequence;

    Responses(Call call) {
        this.call = call;
        this.output = Output.of(call.model(), PromptReader.responses(call.json()));
        this.itemId = (output.call().isPresent() ? "fc_" : "msg_") + call.id();
    }

    SimAnswer answer() {
        return call.streams()
                ? stream()
                : SimAnswer.json(200, complete().toString())
                        .after(call.untilComplete(output.tokens()));
    }

    /** The finished response. */
    ObjectNode complete() {
        ObjectNode response = response(output.cut() ? "incomplete" : "completed");
        response.putArray("output").add(item("completed", true));
        ObjectNode usage = response.putObject("usage");
        usage.put("input_tokens", output.promptTokens());
        usage.putObject("input_tokens_details")
                .put("cached_tokens", 0)
                .put("cache_write_tokens", 0);
        usage.put("output_tokens", output.tokens());
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        usage.put("total_tokens", output.promptTokens() + output.tokens());
        if (output.cut()) {
            response.putObject("incomplete_details").put("reason", "max_output_tokens");
        }
        return response;
    }

    private SimAnswer stream() {
        EventScript script = new EventScript(call);
        emit(script, event("response.created").set("response", response("in_progress")));
        emit(script, event("response.in_progress").set("response", response("in_progress")));
        emit(
                script,
                event("response.output_item.added")
                        .put("output_index", 0)
                        .set("item", item("in_progress", false)));
        if (output.call().isPresent()) {
            arguments(script, output.call().get());
        } else {
            text(script);
        }
        emit(
                script,
                event("response.output_item.done")
                        .put("output_index", 0)
                        .set("item", item("completed", true)));
        emit(
                script,
                event(output.cut() ? "response.incomplete" : "response.completed")
                        .set("response", complete()));
        return script.reply();
    }

    private void text(EventScript script) {
        emit(script, inPart("response.content_part.added").set("part", part("")));
        script.tokens(
                output.text(),
                delta ->
                        sse(
                                withLogprobs(
                                        inPart("response.output_text.delta").put("delta", delta))));
        emit(script, withLogprobs(inPart("response.output_text.done").put("text", output.text())));
        emit(script, inPart("response.content_part.done").set("part", part(output.text())));
    }

    private void arguments(EventScript script, Output.Call made) {
        script.tokens(
                made.arguments(),
                delta -> sse(inItem("response.function_call_arguments.delta").put("delta", delta)));
        emit(
                script,
                inItem("response.function_call_arguments.done")
                        .put("name", made.name())
                        .put("arguments", made.arguments()));
    }

    private ObjectNode event(String type) {
        return Json.MAPPER.createObjectNode().put("type", type).put("sequence_number", sequence++);
    }

    private ObjectNode inItem(String type) {
        return event(type).put("item_id", itemId).put("output_index", 0);
    }

    private ObjectNode inPart(String type) {
        return inItem(type).put("content_index", 0);
    }

    private static ObjectNode withLogprobs(ObjectNode event) {
        event.putArray("logprobs");
        return event;
    }

    private static void emit(EventScript script, ObjectNode event) {
        script.named(event.get("type").asString(), event.toString());
    }

    private static String sse(ObjectNode event) {
        return "event: " + event.get("type").asString() + "\ndata: " + event + "\n\n";
    }

    private static ObjectNode part(String text) {
        ObjectNode part = Json.MAPPER.createObjectNode().put("type", "output_text");
        part.putArray("annotations");
        part.putArray("logprobs");
        return part.put("text", text);
    }

    private ObjectNode item(String status, boolean full) {
        ObjectNode item = Json.MAPPER.createObjectNode().put("id", itemId);
        if (output.call().isPresent()) {
            Output.Call made = output.call().get();
            return item.put("type", "function_call")
                    .put("status", status)
                    .put("arguments", full ? made.arguments() : "")
                    .put("call_id", "call_" + call.id())
                    .put("name", made.name());
        }
        item.put("type", "message").put("status", status);
        ArrayNode content = item.putArray("content");
        if (full) {
            content.add(part(output.text()));
        }
        return item.put("role", "assistant");
    }

    private ObjectNode response(String status) {
        JsonNode asked = call.json();
        ObjectNode response = Json.MAPPER.createObjectNode();
        response.put("id", "resp_" + call.id()).put("object", "response");
        response.put("created_at", call.createdSeconds())
                .put("status", status)
                .put("background", false);
        response.putNull("error").putNull("incomplete_details");
        copy(asked, response, "instructions", null);
        copy(asked, response, "max_output_tokens", null);
        response.put("model", call.modelName());
        response.putArray("output");
        response.put("parallel_tool_calls", asked.path("parallel_tool_calls").asBoolean(true));
        copy(asked, response, "previous_response_id", null);
        response.putObject("reasoning").putNull("effort").putNull("summary");
        response.put("service_tier", "default").put("store", asked.path("store").asBoolean(true));
        copy(asked, response, "temperature", Json.MAPPER.getNodeFactory().numberNode(1.0));
        copy(
                asked,
                response,
                "text",
                Json.MAPPER.readTree("{\"format\":{\"type\":\"text\"},\"verbosity\":\"medium\"}"));
        copy(asked, response, "tool_choice", Json.MAPPER.getNodeFactory().stringNode("auto"));
        response.set("tools", tools(asked.path("tools")));
        response.put("top_logprobs", 0);
        copy(asked, response, "top_p", Json.MAPPER.getNodeFactory().numberNode(1.0));
        response.put("truncation", "disabled").putNull("usage").putNull("user");
        copy(asked, response, "metadata", Json.MAPPER.createObjectNode());
        return response;
    }

    private static ArrayNode tools(JsonNode asked) {
        ArrayNode tools = Json.MAPPER.createArrayNode();
        for (JsonNode tool : asked) {
            ObjectNode copy = ((ObjectNode) tool).deepCopy();
            if (copy.path("type").asString("").equals("function")) {
                copy.put("strict", tool.path("strict").asBoolean(true));
                if (!copy.has("parameters")) {
                    copy.putNull("parameters");
                }
            }
            tools.add(copy);
        }
        return tools;
    }

    private static void copy(
            JsonNode from, ObjectNode to, String name, @Nullable JsonNode otherwise) {
        JsonNode value =
                Optional.<JsonNode>ofNullable(from.get(name))
                        .filter(node -> !node.isNull())
                        .orElse(otherwise);
        if (value == null) {
            to.putNull(name);
        } else {
            to.set(name, value);
        }
    }
}
