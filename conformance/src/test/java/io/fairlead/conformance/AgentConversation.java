package io.fairlead.conformance;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.simulator.replay.Recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent at a provider. Immutable.
 *
 * @param agent {@code claude} or {@code codex}, as {@code node/agents.mjs} knows them
 * @param model the provider's name for it
 */
record AgentConversation(String agent, String model, AgentTurns turns) {
    static final String PATCH = "*** Begin Patch\n*** Delete File: \"a\"\n*** End Patch";

    private static final String CLAUDE_CALL =
            "anthropic-messages-chat-function-calling-anthropic-claude-haiku-4-5-can-use-2-66ce3f";
    private static final String NOVA_CALL =
            "bedrock-converse-chat-function-calling-bedrock-amazon-nova-2-lite-v1-0-ca-2-";
    private static final String OPENAI_CALL =
            "openai-responses-tool-choice-matrix-tools-plus-output-openai-responses-94993c";

    /** Its name in the gateway's configuration. */
    String provider() {
        return agent + "-" + turns.protocol().wireName();
    }

    /** All the tools that are offered. */
    List<String> tools() {
        List<String> names = new ArrayList<>(turns.tools());
        if (agent.equals("codex") && !names.contains("apply_patch")) {
            names.add("apply_patch");
        }
        return names;
    }

    /** What every request must say, in pieces. */
    List<String> words() {
        return agent.equals("claude")
                ? List.of(
                        "You are an agent that works on a code base.",
                        "The working directory is /src.",
                        "It is Sunday.",
                        "Make the tests pass.")
                : List.of(
                        "You are an agent that works on a code base.",
                        "The sandbox is read-only.",
                        "<environment_context>/src",
                        "Make the tests pass.");
    }

    @Override
    public String toString() {
        return provider();
    }

    static List<AgentConversation> all(Map<String, Recording> recordings) {
        return List.of(
                new AgentConversation("claude", "claude-sonnet-4-5", claude(recordings)),
                new AgentConversation("claude", "gpt-5", openAiChat(recordings)),
                new AgentConversation("claude", "gpt-5", openAiResponses(recordings)),
                new AgentConversation("claude", "gemini-2.5-pro", gemini(recordings)),
                new AgentConversation(
                        "claude",
                        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                        bedrock(recordings)),
                new AgentConversation("codex", "claude-sonnet-4-5", patched(claude(recordings))),
                new AgentConversation("codex", "gemini-2.5-pro", patched(gemini(recordings))));
    }

    private static AgentTurns claude(Map<String, Recording> recordings) {
        return new AgentTurns.Reader(recordings, Protocol.ANTHROPIC_MESSAGES)
                .turn(
                        Optional.of(
                                "anthropic-messages-anthropic-model-web-search-tool-stream-d8575d"),
                        CLAUDE_CALL)
                .turn(
                        Optional.of(
                                "anthropic-messages-anthropic-model-thinking-part-redacted-stream-a9a4f1"),
                        "anthropic-messages-anthropic-completion-beta-tools-stream-03e9bc",
                        "anthropic-messages-tool-search-eval-anthropic-5-0325ec")
                .turn("anthropic-messages-anthropic-completion-stream-cache-write-a1ce57")
                .all();
    }

    private static AgentTurns openAiChat(Map<String, Recording> recordings) {
        return new AgentTurns.Reader(recordings, Protocol.OPENAI_CHAT)
                .turn("openai-chat-agent-run-stream-structured-with-tool-1-563572")
                .turn("openai-chat-open-ai-function-calls-tools-streaming-parallel-945346")
                .turn("openai-chat-openai-streaming-cached-prompt-tokens-4ff794")
                .all();
    }

    private static AgentTurns openAiResponses(Map<String, Recording> recordings) {
        return new AgentTurns.Reader(recordings, Protocol.OPENAI_RESPONSES)
                .turn(Optional.of(OPENAI_CALL), OPENAI_CALL)
                .turn(
                        Optional.empty(),
                        "openai-responses-responses-create-captures-tool-call-content-content-mode-bf4697",
                        "openai-responses-openai-native-tool-search-with-deferred-capability-2-97a866")
                .turn("openai-responses-openai-responses-prompt-cache-e2e-1-540a93")
                .all();
    }

    private static AgentTurns gemini(Map<String, Recording> recordings) {
        return new AgentTurns.Reader(recordings, Protocol.GEMINI)
                .turn("gemini-generate-content-google-stream-no-args-tool-call-stream-444199")
                .turn(
                        "gemini-generate-content-testgeminitoolcallstreaming-test-gemini-streaming-multip-dfee50")
                .turn("gemini-generate-content-google-model-cached-content-2-8fc160")
                .all();
    }

    private static AgentTurns bedrock(Map<String, Recording> recordings) {
        return new AgentTurns.Reader(recordings, Protocol.BEDROCK_CONVERSE)
                .turn(
                        Optional.of("bedrock-converse-bedrock-model-thinking-part-stream-0a0460"),
                        NOVA_CALL + "128dc6")
                .turn(Optional.empty(), NOVA_CALL + "2efd89", NOVA_CALL + "128dc6")
                .turn("bedrock-converse-bedrock-converse-stream-prompt-caching-1-0cc930")
                .all();
    }

    /** The second turn calls the tool that takes free text, and a function beside it. */
    private static AgentTurns patched(AgentTurns turns) {
        List<AgentTurns.Turn> changed = new ArrayList<>(turns.turns());
        ToolCall first = turns.turns().getFirst().calls().getFirst();
        String input = Replay.JSON.writeValueAsString(PATCH);
        changed.set(
                1,
                AgentTurns.made(
                        turns.turns().get(1).answer(),
                        List.of(
                                ToolCall.of(
                                        "toolu_patch", "apply_patch", "{\"input\":" + input + "}"),
                                ToolCall.of("toolu_again", first.name(), first.arguments()))));
        return new AgentTurns(turns.protocol(), changed);
    }
}
