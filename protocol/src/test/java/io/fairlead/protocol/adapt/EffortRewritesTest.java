package io.fairlead.protocol.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Thinking.Mode;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

final class EffortRewritesTest {
    private static final ModelFacts UNKNOWN = ModelFacts.unknown("m");

    @ParameterizedTest
    @CsvSource({
        "minimal, 10000, 1024",
        "low,     10000, 2000",
        "medium,  10000, 5000",
        "high,    10000, 8000",
        "xhigh,   10000, 9500",
        "max,     10000, 9500",
        "high, 1000000000000, 128000"
    })
    void budgetsAreThePublishedSharesOfTheLimit(String effort, long limit, long budget) {
        Rewrite rewrite = EffortRewrites.effortAsBudget(ThinkingStyle.CLAUDE);
        ChatRequest now = rewrite.apply(asking(Thinking.ofEffort(effort), limit), UNKNOWN);
        assertThat(now.thinking().orElseThrow().budget()).contains(budget);
        assertThat(now.thinking().orElseThrow().mode()).isEqualTo(Mode.ON);
        assertThat(now.thinking().orElseThrow().effort()).isEmpty();
        assertThat(now.output().maxTokens()).contains(limit);
    }

    @ParameterizedTest
    @CsvSource({"minimal", "low", "medium", "high", "xhigh"})
    void wordsSurviveTheWayThroughABudget(String effort) {
        ChatRequest asked = asking(Thinking.ofEffort(effort), 20_000);
        ChatRequest budget =
                EffortRewrites.effortAsBudget(ThinkingStyle.CLAUDE).apply(asked, UNKNOWN);
        ChatRequest back = EffortRewrites.budgetAsEffort().apply(budget, UNKNOWN);
        assertThat(back).isEqualTo(asked);
    }

    @Test
    void theLimitOfOutputStaysAboveTheBudget() {
        ChatRequest now =
                EffortRewrites.effortAsBudget(ThinkingStyle.CLAUDE)
                        .apply(asking(Thinking.ofEffort("low"), 500), UNKNOWN);
        assertThat(now.thinking().orElseThrow().budget()).contains(1024L);
        assertThat(now.output().maxTokens()).contains(1524L);
    }

    @Test
    void aModelWithoutRoomForBothDoesNotThink() {
        ModelFacts small = facts(Optional.of(1200L), List.of(), Optional.of(1024L), false);
        ChatRequest now =
                EffortRewrites.effortForModel(ThinkingStyle.CLAUDE)
                        .apply(asking(Thinking.ofEffort("low"), 500), small);
        assertThat(now.thinking().orElseThrow().mode()).isEqualTo(Mode.OFF);
        assertThat(now.output().maxTokens()).contains(500L);
    }

    @Test
    void aModelThatTakesWordsGetsTheNearest() {
        ModelFacts opus =
                facts(Optional.empty(), List.of("low", "medium", "high"), Optional.empty(), false);
        Rewrite rewrite = EffortRewrites.effortForModel(ThinkingStyle.CLAUDE);
        Thinking now = thinking(rewrite, Thinking.ofEffort("minimal"), opus);
        assertThat(now.effort()).contains("low");
        assertThat(now.mode()).isEqualTo(Mode.ADAPTIVE);
        assertThat(now.budget()).isEmpty();
        assertThat(thinking(rewrite, Thinking.ofEffort("max"), opus).effort()).contains("high");
    }

    @Test
    void aBudgetForAModelThatTakesOnlyWordsBecomesAWord() {
        ModelFacts opus = facts(Optional.empty(), List.of("low", "high"), Optional.empty(), false);
        Rewrite rewrite = EffortRewrites.budgetForModel(ThinkingStyle.CLAUDE);
        Thinking now = thinking(rewrite, budget(9000), opus);
        assertThat(now.effort()).contains("high");
        assertThat(now.budget()).isEmpty();
        assertThat(now.mode()).isEqualTo(Mode.ADAPTIVE);
    }

    @Test
    void whatTheModelTakesIsNotTouched() {
        ChatRequest asked = asking(budget(4000), 10_000);
        ModelFacts model = facts(Optional.of(64_000L), List.of(), Optional.of(1024L), false);
        assertThat(EffortRewrites.budgetForModel(ThinkingStyle.CLAUDE).apply(asked, model))
                .isSameAs(asked);
        ChatRequest effort = asking(Thinking.ofEffort("high"), 10_000);
        assertThat(EffortRewrites.effortForModel(ThinkingStyle.GEMINI).apply(effort, UNKNOWN))
                .isSameAs(effort);
        assertThat(EffortRewrites.effortAsWord().apply(effort, UNKNOWN)).isSameAs(effort);
    }

    @Test
    void noEffortAtAllMeansNotToThink() {
        Rewrite claude = EffortRewrites.effortForModel(ThinkingStyle.CLAUDE);
        assertThat(thinking(claude, Thinking.ofEffort("none"), UNKNOWN).mode()).isEqualTo(Mode.OFF);
        Rewrite gemini = EffortRewrites.effortForModel(ThinkingStyle.GEMINI);
        assertThat(thinking(gemini, Thinking.ofEffort("none"), UNKNOWN).mode()).isEqualTo(Mode.OFF);
    }

    @Test
    void notToThinkIsTheLeastAModelCanDo() {
        Thinking off = Thinking.ofEffort("high").withEffort(Optional.empty()).withMode(Mode.OFF);
        ModelFacts words = facts(Optional.empty(), List.of("low", "high"), Optional.empty(), true);
        ModelFacts budgets = facts(Optional.empty(), List.of(), Optional.of(128L), true);
        Rewrite gemini = EffortRewrites.offForModel(ThinkingStyle.GEMINI);
        assertThat(thinking(gemini, off, words).effort()).contains("low");
        assertThat(thinking(gemini, off, budgets).budget()).contains(128L);
        assertThat(thinking(gemini, off, UNKNOWN)).isEqualTo(off);
        assertThat(thinking(EffortRewrites.offAsWord(), off, UNKNOWN).effort()).contains("none");
        assertThat(thinking(EffortRewrites.offAsWord(), off, words).effort()).contains("low");
    }

    @Test
    void adaptiveBecomesABudgetWhereTheModelMustHaveOne() {
        Thinking adaptive = Thinking.ofEffort("low").withMode(Mode.ADAPTIVE);
        ModelFacts old = facts(Optional.of(64_000L), List.of(), Optional.of(1024L), false);
        Rewrite rewrite = EffortRewrites.adaptiveForModel(ThinkingStyle.CLAUDE);
        Thinking now = thinking(rewrite, adaptive, old);
        assertThat(now.mode()).isEqualTo(Mode.ON);
        assertThat(now.budget()).contains(2000L);
        assertThat(thinking(rewrite, adaptive, UNKNOWN)).isEqualTo(adaptive);
        assertThat(thinking(EffortRewrites.adaptiveAsDefault(), adaptive, UNKNOWN))
                .isEqualTo(Thinking.ofEffort("low"));
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "9223372036854775807", "-9223372036854775808"})
    void hostileNumbersAreBoundedNotFatal(long number) {
        ModelFacts model = facts(Optional.of(number), List.of(), Optional.empty(), false);
        for (Thinking thinking : List.of(budget(number), Thinking.ofEffort("high"))) {
            for (Rewrite rewrite :
                    List.of(
                            EffortRewrites.effortAsBudget(ThinkingStyle.CLAUDE),
                            EffortRewrites.budgetForModel(ThinkingStyle.CLAUDE),
                            EffortRewrites.budgetAsEffort())) {
                ChatRequest now = rewrite.apply(asking(thinking, number), model);
                now.thinking()
                        .flatMap(Thinking::budget)
                        .ifPresent(budget -> assertThat(budget).isBetween(1L, 128_000L));
            }
        }
    }

    @Test
    void aModelThatDecidesIsToldInWordsWhereItTakesBoth() {
        ModelFacts opus =
                deciding("claude-opus-4-6", List.of("low", "medium", "high"), Optional.of(1024L));
        Rewrite effort = EffortRewrites.effortForModel(ThinkingStyle.CLAUDE);
        Thinking now = thinking(effort, Thinking.ofEffort("xhigh"), opus);
        assertThat(now.effort()).contains("high");
        assertThat(now.mode()).isEqualTo(Mode.ADAPTIVE);
        Rewrite exact = EffortRewrites.budgetForModel(ThinkingStyle.CLAUDE);
        assertThat(thinking(exact, budget(2000), opus).budget()).contains(2000L);
    }

    @Test
    void aModelThatTakesAWordButCantDecideIsGivenABudget() {
        ModelFacts opus45 =
                new ModelFacts(
                        "claude-opus-4-5",
                        Optional.of(64_000L),
                        Optional.of(true),
                        List.of("low", "medium", "high"),
                        Optional.of(1024L),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(false),
                        Optional.of(false),
                        Optional.of(false),
                        Optional.of(true));
        Rewrite rewrite = EffortRewrites.adaptiveForModel(ThinkingStyle.CLAUDE);
        Thinking now = thinking(rewrite, Thinking.ofEffort("high").withMode(Mode.ADAPTIVE), opus45);
        assertThat(now.mode()).isEqualTo(Mode.ON);
        assertThat(now.budget()).contains(8000L);
        assertThat(now.effort()).isEmpty();
    }

    @Test
    void aGenerationTooNewForTheCatalogueIsToldInWords() {
        ModelFacts opus5 = ModelFacts.unknown("claude-opus-5");
        Rewrite effort = EffortRewrites.effortForModel(ThinkingStyle.CLAUDE);
        Thinking now = thinking(effort, Thinking.ofEffort("minimal"), opus5);
        assertThat(now.mode()).isEqualTo(Mode.ADAPTIVE);
        assertThat(now.effort()).contains("low");
        Thinking words =
                thinking(EffortRewrites.budgetForModel(ThinkingStyle.CLAUDE), budget(8000), opus5);
        assertThat(words.effort()).contains("high");
        assertThat(words.budget()).isEmpty();
    }

    @Test
    void geminiIsToldToDecideOrHowMuchButNotBoth() {
        Rewrite adaptive = EffortRewrites.adaptiveForModel(ThinkingStyle.GEMINI);
        Thinking asked = Thinking.ofEffort("high").withMode(Mode.ADAPTIVE);
        ModelFacts older = deciding("gemini-2.5-pro", List.of(), Optional.of(128L));
        assertThat(thinking(adaptive, asked, older).budget()).contains(8000L);
        Thinking bare = asked.withEffort(Optional.empty());
        assertThat(thinking(adaptive, bare, older)).isEqualTo(bare);
        ModelFacts newer = deciding("gemini-3-pro", List.of("low", "high"), Optional.empty());
        Thinking level = thinking(adaptive, asked, newer);
        assertThat(level.mode()).isEqualTo(Mode.DEFAULT);
        assertThat(level.effort()).contains("high");
        assertThat(thinking(adaptive, asked, UNKNOWN).mode()).isEqualTo(Mode.DEFAULT);
    }

    @Test
    void aWordThatIsOneProvidersOwnMeansToThink() {
        assertThat(EffortBudget.nearest("high", List.of("none", "default"))).isEqualTo("default");
        assertThat(EffortBudget.nearest("none", List.of("none", "default"))).isEqualTo("none");
        assertThat(EffortBudget.nearest("low", List.of("none"))).isEqualTo("none");
    }

    private static Thinking thinking(Rewrite rewrite, Thinking thinking, ModelFacts model) {
        return rewrite.apply(asking(thinking, 10_000), model).thinking().orElseThrow();
    }

    private static Thinking budget(long tokens) {
        return new Thinking(
                Mode.ON,
                Optional.empty(),
                Optional.of(tokens),
                Optional.empty(),
                Optional.empty(),
                io.fairlead.protocol.model.Beside.NONE);
    }

    private static ChatRequest asking(Thinking thinking, long maxTokens) {
        ChatRequest request = ChatRequest.of("m", Turn.of(Role.USER, Text.of("hi")));
        return request.withThinking(Optional.of(thinking))
                .withOutput(request.output().withMaxTokens(Optional.of(maxTokens)));
    }

    private static ModelFacts facts(
            Optional<Long> maxOutput,
            List<String> efforts,
            Optional<Long> budgetMin,
            boolean thinksAlways) {
        return new ModelFacts(
                "m",
                maxOutput,
                Optional.of(true),
                efforts,
                budgetMin,
                Optional.empty(),
                Optional.empty(),
                Optional.of(thinksAlways),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ModelFacts deciding(String id, List<String> efforts, Optional<Long> budget) {
        return new ModelFacts(
                id,
                Optional.empty(),
                Optional.of(true),
                efforts,
                budget,
                Optional.empty(),
                Optional.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.of(true),
                Optional.empty());
    }
}
