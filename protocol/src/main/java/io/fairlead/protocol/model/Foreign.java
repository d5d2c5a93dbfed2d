package io.fairlead.protocol.model;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;

/**
 * A part that only its own protocol has a word for: steps of tools that run at the provider (web
 * search, code execution, MCP), compactions, references. It goes back to that protocol as it is,
 * and to no other: there it is dropped and named. Immutable.
 *
 * @param type what its protocol calls it: {@code web_search_call}, {@code server_tool_use}
 */
public record Foreign(Protocol origin, String type, Json raw, Marks marks) implements Part {
    public static Foreign of(Protocol origin, String type, Json raw) {
        return new Foreign(origin, type, raw, Marks.NONE);
    }

    @Override
    public Foreign withMarks(Marks newMarks) {
        return new Foreign(origin, type, raw, newMarks);
    }
}
