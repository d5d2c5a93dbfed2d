package io.fairlead.protocol.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

final class SealRewritesTest {
    private static final Reasoning SIGNED = sealed(Reasoning.of("so"), Seal.ANTHROPIC);
    private static final Reasoning HIDDEN =
            sealed(new Reasoning(List.of(), List.of(), Marks.NONE), Seal.OPENAI);
    private static final Reasoning PLAIN = Reasoning.of("plain");
    private static final ToolCall CALL =
            ToolCall.of("c1", "f", "{}")
                    .withMarks(
                            Marks.of(Optional.of(Seal.signature(Seal.GOOGLE, "sig")), Beside.NONE));

    @Test
    void ownSealsStay() {
        ChatRequest request = said(SIGNED, Text.of("a"));
        assertThat(SealRewrites.onlyOf(Seal.ANTHROPIC).apply(request, facts())).isSameAs(request);
        assertThat(SealRewrites.sealedBy(Seal.ANTHROPIC).apply(request, facts())).isSameAs(request);
    }

    @Test
    void foreignSealsGoAndReadableReasoningStays() {
        assertThat(parts(SealRewrites.onlyOf("xai"), SIGNED, HIDDEN, PLAIN, CALL))
                .containsExactly(Reasoning.of("so"), PLAIN, ToolCall.of("c1", "f", "{}"));
        assertThat(parts(SealRewrites.none(), SIGNED, HIDDEN, PLAIN, CALL))
                .containsExactly(Reasoning.of("so"), PLAIN, ToolCall.of("c1", "f", "{}"));
    }

    @Test
    void whereUnsignedThoughtsAreRefusedOnlySignedOnesStay() {
        assertThat(parts(SealRewrites.sealedBy(Seal.ANTHROPIC), SIGNED, HIDDEN, PLAIN, CALL))
                .containsExactly(SIGNED, ToolCall.of("c1", "f", "{}"));
    }

    @Test
    void callsThatGeminiDidNotMakeGetAStandIn() {
        ToolCall foreign = ToolCall.of("c2", "g", "{}");
        List<Part> parts = parts(SealRewrites.standInsForGoogle(), foreign, foreign);
        assertThat(parts.get(0).marks().seal().orElseThrow().owner()).isEqualTo(Seal.GOOGLE);
        assertThat(parts.get(1).marks().seal()).isEmpty();
        ChatRequest signed = said(CALL, foreign);
        assertThat(SealRewrites.standInsForGoogle().apply(signed, facts())).isSameAs(signed);
    }

    private static List<Part> parts(Rewrite rewrite, Part... parts) {
        return rewrite.apply(said(parts), facts()).turns().getLast().parts();
    }

    private static ChatRequest said(Part... parts) {
        return ChatRequest.of(
                "m", Turn.of(Role.USER, Text.of("q")), Turn.of(Role.ASSISTANT, parts));
    }

    private static ModelFacts facts() {
        return ModelFacts.unknown("m");
    }

    private static Reasoning sealed(Reasoning reasoning, String owner) {
        return reasoning.withMarks(
                Marks.of(Optional.of(Seal.signature(owner, "data")), Beside.NONE));
    }
}
