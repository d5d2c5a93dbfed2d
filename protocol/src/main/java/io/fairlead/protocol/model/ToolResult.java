package io.fairlead.protocol.model;

import java.util.List;
import java.util.Optional;

/**
 * What a tool of the client gave. Immutable.
 *
 * @param callId the call it answers; empty where the protocol names none
 * @param name of the tool, where the protocol says it
 * @param content text and media; structured results are JSON text
 * @param error whether the tool failed
 */
public record ToolResult(
        String callId, Optional<String> name, List<Part> content, boolean error, Marks marks)
        implements Part {
    public ToolResult {
        content = List.copyOf(content);
    }

    public static ToolResult of(String callId, String text) {
        return new ToolResult(callId, Optional.empty(), List.of(Text.of(text)), false, Marks.NONE);
    }

    public ToolResult withCallId(String newCallId) {
        return new ToolResult(newCallId, name, content, error, marks);
    }

    public ToolResult withName(Optional<String> newName) {
        return new ToolResult(callId, newName, content, error, marks);
    }

    public ToolResult withContent(List<Part> newContent) {
        return new ToolResult(callId, name, newContent, error, marks);
    }

    public ToolResult withoutError() {
        return new ToolResult(callId, name, content, false, marks);
    }

    @Override
    public ToolResult withMarks(Marks newMarks) {
        return new ToolResult(callId, name, content, error, newMarks);
    }
}
