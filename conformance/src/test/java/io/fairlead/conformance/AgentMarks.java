package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.simulator.SimRequest;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** What becomes of an agent's marks of the prompt cache. Stateless. */
final class AgentMarks {
    private AgentMarks() {}

    static void check(
            String place,
            AgentConversation conversation,
            SimRequest request,
            String sent,
            int turn) {
        if (!conversation.agent().equals("claude")) {
            return;
        }
        Protocol protocol = conversation.turns().protocol();
        if (protocol == Protocol.ANTHROPIC_MESSAGES) {
            String named = conversation.provider() + "/" + conversation.model();
            assertThat(sent).as(place).contains(named);
            assertThat(request.bodyText())
                    .as(place)
                    .isEqualTo(sent.replace(named, conversation.model()));
        } else if (protocol == Protocol.BEDROCK_CONVERSE) {
            points(place, conversation, Replay.JSON.readTree(request.body()), turn);
        }
    }

    /** Behind both system blocks, all tools, and what the user or the tools said last. */
    private static void points(
            String place, AgentConversation conversation, JsonNode body, int turn) {
        assertThat(kinds(body.path("system")))
                .as(place)
                .containsExactly("text", "cachePoint", "text", "cachePoint");
        List<String> tools = new ArrayList<>();
        conversation.tools().forEach(_ -> tools.add("toolSpec"));
        tools.add("cachePoint");
        assertThat(kinds(body.path("toolConfig").path("tools"))).as(place).isEqualTo(tools);
        JsonNode messages = body.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            List<String> kinds = kinds(messages.path(i).path("content"));
            boolean last = i == messages.size() - 1;
            assertThat(kinds.getLast().equals("cachePoint")).as(place + kinds).isEqualTo(last);
            assertThat(kinds.subList(0, kinds.size() - 1)).as(place).doesNotContain("cachePoint");
        }
        assertThat(messages).as(place).hasSize(2 * turn + 1);
    }

    private static List<String> kinds(JsonNode blocks) {
        List<String> kinds = new ArrayList<>();
        for (JsonNode block : blocks) {
            kinds.addAll(block.propertyNames());
        }
        return kinds;
    }
}
