package io.fairlead.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** Opaque state of other providers, through a client that echoes reasoning items. */
class SealingTest {
    private static final OpenAiResponsesProtocol PROTOCOL = new OpenAiResponsesProtocol();

    /** The part that an item is when the client sends it back. */
    static Part back(Json item) {
        return PROTOCOL.readRequest(request("[" + item + "]"))
                .turns()
                .getFirst()
                .parts()
                .getFirst();
    }

    private static WireRequest request(String input) {
        return WireRequest.of(Json.parse("{\"model\":\"m\",\"input\":" + input + "}"));
    }

    private static List<Json> output(Part... parts) {
        ChatAnswer answer =
                ChatAnswer.of(
                        "",
                        "",
                        TokenUsage.of(Usage.of(1, 1)),
                        Choice.of(Finish.of(Finish.Reason.STOP, ""), parts));
        return Json.parse(PROTOCOL.writeAnswer(answer, Said.CONTEXT))
                .get("output")
                .orElseThrow()
                .elements();
    }

    @Test
    void aSignatureComesBackWithTheThoughtsItVouchesForEvenIfTheClientForgetsThem() {
        Seal seal = Seal.signature(Seal.ANTHROPIC, "c2ln");
        Reasoning thought =
                new Reasoning(
                        List.of("First.\n\nSecond."),
                        List.of(),
                        Marks.NONE.withSeal(Optional.of(seal)));

        Json item = output(thought).getFirst();
        Json forgotten =
                new JsonObject()
                        .put("type", "reasoning")
                        .put("summary", Json.EMPTY_ARRAY)
                        .put("encrypted_content", item.get("encrypted_content").orElseThrow())
                        .toJson();

        assertThat(item.get("summary").orElseThrow().toString()).contains("First.");
        assertThat(back(item)).isEqualTo(thought);
        assertThat(back(forgotten)).isEqualTo(thought);
    }

    @Test
    void whatOpenAiEncryptedPassesAsItIs() {
        Seal seal = new Seal(Seal.Kind.ENCRYPTED, Seal.OPENAI, "gAAA", Optional.of("rs_1"));
        Reasoning thought =
                new Reasoning(List.of(), List.of("Short."), Marks.NONE.withSeal(Optional.of(seal)));

        Json item = output(thought).getFirst();

        assertThat(item.get("encrypted_content").orElseThrow().text()).isEqualTo("gAAA");
        assertThat(item.get("id").orElseThrow().text()).isEqualTo("rs_1");
        assertThat(back(item).marks().seal()).contains(seal);
    }

    @Test
    void theSignatureOfACallIsCarriedBehindItAndPutBackOnIt() {
        Seal seal = Seal.signature(Seal.GOOGLE, "dGhvdWdodA==");
        ToolCall signed =
                ToolCall.of("a", "one", "{}").withMarks(Marks.NONE.withSeal(Optional.of(seal)));

        List<Json> items = output(signed, ToolCall.of("b", "two", "{}"));
        List<Turn> turns = PROTOCOL.readRequest(request(items.toString())).turns();

        assertThat(items).hasSize(3);
        assertThat(turns).hasSize(2);
        assertThat(turns.get(0).parts().getFirst().marks().seal()).contains(seal);
        assertThat(turns.get(1).parts().getFirst().marks().seal()).isEmpty();
    }

    @Test
    void hostileStateIsHarmless() {
        for (String data :
                List.of(
                        "fairlead1.",
                        "fairlead1.!!!",
                        "fairlead1.e30",
                        "fairlead1.W10",
                        "fairlead1.eyJrIjoxfQ",
                        "fairlead1." + "e".repeat(10_000))) {
            String item =
                    "{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\""
                            + data
                            + "\"}";

            assertThat(back(Json.parse(item)).marks().seal().orElseThrow().owner())
                    .as(data)
                    .isEqualTo(Seal.OPENAI);
        }
    }
}
