package io.fairlead.protocol.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Thinking.Mode;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class ModelLimitsTest {
    private static final ChatRequest HI = ChatRequest.of("m", Turn.of(Role.USER, Text.of("hi")));

    private final Set<Feature> dropped = EnumSet.noneOf(Feature.class);

    @Test
    void nobodyTellsAModelToThinkThatCant() {
        ModelFacts plain = facts(Optional.of(false), List.of(), Optional.empty());
        assertThat(within(thinking(Thinking.ofEffort("high")), plain).thinking()).isEmpty();
        assertThat(dropped).containsExactly(Feature.REASONING_EFFORT);
    }

    @Test
    void whatCantThinkDoesAsToldWhenToldNotTo() {
        ModelFacts plain = facts(Optional.of(false), List.of(), Optional.empty());
        Thinking off = Thinking.ofEffort("x").withEffort(Optional.empty()).withMode(Mode.OFF);
        assertThat(within(thinking(off), plain).thinking()).isEmpty();
        assertThat(dropped).isEmpty();
    }

    @Test
    void samplingIsLeftOutWhereAThinkingModelRefusesIt() {
        ModelFacts gpt5 = facts(Optional.of(true), List.of("minimal", "high"), Optional.empty());
        ChatRequest now = within(sampled("0.5", "0.9"), gpt5);
        assertThat(now.sampling().temperature()).isEmpty();
        assertThat(now.sampling().topP()).isEmpty();
        assertThat(dropped).containsExactly(Feature.TEMPERATURE, Feature.TOP_P);
    }

    @Test
    void whatIsSoAnywayStays() {
        ModelFacts gpt5 = facts(Optional.of(true), List.of("minimal", "high"), Optional.empty());
        ChatRequest asked = sampled("1.0", "1");
        assertThat(within(asked, gpt5)).isSameAs(asked);
    }

    @Test
    void samplingStaysWhereTheModelIsSilent() {
        ModelFacts gpt52 =
                facts(Optional.of(true), List.of("none", "low", "high"), Optional.of(false));
        ChatRequest asked = sampled("0.5", "0.9");
        assertThat(within(asked, gpt52)).isSameAs(asked);
        Thinking off = Thinking.ofEffort("x").withEffort(Optional.empty()).withMode(Mode.OFF);
        ChatRequest silent = asked.withThinking(Optional.of(off));
        assertThat(within(silent, gpt52)).isSameAs(silent);
        assertThat(dropped).isEmpty();
        ChatRequest loud = asked.withThinking(Optional.of(Thinking.ofEffort("low")));
        assertThat(within(loud, gpt52).sampling().temperature()).isEmpty();
    }

    @Test
    void ofAnUnknownModelNothingIsLeftOut() {
        ChatRequest asked =
                sampled("0.5", "0.9").withThinking(Optional.of(Thinking.ofEffort("high")));
        assertThat(within(asked, ModelFacts.unknown("m"))).isSameAs(asked);
    }

    private ChatRequest within(ChatRequest request, ModelFacts model) {
        return ModelLimits.within(request, model, dropped);
    }

    private static ChatRequest thinking(Thinking thinking) {
        return HI.withThinking(Optional.of(thinking));
    }

    private static ChatRequest sampled(String temperature, String topP) {
        return HI.withSampling(
                HI.sampling()
                        .withTemperature(Optional.of(new BigDecimal(temperature)))
                        .withTopP(Optional.of(new BigDecimal(topP))));
    }

    /** One whose sampling can't be set while it thinks. */
    private static ModelFacts facts(
            Optional<Boolean> reasons, List<String> efforts, Optional<Boolean> unasked) {
        return new ModelFacts(
                "m",
                Optional.empty(),
                reasons,
                efforts,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                unasked,
                Optional.empty(),
                Optional.of(false));
    }
}
