package io.fairlead.simulator.openai;

import io.fairlead.simulator.openai.Prompt.Choice;

import tools.jackson.databind.JsonNode;

import java.util.Optional;

/**
 * What a simulated model says to a prompt: a text or one tool call, with exact token counts. {@code
 * cut} means that the token limit ended it. Immutable.
 */
record Output(String text, Optional<Call> call, boolean cut, int promptTokens, int tokens) {

    /** A tool call; the arguments are JSON. */
    record Call(String name, String arguments) {}

    static Output of(SimModel model, Prompt prompt) {
        boolean calls =
                prompt.choice() == Choice.REQUIRED
                        || (model.behaviour() == SimModel.Behaviour.TOOLS
                                && prompt.toolResult().isEmpty());
        Optional<Prompt.Tool> tool = calls ? prompt.toolToCall() : Optional.empty();
        if (tool.isPresent()) {
            String filler = prompt.lastUserText().isEmpty() ? "sim" : prompt.lastUserText();
            String arguments = arguments(tool.get().parameters(), filler);
            int tokens = SimTokens.count(tool.get().name()) + SimTokens.count(arguments);
            return new Output(
                    "",
                    Optional.of(new Call(tool.get().name(), arguments)),
                    false,
                    prompt.tokens(),
                    tokens);
        }
        String whole = stopped(text(model, prompt), prompt);
        String text = prompt.maxTokens().map(max -> SimTokens.first(whole, max)).orElse(whole);
        return new Output(
                text,
                Optional.empty(),
                text.length() < whole.length(),
                prompt.tokens(),
                SimTokens.count(text));
    }

    String finishReason() {
        return call.isPresent() ? "tool_calls" : cut ? "length" : "stop";
    }

    private static String text(SimModel model, Prompt prompt) {
        String free =
                switch (model.behaviour()) {
                    case ECHO, FLAKY -> prompt.lastUserText();
                    case LOREM -> Lorem.text(model.load().answerTokens());
                    case TOOLS ->
                            prompt.toolResult()
                                    .map(result -> "The tool answered: " + result)
                                    .orElse("There is no tool to call.");
                };
        if (prompt.jsonSchema().isEmpty()) {
            return free;
        }
        JsonNode schema = prompt.jsonSchema().get();
        return schema.isEmpty()
                ? Json.MAPPER.createObjectNode().put("text", free).toString()
                : SchemaSample.of(schema, free).toString();
    }

    private static String arguments(JsonNode parameters, String filler) {
        return parameters.isObject() && !parameters.isEmpty()
                ? SchemaSample.of(parameters, filler).toString()
                : "{}";
    }

    private static String stopped(String text, Prompt prompt) {
        int end = text.length();
        for (String stop : prompt.stops()) {
            int at = text.indexOf(stop);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return text.substring(0, end);
    }
}
