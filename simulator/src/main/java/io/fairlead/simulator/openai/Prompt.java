package io.fairlead.simulator.openai;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/**
 * What a simulated model looks at in a request, whichever API it came by. {@code jsonSchema} is
 * present where JSON was asked for, as an empty schema where any object will do. Immutable.
 */
record Prompt(
        String lastUserText,
        int tokens,
        List<Tool> tools,
        Choice choice,
        Optional<String> forcedTool,
        Optional<String> toolResult,
        Optional<Integer> maxTokens,
        List<String> stops,
        Optional<JsonNode> jsonSchema) {

    /** A function that the model may call, and the schema of its arguments. */
    record Tool(String name, JsonNode parameters) {}

    /** Whether the model calls tools. */
    enum Choice {
        NONE,
        AUTO,
        REQUIRED
    }

    /** The tool to call, if one is to be called at all. */
    Optional<Tool> toolToCall() {
        if (choice == Choice.NONE || tools.isEmpty()) {
            return Optional.empty();
        }
        return tools.stream()
                .filter(tool -> forcedTool.isEmpty() || tool.name().equals(forcedTool.get()))
                .findFirst();
    }
}
