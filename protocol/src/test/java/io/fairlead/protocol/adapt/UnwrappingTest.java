package io.fairlead.protocol.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolUse;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Emulations that change the answer: it is the same unwrapped, whole or streamed. */
class UnwrappingTest {
    private static final ModelFacts MODEL = ModelFacts.unknown("m");
    private static final Finish CALLED = Finish.of(Finish.Reason.TOOL_CALLS, "tool_use");

    private static ChatRequest asking(String schema) {
        ChatRequest plain = FeatureSamples.plain();
        return plain.withOutput(
                plain.output()
                        .withFormat(
                                Optional.of(
                                        new OutputFormat.JsonSchema(
                                                Optional.of("it"),
                                                Optional.empty(),
                                                Json.parse(schema),
                                                Optional.empty(),
                                                Beside.NONE))));
    }

    private static ChatAnswer answer(Part... parts) {
        return ChatAnswer.of("id", "m", TokenUsage.of(Usage.of(1, 2)), Choice.of(CALLED, parts));
    }

    /** Undone whole, and streamed in random pieces: the same either way. */
    private static Choice undone(Rewrite rewrite, ChatRequest asked, Part... parts) {
        Choice whole =
                rewrite.answer(asked).orElseThrow().apply(answer(parts)).choices().getFirst();
        for (long seed = 0; seed < 50; seed++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            AnswerRewrite streamed = rewrite.answer(asked).orElseThrow();
            AnswerGather gather = new AnswerGather(100_000);
            StreamGrammar grammar = new StreamGrammar("seed " + seed);
            for (Batch batch : AnswerReplay.of(answer(parts))) {
                Batch now = streamed.apply(inPieces(batch, random));
                grammar.next(now);
                gather.add(now);
            }
            grammar.end();
            assertThat(gather.answer().choices().getFirst()).as("seed %s", seed).isEqualTo(whole);
        }
        return whole;
    }

    private static Batch inPieces(Batch batch, RandomGenerator random) {
        List<StreamEvent> events = new ArrayList<>();
        for (StreamEvent event : batch.events()) {
            if (event instanceof StreamEvent.PartGrew grew
                    && grew.growth() instanceof Growth.MoreArguments(String text)) {
                for (int at = 0; at < text.length(); ) {
                    int to = Math.min(text.length(), at + 1 + random.nextInt(4));
                    events.add(
                            new StreamEvent.PartGrew(
                                    grew.choice(),
                                    grew.part(),
                                    new Growth.MoreArguments(text.substring(at, to)),
                                    Beside.NONE));
                    at = to;
                }
            } else {
                events.add(event);
            }
        }
        return new Batch(events, batch.beside());
    }

    @Test
    void aSchemaIsAForcedCallWhoseArgumentsAreTheText() {
        ChatRequest asked = asking("{\"type\":\"object\",\"properties\":{}}");
        Rewrite rewrite = FormatRewrites.schemaByTool();
        ToolUse use = rewrite.apply(asked, MODEL).tools();
        assertThat(use.choice()).contains(new ToolChoice.Named("answer"));
        Choice choice =
                undone(
                        rewrite,
                        asked,
                        Reasoning.of("hm"),
                        Text.of("Here it is:"),
                        ToolCall.of("c", "answer", "{\"a\": [1, \"}\"]}"));
        assertThat(choice.parts())
                .containsExactly(Reasoning.of("hm"), Text.of("{\"a\": [1, \"}\"]}"));
        assertThat(choice.finish().orElseThrow().reason()).isEqualTo(Finish.Reason.STOP);
    }

    @Test
    void noArgumentsAreTheEmptyObject() {
        ChatRequest asked = asking("{\"type\":\"object\",\"properties\":{}}");
        assertThat(
                        undone(FormatRewrites.schemaByTool(), asked, ToolCall.of("c", "answer", ""))
                                .parts())
                .containsExactly(Text.of("{}"));
    }

    @Test
    void aSchemaOfSomethingElseThanAnObjectIsWrappedAndUnwrapped() {
        ChatRequest asked =
                asking(
                        "{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/x\"},"
                                + "\"$defs\":{\"x\":{\"type\":\"integer\"}}}");
        Rewrite rewrite = FormatRewrites.schemaByTool();
        Tool.Function tool = (Tool.Function) rewrite.apply(asked, MODEL).tools().tools().getFirst();
        assertThat(tool.parameters().orElseThrow())
                .isEqualTo(
                        Json.parse(
                                "{\"type\":\"object\",\"properties\":{\"value\":{\"type\":\"array\","
                                    + "\"items\":{\"$ref\":\"#/$defs/x\"}}},\"$defs\":{\"x\":"
                                    + "{\"type\":\"integer\"}},\"required\":[\"value\"],"
                                    + "\"additionalProperties\":false}"));
        assertThat(
                        undone(
                                        rewrite,
                                        asked,
                                        ToolCall.of("c", "answer", "{\"value\":[1,[2],\"]}\"]}"))
                                .parts())
                .containsExactly(Text.of("[1,[2],\"]}\"]"));
    }

    @Test
    void realCallsPassBesideTheAnswerTool() {
        ChatRequest asked =
                asking("{\"type\":\"object\"}")
                        .withTools(FeatureSamples.of(Feature.TOOL_STRICT).tools());
        Rewrite rewrite = FormatRewrites.schemaByTool();
        assertThat(rewrite.apply(asked, MODEL).tools().choice())
                .contains(new ToolChoice.Required());
        Choice choice =
                undone(
                        rewrite,
                        asked,
                        Text.of("Let me look."),
                        ToolCall.of("c", "get_weather", "{}"));
        assertThat(choice.parts()).contains(ToolCall.of("c", "get_weather", "{}"));
        assertThat(choice.finish()).contains(CALLED);
    }

    @Test
    void freeTextIsTheOneParameterOfAFunctionAndComesBackInPieces() {
        ChatRequest asked = FeatureSamples.of(Feature.TOOL_CUSTOM);
        Rewrite rewrite = ToolRewrites.customAsFunction();
        assertThat(rewrite.apply(asked, MODEL).tools().tools().getFirst())
                .isInstanceOf(Tool.Function.class);
        String text = "ls \"a b\"\n\t\\ 日本 😀";
        String escaped = "{ \"input\" : \"ls \\\"a b\\\"\\n\\t\\\\ \\u65e5本 \\ud83d\\ude00\" }";
        for (String arguments : List.of(MemberStream.wrapped("input", text), escaped)) {
            assertThat(undone(rewrite, asked, ToolCall.of("c", "shell", arguments)).parts())
                    .containsExactly(
                            new ToolCall(
                                    "c",
                                    "shell",
                                    text,
                                    true,
                                    io.fairlead.protocol.model.Marks.NONE));
        }
    }

    @Test
    void argumentsOfAnotherShapeAreTheTextThemselves() {
        ChatRequest asked = FeatureSamples.of(Feature.TOOL_CUSTOM);
        for (String[] pair :
                new String[][] {
                    {"ls -l", "ls -l"},
                    {"{\"x\":1,\"input\":\"ls\"}", "ls"},
                    {"{\"x\":1}", "{\"x\":1}"},
                    {"", ""}
                }) {
            Part part =
                    undone(
                                    ToolRewrites.customAsFunction(),
                                    asked,
                                    ToolCall.of("c", "shell", pair[0]))
                            .parts()
                            .getFirst();
            assertThat(((ToolCall) part).arguments()).isEqualTo(pair[1]);
        }
    }
}
