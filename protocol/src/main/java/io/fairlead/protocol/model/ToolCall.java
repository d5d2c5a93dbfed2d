package io.fairlead.protocol.model;

/**
 * The model asks for a tool of the client to be run. Immutable.
 *
 * @param id by which the result names the call; empty where the protocol gave none
 * @param arguments of a function: JSON text, as the model wrote it, so it may be empty or broken;
 *     of a custom tool: any text
 * @param custom whether the tool takes free text instead of JSON
 */
public record ToolCall(String id, String name, String arguments, boolean custom, Marks marks)
        implements Part {
    public static ToolCall of(String id, String name, String arguments) {
        return new ToolCall(id, name, arguments, false, Marks.NONE);
    }

    public ToolCall withId(String newId) {
        return new ToolCall(newId, name, arguments, custom, marks);
    }

    public ToolCall withArguments(String newArguments) {
        return new ToolCall(id, name, newArguments, custom, marks);
    }

    @Override
    public ToolCall withMarks(Marks newMarks) {
        return new ToolCall(id, name, arguments, custom, newMarks);
    }
}
