package io.fairlead.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

/** What Anthropic's clients get of answers of other protocols. */
class AnswerWriterTest {
    private static Json written(Reason reason, Part... parts) {
        return Wire.answer(
                ChatAnswer.of(
                        "",
                        "",
                        TokenUsage.of(new Usage(100, 60, 10, 0, 0, 20, 5, 0, 0)),
                        Choice.of(Finish.of(reason, "theirs"), parts)));
    }

    private static Json content(Part... parts) {
        return written(Reason.STOP, parts).get("content").orElseThrow();
    }

    @Test
    void hasEveryMemberThatClientsExpect() {
        assertThat(written(Reason.STOP, Text.of("Hi.")))
                .isEqualTo(
                        Wire.json(
                                "{'id':'msg_abc','type':'message','role':'assistant',"
                                    + "'model':'claude','content':[{'type':'text','text':'Hi.'}],"
                                    + "'stop_reason':'end_turn',"
                                    + "'stop_sequence':null,'stop_details':null,'container':null,"
                                    + "'usage':{'input_tokens':30,'cache_creation_input_tokens':10,"
                                    + "'cache_creation':{'ephemeral_5m_input_tokens':10,"
                                    + "'ephemeral_1h_input_tokens':0},'cache_read_input_tokens':60,"
                                    + "'output_tokens':20,'output_tokens_details':"
                                    + "{'thinking_tokens':5},'server_tool_use':null,"
                                    + "'service_tier':null,'inference_geo':null}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,end_turn",
        "STOP_SEQUENCE,stop_sequence",
        "LENGTH,max_tokens",
        "TOOL_CALLS,end_turn",
        "CONTENT_FILTER,refusal",
        "REFUSAL,refusal",
        "PAUSE,pause_turn",
        "CONTEXT_FULL,model_context_window_exceeded",
        "MALFORMED_CALL,end_turn",
        "ERROR,end_turn",
        "OTHER,end_turn"
    })
    void saysWhyItEnded(Reason reason, String word) {
        assertThat(written(reason, Text.of("x")).get("stop_reason")).contains(Json.of(word));
        assertThat(written(reason, ToolCall.of("a", "f", "{}")).get("stop_reason"))
                .contains(Json.of("tool_use"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|{}",
                "null|{}",
                "{'a':1}|{'a':1}",
                "{'a':|{'_unreadable_arguments':'{\\'a\\':'}"
            })
    void givesCallsAnObjectAsInput(String arguments, String input) {
        Json call =
                content(ToolCall.of("a", "f", arguments.replace('\'', '"'))).elements().getFirst();
        assertThat(call.get("caller")).contains(Wire.json("{'type':'direct'}"));
        Json expected =
                Json.parse(
                        input.replace("\\'", "\u0001")
                                .replace('\'', '"')
                                .replace("\u0001", "\\\""));
        assertThat(call.get("input")).contains(expected);
    }

    @Test
    void makesIdsForCallsThatHaveNone() {
        assertThat(content(ToolCall.of("", "f", ""), ToolCall.of("", "f", "")).elements())
                .extracting(call -> call.get("id").orElseThrow().text())
                .containsExactly("toolu_abc_0", "toolu_abc_1");
    }

    @Test
    void leavesOutWhatSaysNothing() {
        Part nothing = new Reasoning(List.of(), List.of(), Marks.NONE);
        assertThat(content(Text.of(""), nothing, Refusal.of(""))).isEqualTo(Json.EMPTY_ARRAY);
    }

    @Test
    void givesThoughtsAnEmptySignature() {
        assertThat(content(Reasoning.of("Hm.")))
                .isEqualTo(Wire.json("[{'type':'thinking','thinking':'Hm.','signature':''}]"));
    }

    @Test
    void saysARefusalAsText() {
        Json answer = written(Reason.STOP, Refusal.of("No."));
        assertThat(answer.get("stop_reason")).contains(Json.of("refusal"));
        assertThat(answer.get("content")).contains(Wire.json("[{'type':'text','text':'No.'}]"));
    }

    @Test
    void tellsSourcesOfTheWeb() {
        Citation citation =
                new Citation(
                        Citation.Kind.WEB,
                        Optional.of("https://x.test"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(0L),
                        Optional.of(1L),
                        Beside.NONE);
        assertThat(content(new Text("x", List.of(citation), Marks.NONE)))
                .isEqualTo(
                        Wire.json(
                                "[{'type':'text','text':'x','citations':[{'type':"
                                        + "'web_search_result_location','cited_text':'',"
                                        + "'encrypted_index':'','title':null,"
                                        + "'url':'https://x.test'}]}]"));
    }

    @Test
    void showsImagesAsBlocksAndHasNoWordForSound() {
        assertThat(
                        content(
                                Media.inline(Media.Kind.IMAGE, "image/png", "iVBO"),
                                Media.inline(Media.Kind.AUDIO, "audio/wav", "UklG")))
                .isEqualTo(
                        Wire.json(
                                "[{'type':'image','source':{'type':'base64',"
                                        + "'media_type':'image/png','data':'iVBO'}}]"));
    }
}
