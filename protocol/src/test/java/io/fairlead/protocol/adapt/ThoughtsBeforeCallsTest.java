package io.fairlead.protocol.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;
import io.fairlead.protocol.translate.Protocols;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether Claude goes on thinking, at Anthropic and at Bedrock, while its calls are answered. */
final class ThoughtsBeforeCallsTest {
    private static final Turn ASKED = Turn.of(Role.USER, Text.of("q"));
    private static final Reasoning THOUGHT =
            Reasoning.of("hm")
                    .withMarks(
                            Marks.NONE.withSeal(
                                    Optional.of(Seal.signature(Seal.ANTHROPIC, "c2ln"))));
    private static final ToolCall ONE = ToolCall.of("toolu_1", "f", "{}");
    private static final ToolCall TWO = ToolCall.of("toolu_2", "f", "{}");
    private static final Turn TOLD_ONE = Turn.of(Role.USER, ToolResult.of("toolu_1", "1"));
    private static final Turn TOLD_TWO = Turn.of(Role.USER, ToolResult.of("toolu_2", "2"));

    private static boolean thinks(Protocol protocol, String model, Turn... turns) {
        Tool tool = Tool.Function.of("f", "", Json.EMPTY_OBJECT);
        List<Turn> all = new ArrayList<>(List.of(ASKED));
        all.addAll(List.of(turns));
        ChatRequest request =
                ChatRequest.of(model, all.toArray(Turn[]::new))
                        .withTools(ToolUse.NONE.withTools(List.of(tool)))
                        .withThinking(Optional.of(Thinking.ofEffort("medium")));
        return Protocols.of(protocol)
                .orElseThrow()
                .differences()
                .prepare(request, ModelFacts.unknown(model))
                .request()
                .thinking()
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC_MESSAGES,claude-sonnet-4-5",
        "BEDROCK_CONVERSE,anthropic.claude-sonnet-4-5-20250929-v1:0"
    })
    void turnsOfOneSideInARowAreOne(Protocol protocol, String model) {
        Turn thought = Turn.of(Role.ASSISTANT, THOUGHT);
        Turn one = Turn.of(Role.ASSISTANT, ONE);
        Turn two = Turn.of(Role.ASSISTANT, TWO);
        assertThat(thinks(protocol, model, thought, one, two, TOLD_ONE, TOLD_TWO)).isTrue();
        assertThat(thinks(protocol, model, Turn.of(Role.ASSISTANT, THOUGHT, ONE), TOLD_ONE))
                .isTrue();
        assertThat(thinks(protocol, model, one, two, TOLD_ONE, TOLD_TWO)).isFalse();
        assertThat(thinks(protocol, model, one, thought, two, TOLD_ONE, TOLD_TWO)).isFalse();
        assertThat(thinks(protocol, model, one, TOLD_ONE, ASKED)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC_MESSAGES,claude-sonnet-4-5",
        "BEDROCK_CONVERSE,anthropic.claude-sonnet-4-5-20250929-v1:0"
    })
    void callsThatAreDoneWithDoNotMatter(Protocol protocol, String model) {
        Turn one = Turn.of(Role.ASSISTANT, ONE);
        Turn answer = Turn.of(Role.ASSISTANT, Text.of("a"));
        assertThat(thinks(protocol, model, one, TOLD_ONE, answer, ASKED)).isTrue();
        assertThat(
                        thinks(
                                protocol,
                                model,
                                one,
                                TOLD_ONE,
                                answer,
                                ASKED,
                                Turn.of(Role.ASSISTANT, THOUGHT, TWO),
                                TOLD_TWO))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC_MESSAGES,claude-sonnet-4-5",
        "BEDROCK_CONVERSE,anthropic.claude-sonnet-4-5-20250929-v1:0"
    })
    void callsOneAfterTheOtherMayBeThoughtOfAtTheirBeginning(Protocol protocol, String model) {
        Turn one = Turn.of(Role.ASSISTANT, ONE);
        Turn two = Turn.of(Role.ASSISTANT, TWO);
        Turn thoughtOne = Turn.of(Role.ASSISTANT, THOUGHT, ONE);
        Turn thoughtTwo = Turn.of(Role.ASSISTANT, THOUGHT, TWO);
        assertThat(thinks(protocol, model, thoughtOne, TOLD_ONE, two, TOLD_TWO)).isTrue();
        assertThat(thinks(protocol, model, one, TOLD_ONE, thoughtTwo, TOLD_TWO)).isTrue();
        assertThat(thinks(protocol, model, one, TOLD_ONE, two, TOLD_TWO)).isFalse();
    }
}
