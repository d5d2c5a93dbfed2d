package io.fairlead.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.adapt.ClaudeVersion;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.Meaning;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Sampling;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What becomes of requests of other protocols. */
class DifferencesTest {
    private static final Turn HI = Turn.of(Role.USER, Text.of("hi"));
    private static final Tool F =
            Tool.Function.of("f", "does", Json.parse("{\"type\":\"object\",\"properties\":{}}"));

    private static ChatRequest asked(Turn... turns) {
        ChatRequest request = ChatRequest.of("claude", turns);
        return request.withOutput(request.output().withMaxTokens(Optional.of(4000L)));
    }

    /** Prepared; what is written of it means the same when it is read. */
    private static Prepared prepared(ChatRequest request, String model) {
        Prepared prepared = Wire.PROTOCOL.differences().prepare(request, ModelFacts.unknown(model));
        Json written = Wire.write(prepared.request());
        ChatRequest read = Wire.PROTOCOL.readRequest(WireRequest.of(written));
        assertThat(Meaning.of(read)).isEqualTo(Meaning.of(prepared.request()));
        return prepared;
    }

    @ParameterizedTest
    @CsvSource({
        "claude-3-haiku-20240307,300",
        "claude-3-5-sonnet@20241022,305",
        "us.anthropic.claude-3-7-sonnet-20250219-v1:0,307",
        "claude-opus-4-20250514,400",
        "claude-opus-4-1-20250805,401",
        "anthropic.claude-sonnet-4-5-20250929-v1:0,405",
        "claude-opus-4-8,408",
        "claude-sonnet-5,500",
        "anthropic/claude-opus-4.7,407",
        "claude-instant-v1,100",
        "claude,-1",
        "minimax-m2,-1"
    })
    void readsTheGenerationFromTheName(String model, int version) {
        assertThat(ClaudeVersion.of(model)).isEqualTo(version);
    }

    @Test
    void limitsTemperatureAndGivesNoneToModelsThatTakeNone() {
        ChatRequest hot =
                asked(HI)
                        .withSampling(
                                Sampling.DEFAULT
                                        .withTemperature(Optional.of(new BigDecimal("1.7")))
                                        .withTopP(Optional.of(new BigDecimal("0.9"))));
        Prepared older = prepared(hot, "claude-3-haiku");
        assertThat(older.request().sampling().temperature().orElseThrow())
                .isEqualByComparingTo("1");
        assertThat(older.request().sampling().topP()).isPresent();
        assertThat(older.dropped()).containsExactly(Feature.TEMPERATURE);
        Prepared newer = prepared(hot, "claude-opus-4-7");
        assertThat(newer.request().sampling()).isEqualTo(Sampling.DEFAULT);
        assertThat(newer.dropped()).contains(Feature.TEMPERATURE, Feature.TOP_P);
        Prepared between = prepared(hot, "claude-sonnet-4-5");
        assertThat(between.request().sampling().topP()).isEmpty();
    }

    @Test
    void thinksWithinTheLimitOfOutput() {
        ChatRequest request = asked(HI).withThinking(Optional.of(Thinking.ofEffort("medium")));
        Thinking thinking = prepared(request, "claude-sonnet-4").request().thinking().orElseThrow();
        assertThat(thinking.mode()).isEqualTo(Thinking.Mode.ON);
        assertThat(thinking.budget().orElseThrow()).isBetween(1024L, 3999L);
    }

    @Test
    void doesNotThinkInATurnWhoseThoughtsAreLost() {
        ChatRequest request =
                asked(
                                HI,
                                Turn.of(Role.ASSISTANT, ToolCall.of("a", "f", "{}")),
                                Turn.of(Role.USER, ToolResult.of("a", "1")))
                        .withTools(ToolUse.NONE.withTools(List.of(F)))
                        .withThinking(Optional.of(Thinking.ofEffort("medium")));
        assertThat(prepared(request, "claude-sonnet-4").request().thinking()).isEmpty();
    }

    @Test
    void keepsOnlyThoughtsThatAnthropicSigned() {
        Reasoning own =
                Reasoning.of("own")
                        .withMarks(
                                io.fairlead.protocol.model.Marks.NONE.withSeal(
                                        Optional.of(Seal.signature(Seal.ANTHROPIC, "c2ln"))));
        ChatRequest request =
                asked(HI, Turn.of(Role.ASSISTANT, Reasoning.of("bare"), own, Text.of("x")), HI);
        Prepared prepared = prepared(request, "claude-sonnet-4");
        assertThat(prepared.request().turns().get(1).parts()).containsExactly(own, Text.of("x"));
        assertThat(prepared.dropped()).containsExactly(Feature.REASONING_HISTORY);
    }

    @Test
    void asksForASchemaInItsDialectOrByATool() {
        OutputFormat format =
                new OutputFormat.JsonSchema(
                        Optional.of("city"),
                        Optional.of("A city."),
                        Json.parse(
                                "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"string\"}},\"required\":[\"n\"]}"),
                        Optional.of(true),
                        Beside.NONE);
        ChatRequest request = asked(HI);
        request = request.withOutput(request.output().withFormat(Optional.of(format)));
        Prepared newer = prepared(request, "claude-sonnet-4-5");
        assertThat(newer.answerRewrites()).isEmpty();
        OutputFormat.JsonSchema sent =
                (OutputFormat.JsonSchema) newer.request().output().format().orElseThrow();
        assertThat(sent.name()).isEmpty();
        assertThat(sent.schema().get("additionalProperties")).contains(Json.FALSE);
        assertThat(sent.schema().get("description")).contains(Json.of("A city."));
        Prepared older = prepared(request, "claude-3-haiku");
        assertThat(older.request().tools().tools()).hasSize(1);
        assertThat(older.emulated()).contains(Feature.JSON_SCHEMA);
        assertThat(older.answerRewrites()).isNotEmpty();
    }

    @Test
    void goesOnAfterAPrefillAsTheModelCan() {
        ChatRequest request = asked(HI, Turn.of(Role.ASSISTANT, Text.of("{ ")));
        assertThat(prepared(request, "claude-3-haiku").request().turns().getLast().parts())
                .containsExactly(Text.of("{"));
        assertThat(prepared(request, "claude-opus-4-6").request().turns().getLast().role())
                .isEqualTo(Role.USER);
    }

    @Test
    void leavesInstructionsAmidTheConversationWhereTheModelTakesThem() {
        Turn rule = Turn.of(Role.SYSTEM, Text.of("Be brief."));
        ChatRequest request = asked(HI, rule);
        assertThat(prepared(request, "claude-opus-4-8").request().turns()).contains(rule);
        assertThat(prepared(request, "claude-opus-4-5").request().turns())
                .noneMatch(turn -> turn.role() == Role.SYSTEM);
    }

    @Test
    void sendsPlainTextDocumentsAsText() {
        Media document = Media.inline(Media.Kind.DOCUMENT, "text/csv", "YSxi");
        Prepared prepared = prepared(asked(Turn.of(Role.USER, document)), "claude-3-haiku");
        assertThat(((Media) prepared.request().turns().getFirst().parts().getFirst()).source())
                .isEqualTo(new Media.Source.PlainText("a,b"));
    }

    @Test
    void keepsToolsAndStepsOfItsOwnAndLeavesOutThoseOfOthers() {
        ChatRequest request =
                Wire.read(
                        "{'model':'c','max_tokens':9,'tools':[{'type':'web_search_20250305',"
                                + "'name':'web_search'}],'messages':[{'role':'user','content':'q'},"
                                + "{'role':'assistant','content':[{'type':'server_tool_use',"
                                + "'id':'s','name':'web_search','input':{}}]}]}");
        Prepared prepared = prepared(request, "claude-opus-4-8");
        assertThat(prepared.dropped()).isEmpty();
        assertThat(prepared.request().turns()).isEqualTo(request.turns());
        Tool other =
                new Tool.Hosted(
                        io.fairlead.kernel.Protocol.GEMINI,
                        "googleSearch",
                        Json.parse("{\"googleSearch\":{}}"));
        ChatRequest foreign = asked(HI).withTools(ToolUse.NONE.withTools(List.of(other, F)));
        assertThat(prepared(foreign, "c").request().tools().tools()).containsExactly(F);
    }

    @Test
    void saysThatParallelCallsAreOffWithoutAChoice() {
        ChatRequest request =
                asked(HI)
                        .withTools(
                                ToolUse.NONE
                                        .withTools(List.of(F))
                                        .withParallel(Optional.of(false)));
        Json written = Wire.write(prepared(request, "c").request());
        assertThat(written.get("tool_choice"))
                .contains(Wire.json("{'type':'auto','disable_parallel_tool_use':true}"));
    }

    @Test
    void asksForACallInWordsWhileTheModelThinks() {
        ChatRequest request =
                asked(HI)
                        .withTools(
                                ToolUse.NONE
                                        .withTools(List.of(F))
                                        .withChoice(Optional.of(new ToolChoice.Required())))
                        .withThinking(Optional.of(Thinking.ofEffort("low")));
        Prepared prepared = prepared(request, "claude-sonnet-4");
        assertThat(prepared.emulated()).contains(Feature.TOOL_CHOICE_REQUIRED);
        assertThat(prepared.request().tools().choice()).isEmpty();
    }

    @Test
    void refusesWhatClaudeCannotTake() {
        ChatRequest sound =
                asked(Turn.of(Role.USER, Media.inline(Media.Kind.AUDIO, "audio/wav", "UklG")));
        assertThatThrownBy(() -> prepared(sound, "c")).isInstanceOf(Unsupported.class);
        ChatRequest several = asked(HI);
        ChatRequest two =
                several.withOutput(
                        new io.fairlead.protocol.model.Output(
                                Optional.of(9L),
                                Optional.empty(),
                                Optional.of(2L),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty()));
        assertThatThrownBy(() -> prepared(two, "c")).isInstanceOf(Unsupported.class);
    }
}
