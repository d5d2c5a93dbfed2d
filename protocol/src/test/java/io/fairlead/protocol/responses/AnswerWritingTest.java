package io.fairlead.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.adapt.Meaning;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Optional;

/** Answers of other protocols, as clients of this one see them. */
class AnswerWritingTest {
    private final OpenAiResponsesProtocol protocol = new OpenAiResponsesProtocol();

    static List<Exchange> answers() {
        return RoundTripTest.answers();
    }

    private Json written(Reason reason, Part... parts) {
        return written(ChatRequest.of("m"), reason, parts);
    }

    private Json written(ChatRequest request, Reason reason, Part... parts) {
        Usage usage = new Usage(10, 4, 1, 0, 0, 7, 3, 0, 0);
        ChatAnswer answer =
                ChatAnswer.of(
                        "", "", TokenUsage.of(usage), Choice.of(Finish.of(reason, "x"), parts));
        AnswerContext context = new AnswerContext(request, "0123abcd", "told", 1_700_000_000);
        Json json = Json.parse(protocol.writeAnswer(answer, context));
        OpenAiSchema.of("Response").allows(json);
        return json;
    }

    @Test
    void anAnswerOfAnotherProtocolIsAWholeResponse() {
        Json response =
                written(
                        Reason.TOOL_CALLS,
                        Reasoning.of("Hm."),
                        Text.of("I look."),
                        ToolCall.of("c1", "look", ""),
                        new ToolCall(
                                "c2", "free", "any", true, io.fairlead.protocol.model.Marks.NONE));

        List<Json> output = response.get("output").orElseThrow().elements();
        assertThat(output.stream().map(item -> item.get("type").orElseThrow().text()))
                .containsExactly("reasoning", "message", "function_call", "custom_tool_call");
        assertThat(output.get(2).get("arguments").orElseThrow().text()).isEqualTo("{}");
        assertThat(response.get("status").orElseThrow().text()).isEqualTo("completed");
        assertThat(response.get("usage").orElseThrow())
                .isEqualTo(
                        Json.parse(
                                """
                                {"input_tokens":10,
                                 "input_tokens_details":{"cached_tokens":4,"cache_write_tokens":1},
                                 "output_tokens":7,"output_tokens_details":{"reasoning_tokens":3},
                                 "total_tokens":17}\
                                """));
    }

    @Test
    void everyReasonToEndHasAStatus() {
        for (Reason reason : Reason.values()) {
            written(reason, Text.of("x"));
        }
        assertThat(written(Reason.CONTENT_FILTER).get("incomplete_details").orElseThrow())
                .isEqualTo(Json.parse("{\"reason\":\"content_filter\"}"));
        assertThat(written(Reason.ERROR).get("status").orElseThrow().text()).isEqualTo("failed");
        written(Reason.REFUSAL, Refusal.of("No."));
        written(Reason.STOP, Media.inline(Media.Kind.IMAGE, "image/png", "iVBOR"));
    }

    @Test
    void aRefusalWithoutWordsIsAFilters() {
        Json response = written(Reason.REFUSAL, Text.of("That is"));
        assertThat(response.get("status").orElseThrow().text()).isEqualTo("incomplete");
        assertThat(response.get("incomplete_details").orElseThrow().toString())
                .contains("content_filter");
        assertThat(written(Reason.REFUSAL, Refusal.of("No.")).get("status").orElseThrow().text())
                .isEqualTo("completed");
    }

    @Test
    void theResponseRepeatsItsRequest() {
        ChatRequest request =
                protocol.readRequest(
                        WireRequest.of(
                                Json.parse(
                                        """
                                        {"model":"m","instructions":"Be short.","input":"Hi",
                                         "temperature":0.5,"max_output_tokens":9,"store":false,
                                         "tools":[{"type":"function","name":"f"}],
                                         "reasoning":{"effort":"low"},"truncation":"auto",
                                         "metadata":{"a":"b"},"parallel_tool_calls":false}\
                                        """)));

        Json response = written(request, Reason.STOP, Text.of("x"));

        assertThat(response.get("instructions").orElseThrow().text()).isEqualTo("Be short.");
        assertThat(response.get("temperature").orElseThrow()).isEqualTo(Json.parse("0.5"));
        assertThat(response.get("truncation").orElseThrow().text()).isEqualTo("auto");
        assertThat(response.get("parallel_tool_calls").orElseThrow()).isEqualTo(Json.FALSE);
        assertThat(response.get("store").orElseThrow()).isEqualTo(Json.FALSE);
        assertThat(response.get("metadata").orElseThrow()).isEqualTo(Json.parse("{\"a\":\"b\"}"));
        assertThat(response.get("input")).isEmpty();
    }

    /** What is stripped of all that is beside it is written well, and means the same. */
    @ParameterizedTest
    @MethodSource("answers")
    void aRecordedAnswerMeansTheSameWithoutWhatIsBeside(Exchange exchange) {
        ChatAnswer bare = Meaning.of(protocol.readAnswer(exchange.answer().orElseThrow()));
        if (bare.choices().getFirst().finish().isEmpty()) {
            return;
        }
        Json json = Json.parse(protocol.writeAnswer(bare, Said.CONTEXT));
        boolean ofOpenAi = exchange.provider().equals("openai");
        if (ofOpenAi) {
            OpenAiSchema.of("Response").allows(json);
        }
        ChatAnswer again = Meaning.of(protocol.readAnswer(json));

        assertThat(again.usage()).isEqualTo(bare.usage());
        assertThat(again.choices().getFirst().finish().map(Finish::reason))
                .isEqualTo(bare.choices().getFirst().finish().map(Finish::reason));
        assertThat(Meaning.text(again.choices().getFirst().parts()))
                .isEqualTo(Meaning.text(bare.choices().getFirst().parts()));
        assertThat(calls(again)).isEqualTo(calls(bare));
        assertThat(Optional.of(again.id())).contains(bare.id());
    }

    private static List<Part> calls(ChatAnswer answer) {
        return answer.choices().getFirst().parts().stream()
                .filter(ToolCall.class::isInstance)
                .toList();
    }
}
