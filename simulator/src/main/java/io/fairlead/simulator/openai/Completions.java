package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** {@code POST /v1/completions}, the older API of one text to another. Stateless. */
final class Completions {
    private Completions() {}

    static SimAnswer answer(Call call) {
        JsonNode json = call.json();
        String asked =
                json.path("prompt").isArray()
                        ? json.get("prompt").path(0).asString("")
                        : json.path("prompt").asString("");
        Prompt prompt =
                new Prompt(
                        asked,
                        SimTokens.count(asked),
                        List.of(),
                        Prompt.Choice.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        json.path("max_tokens").isInt()
                                ? Optional.of(json.get("max_tokens").asInt())
                                : Optional.empty(),
                        json.path("stop").isString()
                                ? List.of(json.get("stop").asString())
                                : List.of(),
                        Optional.empty());
        Output output = Output.of(call.model(), prompt);
        int choices = Math.clamp(json.path("n").asInt(1), 1, 128);
        String echo = json.path("echo").asBoolean(false) ? asked : "";
        return call.streams() ? stream(call, output, choices) : whole(call, output, choices, echo);
    }

    private static SimAnswer whole(Call call, Output output, int choices, String echo) {
        StringJoiner list = new StringJoiner(",");
        for (int i = 0; i < choices; i++) {
            list.add(choice(i, echo + output.text(), "\"" + output.finishReason() + "\""));
        }
        return SimAnswer.json(
                        200, head(call) + list + "],\"usage\":" + usage(output, choices) + "}")
                .after(call.untilComplete(output.tokens()));
    }

    private static SimAnswer stream(Call call, Output output, int choices) {
        boolean usage = call.json().path("stream_options").path("include_usage").asBoolean(false);
        String tail = usage ? "],\"usage\":null}" : "]}";
        EventScript script = new EventScript(call);
        for (int i = 0; i < choices; i++) {
            int index = i;
            script.tokens(
                    output.text(),
                    part -> "data: " + head(call) + choice(index, part, "null") + tail + "\n\n");
            script.data(head(call) + choice(index, "", "\"" + output.finishReason() + "\"") + tail);
        }
        if (usage) {
            script.data(head(call) + "],\"usage\":" + usage(output, choices) + "}");
        }
        return script.done();
    }

    private static String head(Call call) {
        return "{\"id\":\"cmpl-"
                + call.id()
                + "\",\"object\":\"text_completion\",\"created\":"
                + call.createdSeconds()
                + ",\"model\":"
                + Json.quote(call.modelName())
                + ",\"choices\":[";
    }

    private static String choice(int index, String text, String finish) {
        return "{\"text\":"
                + Json.quote(text)
                + ",\"index\":"
                + index
                + ",\"logprobs\":null,\"finish_reason\":"
                + finish
                + "}";
    }

    private static String usage(Output output, int choices) {
        int completion = output.tokens() * choices;
        return "{\"prompt_tokens\":"
                + output.promptTokens()
                + ",\"completion_tokens\":"
                + completion
                + ",\"total_tokens\":"
                + (output.promptTokens() + completion)
                + "}";
    }
}
