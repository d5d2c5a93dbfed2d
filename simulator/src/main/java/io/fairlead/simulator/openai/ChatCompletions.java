package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;

import java.util.StringJoiner;

/** {@code POST /v1/chat/completions}. Stateless. */
final class ChatCompletions {
    private ChatCompletions() {}

    static SimAnswer answer(Call call) {
        Output output = Output.of(call.model(), PromptReader.chat(call.json()));
        int choices = Math.clamp(call.json().path("n").asInt(1), 1, 128);
        return call.streams() ? stream(call, output, choices) : whole(call, output, choices);
    }

    private static SimAnswer whole(Call call, Output output, int choices) {
        StringJoiner list = new StringJoiner(",");
        for (int i = 0; i < choices; i++) {
            list.add(
                    "{\"index\":"
                            + i
                            + ",\"message\":{\"role\":\"assistant\",\"content\":"
                            + (output.call().isPresent() ? "null" : Json.quote(output.text()))
                            + output.call()
                                    .map(c -> ",\"tool_calls\":[" + toolCall(call, "", c) + "]")
                                    .orElse("")
                            + ",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\""
                            + output.finishReason()
                            + "\"}");
        }
        return SimAnswer.json(
                        200,
                        head(call, "chat.completion")
                                + list
                                + "],\"usage\":"
                                + usage(output, choices)
                                + "}")
                .after(call.untilComplete(output.tokens()));
    }

    private static SimAnswer stream(Call call, Output output, int choices) {
        boolean usage = call.json().path("stream_options").path("include_usage").asBoolean(false);
        String tail = usage ? ",\"usage\":null}" : "}";
        String head = head(call, "chat.completion.chunk");
        EventScript script = new EventScript(call);
        for (int i = 0; i < choices; i++) {
            int index = i;
            if (output.call().isPresent()) {
                Output.Call made = output.call().get();
                script.data(
                        chunk(
                                head,
                                index,
                                "\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                                        + toolCall(
                                                call,
                                                "\"index\":0,",
                                                new Output.Call(made.name(), ""))
                                        + "],\"refusal\":null",
                                "null",
                                tail));
                script.tokens(
                        made.arguments(),
                        part ->
                                sse(
                                        chunk(
                                                head,
                                                index,
                                                "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
                                                        + Json.quote(part)
                                                        + "}}]",
                                                "null",
                                                tail)));
            } else {
                script.data(
                        chunk(
                                head,
                                index,
                                "\"role\":\"assistant\",\"content\":\"\",\"refusal\":null",
                                "null",
                                tail));
                script.tokens(
                        output.text(),
                        part ->
                                sse(
                                        chunk(
                                                head,
                                                index,
                                                "\"content\":" + Json.quote(part),
                                                "null",
                                                tail)));
            }
            script.data(chunk(head, index, "", "\"" + output.finishReason() + "\"", tail));
        }
        if (usage) {
            script.data(head + "],\"usage\":" + usage(output, choices) + "}");
        }
        return script.done();
    }

    private static String sse(String json) {
        return "data: " + json + "\n\n";
    }

    private static String head(Call call, String object) {
        return "{\"id\":\"chatcmpl-"
                + call.id()
                + "\",\"object\":\""
                + object
                + "\",\"created\":"
                + call.createdSeconds()
                + ",\"model\":"
                + Json.quote(call.modelName())
                + ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_sim\",\"choices\":[";
    }

    private static String chunk(String head, int index, String delta, String finish, String tail) {
        return head
                + "{\"index\":"
                + index
                + ",\"delta\":{"
                + delta
                + "},\"logprobs\":null,\"finish_reason\":"
                + finish
                + "}]"
                + tail;
    }

    private static String toolCall(Call call, String index, Output.Call made) {
        return "{"
                + index
                + "\"id\":\"call_"
                + call.id()
                + "\",\"type\":\"function\",\"function\":{\"name\":"
                + Json.quote(made.name())
                + ",\"arguments\":"
                + Json.quote(made.arguments())
                + "}}";
    }

    private static String usage(Output output, int choices) {
        int completion = output.tokens() * choices;
        return "{\"prompt_tokens\":"
                + output.promptTokens()
                + ",\"completion_tokens\":"
                + completion
                + ",\"total_tokens\":"
                + (output.promptTokens() + completion)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}";
    }
}
