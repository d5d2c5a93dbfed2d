package io.fairlead.protocol.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.StreamEvent.PartEnded;
import io.fairlead.protocol.model.StreamEvent.PartGrew;
import io.fairlead.protocol.model.StreamEvent.PartStarted;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Two turns with tools through clients that bring back texts, calls and their ids only. */
final class SealedIdsTest {
    private static final Reasoning CLAUDE =
            sealed(
                    List.of("I need the weather."),
                    Seal.Kind.SIGNATURE,
                    Seal.ANTHROPIC,
                    "EqQBsig==");
    private static final Reasoning REDACTED =
            sealed(List.of(), Seal.Kind.REDACTED, Seal.ANTHROPIC, "EmwKAhg");
    private static final Reasoning OPENAI =
            new Reasoning(
                    List.of(),
                    List.of("Looking it up"),
                    Marks.of(
                            Optional.of(
                                    new Seal(
                                            Seal.Kind.ENCRYPTED,
                                            Seal.OPENAI,
                                            "gAAAAAB",
                                            Optional.of("rs_1"))),
                            Beside.NONE));
    private static final ToolCall GEMINI =
            ToolCall.of("", "weather", "{}")
                    .withMarks(
                            Marks.of(
                                    Optional.of(Seal.signature(Seal.GOOGLE, "CiQB")), Beside.NONE));
    private static final ToolCall ONE = ToolCall.of("toolu_1", "weather", "{\"city\":\"Bern\"}");
    private static final ToolCall TWO = ToolCall.of("toolu_2", "weather", "{\"city\":\"Genf\"}");

    @Test
    void claudesThinkingComesBackAndStandsFirst() {
        List<Part> said = List.of(CLAUDE, REDACTED, Text.of("Let me see."), ONE, TWO);
        assertThat(back(said, SealedIdsOut.Load.ALL)).isEqualTo(said);
    }

    @Test
    void thinkingBetweenCallsComesBackWhereItWas() {
        List<Part> said = List.of(CLAUDE, Text.of("a"), ONE, Text.of("b"), REDACTED, TWO);
        assertThat(back(said, SealedIdsOut.Load.ALL)).isEqualTo(said);
    }

    @Test
    void encryptedReasoningOfOpenAiComesBackWithItsIdAndSummary() {
        List<Part> said = List.of(OPENAI, ONE);
        assertThat(back(said, SealedIdsOut.Load.ALL)).isEqualTo(said);
    }

    @Test
    void aSignedCallOfGeminiGetsAnIdAndKeepsItsSignature() {
        List<Part> back = back(List.of(GEMINI, TWO), SealedIdsOut.Load.CALL_SEALS);
        ToolCall call = (ToolCall) back.getFirst();
        assertThat(call.marks().seal()).isEqualTo(GEMINI.marks().seal());
        assertThat(call.id()).matches("call_[0-9a-f]+");
        assertThat(back.get(1)).isEqualTo(TWO);
    }

    @Test
    void reasoningThatFindsItsOwnWayIsNotSentTwice() {
        ChatAnswer answer = answer(List.of(CLAUDE, ONE));
        assertThat(new SealedIdsOut(SealedIdsOut.Load.CALL_SEALS).apply(answer)).isSameAs(answer);
    }

    @Test
    void idsAreLettersDigitsAndTwoMarksAndResultsGetThePlainOnes() {
        ChatAnswer out =
                new SealedIdsOut(SealedIdsOut.Load.ALL).apply(answer(List.of(CLAUDE, ONE)));
        ToolCall call = (ToolCall) out.choices().getFirst().parts().get(1);
        assertThat(call.id()).startsWith("toolu_1_fls1_").matches("[A-Za-z0-9_-]+");
        ChatRequest next = nextTurn(List.of(call));
        ChatRequest in = SealedIds.unpacked(next);
        ToolResult result = (ToolResult) in.turns().getLast().parts().getFirst();
        assertThat(result.callId()).isEqualTo("toolu_1");
        assertThat(in.turns().get(1).parts()).containsExactly(CLAUDE, ONE);
    }

    @Test
    void stateIsSeenInTheBytesWhereverItStands() {
        for (int before = 0; before < 20; before++) {
            String mark = "_".repeat(before) + SealedIds.MARK + "x".repeat(before % 3);
            assertThat(SealedIds.maybeIn(mark.getBytes(UTF_8))).as(mark).isTrue();
            assertThat(SealedIds.maybeIn(mark.replace('s', 'z').getBytes(UTF_8))).isFalse();
            assertThat(SealedIds.maybeIn(SealedIds.MARK.substring(1).getBytes(UTF_8))).isFalse();
        }
        assertThat(SealedIds.maybeIn(new byte[0])).isFalse();
    }

    @Test
    void whatTheClientSendsItselfCounts() {
        Reasoning own = sealed(List.of("x"), Seal.Kind.SIGNATURE, Seal.ANTHROPIC, "own");
        ToolCall packed = packed(CLAUDE, ONE);
        assertThat(unpacked(List.of(own, packed))).containsExactly(own, ONE);
        assertThat(unpacked(List.of(Reasoning.of("I need the weather."), packed)))
                .containsExactly(CLAUDE, ONE);
    }

    @Test
    void atAnotherProviderTheStateIsDroppedCleanly() {
        ChatRequest in = SealedIds.unpacked(nextTurn(List.of(Text.of("a"), packed(CLAUDE, ONE))));
        ModelFacts facts = ModelFacts.unknown("m");
        assertThat(SealRewrites.sealedBy(Seal.OPENAI).apply(in, facts).turns().get(1).parts())
                .containsExactly(Text.of("a"), ONE);
        assertThat(SealRewrites.none().apply(in, facts).turns().get(1).parts())
                .containsExactly(Reasoning.of("I need the weather."), Text.of("a"), ONE);
    }

    @Test
    void thinkingStandsFirstEvenWhereTheClientCutsTheTurn() {
        ChatRequest request =
                ChatRequest.of(
                        "m",
                        Turn.of(Role.USER, Text.of("q")),
                        Turn.of(Role.ASSISTANT, Text.of("a")),
                        Turn.of(Role.ASSISTANT, packed(CLAUDE, ONE)));
        List<Turn> turns = SealedIds.unpacked(request).turns();
        assertThat(turns.get(1).parts()).containsExactly(CLAUDE, Text.of("a"));
        assertThat(turns.get(2).parts()).containsExactly(ONE);
    }

    @Test
    void aStreamSealsTheSameIds() {
        SealedIdsOut out = new SealedIdsOut(SealedIdsOut.Load.ALL);
        Reasoning empty = new Reasoning(List.of(), List.of(), Marks.NONE);
        List<StreamEvent> events =
                List.of(
                        new PartStarted(0, 0, empty, Beside.NONE),
                        grew(0, new Growth.MoreReasoning("I need ", false, 0)),
                        grew(0, new Growth.MoreReasoning("the weather.", false, 0)),
                        grew(0, new Growth.Sealed(CLAUDE.marks().seal().orElseThrow())),
                        new PartEnded(0, 0, Beside.NONE),
                        new PartStarted(0, 1, ONE.withArguments(""), Beside.NONE));
        List<StreamEvent> written = new ArrayList<>();
        events.forEach(event -> written.addAll(out.apply(Batch.of(event)).events()));
        assertThat(written.subList(0, 5)).isEqualTo(events.subList(0, 5));
        ToolCall call = (ToolCall) ((PartStarted) written.getLast()).head();
        assertThat(unpacked(List.of(call.withArguments(ONE.arguments()))))
                .containsExactly(CLAUDE, ONE);
    }

    @Test
    void aSealInTheSameMessageAsItsCallIsKnown() {
        SealedIdsOut out = new SealedIdsOut(SealedIdsOut.Load.CALL_SEALS);
        Batch batch =
                out.apply(
                        Batch.of(
                                new PartStarted(0, 0, ONE, Beside.NONE),
                                grew(0, new Growth.Sealed(Seal.signature(Seal.GOOGLE, "late")))));
        ToolCall call = (ToolCall) ((PartStarted) batch.events().getFirst()).head();
        ToolCall back = (ToolCall) unpacked(List.of(call)).getFirst();
        assertThat(back.marks().seal()).contains(Seal.signature(Seal.GOOGLE, "late"));
        assertThat(back.id()).isEqualTo("toolu_1");
    }

    @Test
    void asASealOfTheCallStateComesBackThroughClientsThatKeepNoThoughts() {
        List<Part> said = List.of(CLAUDE, REDACTED, Text.of("Let me see."), ONE, TWO);
        List<Part> told = asSeals(said);
        assertThat(told.subList(0, 3)).isEqualTo(said.subList(0, 3));
        assertThat(((ToolCall) told.get(3)).id()).isEqualTo("toolu_1");
        assertThat(told.get(4)).isEqualTo(TWO);
        assertThat(unpacked(told.subList(2, 5))).isEqualTo(said);
        // thoughts that came back without their seals, or with the seal of another
        Reasoning mixed = CLAUDE.withMarks(REDACTED.marks());
        for (Reasoning repeated : List.of(Reasoning.of("I need the weather."), mixed)) {
            List<Part> back = new ArrayList<>(List.of(repeated));
            back.addAll(told.subList(2, 5));
            assertThat(unpacked(back)).isEqualTo(said);
        }
    }

    @Test
    void asASealACallOfGeminiKeepsItsOwn() {
        assertThat(asSeals(List.of(GEMINI, TWO))).containsExactly(GEMINI, TWO);
        List<Part> said = List.of(CLAUDE, GEMINI);
        assertThat(unpacked(asSeals(said))).isEqualTo(said);
    }

    @Test
    void aStreamSealsTheSameCalls() {
        SealedIdsOut out = new SealedIdsOut(SealedIdsOut.Load.ALL_AS_SEAL);
        List<Part> told = new ArrayList<>();
        for (StreamEvent event :
                List.<StreamEvent>of(
                        new PartStarted(0, 0, Reasoning.of("I need the weather."), Beside.NONE),
                        grew(0, new Growth.Sealed(CLAUDE.marks().seal().orElseThrow())),
                        new PartEnded(0, 0, Beside.NONE),
                        new PartStarted(0, 1, ONE, Beside.NONE))) {
            out.apply(Batch.of(event)).events().stream()
                    .filter(PartStarted.class::isInstance)
                    .forEach(it -> told.add(((PartStarted) it).head()));
        }
        assertThat(unpacked(told)).containsExactly(CLAUDE, ONE);
    }

    @Test
    void aBrokenSealOfOursIsTakenOff() {
        for (String text : List.of("", "A", "!!", "A".repeat(100_000))) {
            ToolCall call = ONE.withMarks(Marks.NONE.withSeal(Optional.of(SealedIds.seal(text))));
            assertThat(unpacked(List.of(CLAUDE, call))).containsExactly(CLAUDE, ONE);
        }
    }

    @Test
    void whatIsTooLongIsLeftOutAndTheRestStays() {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            noise.append((char) ('!' + random.nextInt(90)));
        }
        Reasoning huge =
                sealed(List.of(noise.toString()), Seal.Kind.SIGNATURE, Seal.ANTHROPIC, "s");
        ToolCall packed = packed(huge, ONE);
        assertThat(packed.id()).isEqualTo("toolu_1");
        List<Part> both = back(List.of(huge, REDACTED, ONE), SealedIdsOut.Load.ALL);
        assertThat(both).containsExactly(REDACTED, ONE);
    }

    @Test
    void hostileIdsDoNoHarm() {
        String good = packed(CLAUDE, ONE).id();
        SplittableRandom random = new SplittableRandom(7);
        List<String> ids = new ArrayList<>(List.of("_fls1_", "a_fls1_", "a_fls1_AA", "a_fls1_!!"));
        ids.add("a_fls1_" + "A".repeat(1_000_000));
        for (int i = 0; i < 300; i++) {
            StringBuilder id = new StringBuilder(good);
            id.setCharAt(
                    13 + random.nextInt(good.length() - 13), (char) ('A' + random.nextInt(26)));
            ids.add(id.substring(0, 14 + random.nextInt(good.length() - 13)));
        }
        for (String id : ids) {
            List<Part> parts = unpacked(List.of(ToolCall.of(id, "f", "{}")));
            assertThat(parts.getLast()).isInstanceOf(ToolCall.class);
            assertThat(((ToolCall) parts.getLast()).id()).hasSizeLessThan(20);
        }
    }

    @Test
    void requestsWithoutStateAreNotTouched() {
        ChatRequest request = nextTurn(List.of(Text.of("a"), ONE));
        assertThat(SealedIds.unpacked(request)).isSameAs(request);
    }

    private static PartGrew grew(int part, Growth growth) {
        return new PartGrew(0, part, growth, Beside.NONE);
    }

    private static ToolCall packed(Reasoning reasoning, ToolCall call) {
        ChatAnswer out =
                new SealedIdsOut(SealedIdsOut.Load.ALL).apply(answer(List.of(reasoning, call)));
        return (ToolCall) out.choices().getFirst().parts().getLast();
    }

    /** What the provider said, after it went through a client that keeps texts and calls only. */
    private static List<Part> back(List<Part> said, SealedIdsOut.Load load) {
        List<Part> echoed = new ArrayList<>();
        for (Part part : new SealedIdsOut(load).apply(answer(said)).choices().getFirst().parts()) {
            if (part instanceof ToolCall call) {
                echoed.add(call.withMarks(Marks.NONE));
            } else if (!(part instanceof Reasoning)) {
                echoed.add(part);
            }
        }
        return unpacked(echoed);
    }

    private static List<Part> asSeals(List<Part> said) {
        return new SealedIdsOut(SealedIdsOut.Load.ALL_AS_SEAL)
                .apply(answer(said))
                .choices()
                .getFirst()
                .parts();
    }

    private static List<Part> unpacked(List<Part> said) {
        return SealedIds.unpacked(nextTurn(said)).turns().get(1).parts();
    }

    private static ChatRequest nextTurn(List<Part> said) {
        List<Part> results = new ArrayList<>();
        for (Part part : said) {
            if (part instanceof ToolCall call) {
                results.add(ToolResult.of(call.id(), "sun"));
            }
        }
        return ChatRequest.of(
                "m",
                Turn.of(Role.USER, Text.of("q")),
                Turn.of(Role.ASSISTANT, said),
                Turn.of(Role.USER, results));
    }

    private static ChatAnswer answer(List<Part> parts) {
        Finish finish = Finish.of(Finish.Reason.TOOL_CALLS, "");
        Choice choice = new Choice(0, parts, Optional.of(finish), List.of(), Beside.NONE);
        return ChatAnswer.of("id", "m", TokenUsage.of(Usage.NONE), choice);
    }

    private static Reasoning sealed(
            List<String> content, Seal.Kind kind, String owner, String data) {
        Seal seal = new Seal(kind, owner, data, Optional.empty());
        return new Reasoning(content, List.of(), Marks.of(Optional.of(seal), Beside.NONE));
    }
}
