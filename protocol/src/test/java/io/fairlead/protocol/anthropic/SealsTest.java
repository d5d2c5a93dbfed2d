package io.fairlead.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.adapt.Meaning;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** Opaque state of other providers on its way through a client of this protocol. */
class SealsTest {
    private static final Seal GOOGLE = Seal.signature(Seal.GOOGLE, "c2lnbmF0dXJl");
    private static final Seal OPENAI =
            new Seal(Seal.Kind.ENCRYPTED, Seal.OPENAI, "Z2VoZWlt", Optional.of("rs_1"));

    private static Part sealed(Part part, Seal seal) {
        return part.withMarks(part.marks().withSeal(Optional.of(seal)));
    }

    /** What comes back from a client that sends the answer's content as it is. */
    private static List<Part> echoed(Part... parts) {
        ChatAnswer answer =
                ChatAnswer.of(
                        "",
                        "",
                        TokenUsage.of(Usage.NONE),
                        Choice.of(Finish.of(Finish.Reason.STOP, ""), parts));
        return echo(Wire.answer(answer).get("content").orElseThrow());
    }

    private static List<Part> echo(Json content) {
        JsonObject message = new JsonObject().put("role", "assistant").put("content", content);
        var request = Wire.messages("[" + message + "]");
        return Meaning.parts(request.turns().getFirst().parts());
    }

    @Test
    void thoughtsKeepASealOfAnotherProvider() {
        Reasoning summary =
                new Reasoning(
                        List.of(), List.of("Hm."), Marks.of(Optional.of(OPENAI), Beside.NONE));
        Part thought = sealed(Reasoning.of("Hm."), GOOGLE);
        assertThat(echoed(summary, thought, Text.of("So.")))
                .containsExactly(summary, thought, Text.of("So."));
    }

    @Test
    void hiddenThoughtsKeepTheirs() {
        Part hidden = sealed(new Reasoning(List.of(), List.of(), Marks.NONE), OPENAI);
        assertThat(echoed(hidden)).containsExactly(hidden);
    }

    @Test
    void callsAndTextsKeepTheirs() {
        Part text = sealed(Text.of("So."), GOOGLE);
        Part call = sealed(ToolCall.of("a", "f", "{}"), GOOGLE);
        Part empty = sealed(Text.of(""), GOOGLE);
        Part bare = ToolCall.of("b", "f", "{}");
        assertThat(echoed(text, call, bare, empty)).containsExactly(text, call, bare, empty);
    }

    @Test
    void callsKeepTheirsThroughAStream() {
        var writer = Wire.PROTOCOL.streamWriter(Wire.CONTEXT);
        var events =
                List.of(
                        new StreamEvent.Started("", "", Optional.empty(), Beside.NONE),
                        new StreamEvent.PartStarted(0, 0, Reasoning.of(""), Beside.NONE),
                        new StreamEvent.PartGrew(
                                0, 0, new Growth.MoreReasoning("Hm.", true, 0), Beside.NONE),
                        new StreamEvent.PartGrew(0, 0, new Growth.Sealed(OPENAI), Beside.NONE),
                        new StreamEvent.PartEnded(0, 0, Beside.NONE),
                        new StreamEvent.PartStarted(
                                0, 1, sealed(ToolCall.of("a", "f", ""), GOOGLE), Beside.NONE),
                        new StreamEvent.PartEnded(0, 1, Beside.NONE),
                        new StreamEvent.PartStarted(0, 2, ToolCall.of("b", "f", ""), Beside.NONE),
                        new StreamEvent.PartGrew(0, 2, new Growth.Sealed(GOOGLE), Beside.NONE),
                        new StreamEvent.PartEnded(0, 2, Beside.NONE));
        Gathered gathered = new Gathered();
        for (StreamEvent event : events) {
            writer.write(Batch.of(event)).forEach(gathered::add);
        }
        Reasoning thought =
                new Reasoning(
                        List.of(), List.of("Hm."), Marks.of(Optional.of(OPENAI), Beside.NONE));
        assertThat(echo(gathered.content()))
                .containsExactly(
                        thought,
                        sealed(ToolCall.of("a", "f", "{}"), GOOGLE),
                        sealed(ToolCall.of("b", "f", "{}"), GOOGLE));
    }

    @Test
    void brokenSealsOfOursAreNone() {
        for (String data : List.of("", "%%%", "e30", "bnVsbA", "eyJvIjoxfQ", "W10")) {
            var parts =
                    Wire.messages(
                                    "[{'role':'assistant','content':[{'type':'thinking',"
                                            + "'thinking':'Hm','signature':'fairlead1."
                                            + data
                                            + "'}]}]")
                            .turns()
                            .getFirst()
                            .parts();
            assertThat(Meaning.parts(parts)).containsExactly(Reasoning.of("Hm"));
        }
    }

    @Test
    void anthropicsOwnStayAsTheyAre() {
        Part thought = sealed(Reasoning.of("Hm."), Seal.signature(Seal.ANTHROPIC, "c2ln"));
        ChatAnswer answer =
                ChatAnswer.of(
                        "",
                        "",
                        TokenUsage.of(Usage.NONE),
                        Choice.of(Finish.of(Finish.Reason.STOP, ""), thought));
        assertThat(Wire.answer(answer).get("content"))
                .contains(Wire.json("[{'type':'thinking','thinking':'Hm.','signature':'c2ln'}]"));
    }
}
