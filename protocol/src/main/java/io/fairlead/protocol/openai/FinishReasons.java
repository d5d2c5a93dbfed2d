package io.fairlead.protocol.openai;

import java.util.Map;
import java.util.Set;

/** What providers call the end of an answer, and OpenAI's word for it. Stateless: any thread. */
final class FinishReasons {
    private static final Set<String> CHAT =
            Set.of("stop", "length", "tool_calls", "content_filter", "function_call");
    private static final Map<String, String> KNOWN =
            Map.ofEntries(
                    Map.entry("max_tokens", "length"),
                    Map.entry("max_output_tokens", "length"),
                    Map.entry("model_length", "length"),
                    Map.entry("MAX_TOKENS", "length"),
                    Map.entry("tool_use", "tool_calls"),
                    Map.entry("tool_call", "tool_calls"),
                    Map.entry("safety", "content_filter"),
                    Map.entry("SAFETY", "content_filter"),
                    Map.entry("RECITATION", "content_filter"),
                    Map.entry("content_filtered", "content_filter"),
                    Map.entry("guardrail_intervened", "content_filter"),
                    Map.entry("sensitive", "content_filter"),
                    Map.entry("refusal", "content_filter"));

    private FinishReasons() {}

    /**
     * OpenAI's word for a finish reason.
     *
     * @param quirks the words of this provider
     * @param call the answer has a tool call; then it ended for it, unless it was cut short
     */
    static String of(String reason, Map<String, String> quirks, boolean call, boolean chat) {
        String mapped = quirks.getOrDefault(reason, reason);
        if (!CHAT.contains(mapped)) {
            mapped = KNOWN.getOrDefault(mapped, "stop");
        }
        if (!chat) {
            return mapped.equals("length") || mapped.equals("content_filter") ? mapped : "stop";
        }
        return call && mapped.equals("stop") ? "tool_calls" : mapped;
    }
}
