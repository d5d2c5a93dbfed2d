package io.fairlead.protocol.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

class AnswerGatherTest {
    private static final long ROOM = 100_000;

    @Test
    void whatIsReplayedAndGatheredAgainIsTheSame() {
        for (long seed = 0; seed < 300; seed++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            List<Batch> stream = RandomStreams.next(random, 3);
            StreamGrammar.check("seed " + seed, stream);
            ChatAnswer answer = gathered(stream).answer();
            List<Batch> replayed = AnswerReplay.of(answer);
            StreamGrammar.check("replay of seed " + seed, replayed);
            AnswerGather again = gathered(replayed);
            assertThat(again.complete()).isTrue();
            assertThat(Meaning.of(again.answer()))
                    .as("seed %s", seed)
                    .isEqualTo(Meaning.of(answer));
        }
    }

    @Test
    void piecesOfOverlappingPartsComeTogether() {
        AnswerGather gather = new AnswerGather(ROOM);
        gather.add(
                Batch.of(
                        new StreamEvent.Started("a", "m", Optional.empty(), Beside.NONE),
                        new StreamEvent.PartStarted(0, 0, ToolCall.of("x", "f", ""), Beside.NONE),
                        new StreamEvent.PartStarted(0, 1, ToolCall.of("y", "g", ""), Beside.NONE),
                        more(0, "{\"a\""),
                        more(1, "{}"),
                        more(0, ":1}")));
        assertThat(gather.answer().choices().getFirst().parts())
                .containsExactly(ToolCall.of("x", "f", "{\"a\":1}"), ToolCall.of("y", "g", "{}"));
        assertThat(gather.complete()).isFalse();
    }

    private static StreamEvent more(int part, String arguments) {
        return new StreamEvent.PartGrew(0, part, new Growth.MoreArguments(arguments), Beside.NONE);
    }

    @Test
    void anAnswerLargerThanAllowedIsRefused() {
        AnswerGather gather = new AnswerGather(100);
        gather.add(Batch.of(new StreamEvent.PartStarted(0, 0, Text.of(""), Beside.NONE)));
        Batch piece =
                Batch.of(
                        new StreamEvent.PartGrew(
                                0, 0, new Growth.MoreText("x".repeat(101)), Beside.NONE));
        assertThatThrownBy(() -> gather.add(piece)).isInstanceOf(Unreadable.class);
    }

    @Test
    void sectionsNobodyCouldMeanAreNotMade() {
        AnswerGather gather = new AnswerGather(ROOM);
        gather.add(Batch.of(new StreamEvent.PartStarted(0, 0, Reasoning.of(""), Beside.NONE)));
        Batch far =
                Batch.of(
                        new StreamEvent.PartGrew(
                                0,
                                0,
                                new Growth.MoreReasoning("x", false, Integer.MAX_VALUE),
                                Beside.NONE));
        assertThatThrownBy(() -> gather.add(far)).isInstanceOf(Unreadable.class);
    }

    @Test
    void aReplayTellsWhyItEndedEvenIfTheAnswerDidNot() {
        Choice choice =
                new Choice(
                        0,
                        List.of(ToolCall.of("x", "f", "{}")),
                        Optional.empty(),
                        List.of(),
                        Beside.NONE);
        ChatAnswer answer = ChatAnswer.of("a", "m", TokenUsage.of(Usage.of(1, 2)), choice);
        assertThat(gathered(AnswerReplay.of(answer)).answer().choices().getFirst().finish())
                .contains(Finish.of(Finish.Reason.TOOL_CALLS, ""));
    }

    private static AnswerGather gathered(List<Batch> batches) {
        AnswerGather gather = new AnswerGather(ROOM);
        batches.forEach(gather::add);
        return gather;
    }
}
