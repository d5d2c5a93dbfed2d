package io.fairlead.protocol.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.Meaning;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.PartRewrite;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.Caller;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Kind;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Role;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the table rewrites can be written, and is read again with the same meaning. */
class ConverseDifferencesTest {
    private static final BedrockConverseProtocol PROTOCOL = new BedrockConverseProtocol();
    private static final String CLAUDE = "anthropic.claude-sonnet-4-20250514-v1:0";
    private static final Json SCHEMA =
            Json.parse("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}");
    private static final Turn ASK = Turn.of(Role.USER, Text.of("hello"));
    private static final CacheMark HOUR = new CacheMark(Optional.of("1h"), Beside.NONE);

    record Sample(String name, ChatRequest request) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static ChatRequest talk(Turn... turns) {
        return ChatRequest.of(CLAUDE, turns);
    }

    private static ChatRequest user(Part... parts) {
        return talk(Turn.of(Role.USER, parts));
    }

    private static ChatRequest calling(ToolResult result) {
        return talk(
                ASK,
                Turn.of(Role.ASSISTANT, ToolCall.of("c1", "look", "{\"a\":\"b\"}")),
                Turn.of(Role.USER, result));
    }

    private static ChatRequest tools(Optional<ToolChoice> choice, Tool... tools) {
        return talk(ASK)
                .withTools(new ToolUse(List.of(tools), choice, Optional.empty(), Beside.NONE));
    }

    private static ToolResult result(boolean error, Part... content) {
        return new ToolResult("c1", Optional.empty(), List.of(content), error, Marks.NONE);
    }

    private static Media named(Media media, String name) {
        return new Media(
                media.kind(), media.source(), Optional.of(name), Optional.empty(), Marks.NONE);
    }

    private static List<Sample> samples() {
        Tool.Function look = Tool.Function.of("look", "looks", SCHEMA);
        Media image = Media.inline(Kind.IMAGE, "image/png", "AAAA");
        Media pdf = named(Media.inline(Kind.DOCUMENT, "application/pdf", "AAAA"), "my_file.pdf");
        Seal signature = Seal.signature(Seal.ANTHROPIC, "sig");
        ChatRequest ask = talk(ASK);
        Citation citation =
                new Citation(
                        Citation.Kind.WEB,
                        Optional.of("https://a"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Beside.NONE);
        List<Sample> all = new ArrayList<>();
        all.add(new Sample("plain", ask));
        all.add(
                new Sample(
                        "sampling",
                        ask.withSampling(
                                        ask.sampling()
                                                .withTemperature(Optional.of(new BigDecimal("1.5")))
                                                .withTopP(Optional.of(new BigDecimal("0.5")))
                                                .withTopK(Optional.of(3L))
                                                .withStop(List.of("a", " ")))
                                .withOutput(ask.output().withMaxTokens(Optional.of(100L)))));
        all.add(
                new Sample(
                        "json schema",
                        ask.withOutput(
                                ask.output()
                                        .withFormat(
                                                Optional.of(
                                                        new OutputFormat.JsonSchema(
                                                                Optional.of("n"),
                                                                Optional.of("d"),
                                                                SCHEMA,
                                                                Optional.empty(),
                                                                Beside.NONE))))));
        all.add(
                new Sample(
                        "json object",
                        ask.withOutput(
                                ask.output().withFormat(Optional.of(new OutputFormat.AnyJson())))));
        for (Thinking.Mode mode : Thinking.Mode.values()) {
            all.add(
                    new Sample(
                            "thinking " + mode,
                            ask.withThinking(
                                    Optional.of(Thinking.ofEffort("high").withMode(mode)))));
        }
        all.add(
                new Sample(
                        "thoughts",
                        talk(
                                ASK,
                                Turn.of(
                                        Role.ASSISTANT,
                                        Reasoning.of("hm")
                                                .withMarks(
                                                        Marks.of(
                                                                Optional.of(signature),
                                                                Beside.NONE)),
                                        Reasoning.of("foreign"),
                                        Text.of("hi")),
                                ASK)));
        all.add(new Sample("tool", tools(Optional.of(new ToolChoice.Auto()), look)));
        all.add(
                new Sample(
                        "tool with all",
                        tools(
                                Optional.of(new ToolChoice.Required()),
                                look.withStrict(Optional.of(true)).withCache(Optional.of(HOUR)))));
        all.add(new Sample("named", tools(Optional.of(new ToolChoice.Named("look")), look)));
        all.add(new Sample("none", tools(Optional.of(new ToolChoice.None()), look)));
        all.add(
                new Sample(
                        "allowed",
                        tools(
                                Optional.of(new ToolChoice.Allowed(true, List.of("look"))),
                                look,
                                Tool.Function.of("other", "x", SCHEMA))));
        all.add(
                new Sample(
                        "custom and hosted",
                        tools(
                                Optional.empty(),
                                new Tool.Custom(
                                        "free", Optional.empty(), Optional.empty(), Beside.NONE),
                                new Tool.Hosted(
                                        Protocol.GEMINI, "googleSearch", Json.EMPTY_OBJECT))));
        all.add(new Sample("undeclared", calling(result(false, Text.of("x")))));
        all.add(new Sample("failed", calling(result(true, Text.of("x")))));
        all.add(
                new Sample(
                        "media in a result",
                        calling(
                                result(
                                        false,
                                        image,
                                        pdf,
                                        Media.inline(Kind.VIDEO, "video/mp4", "AA")))));
        all.add(
                new Sample(
                        "cache mark in a result",
                        calling(
                                result(
                                        false,
                                        Text.of("x")
                                                .withMarks(
                                                        Marks.NONE.withCache(
                                                                Optional.of(HOUR)))))));
        all.add(new Sample("orphan", user(ToolResult.of("gone", "x"))));
        all.add(
                new Sample(
                        "unanswered",
                        talk(ASK, Turn.of(Role.ASSISTANT, ToolCall.of("", "look", "{}")), ASK)));
        all.add(new Sample("image", user(image, Text.of("what"))));
        all.add(new Sample("data url", user(Media.url(Kind.IMAGE, "data:image/png;base64,AAAA"))));
        all.add(
                new Sample(
                        "s3", user(Media.url(Kind.VIDEO, "s3://bucket/film.mp4"), Text.of("x"))));
        all.add(new Sample("document", user(pdf)));
        all.add(
                new Sample(
                        "text document",
                        user(named(pdf.withSource(new Media.Source.PlainText("x")), "a"))));
        all.add(
                new Sample(
                        "document of texts",
                        user(pdf.withSource(new Media.Source.Parts(List.of(Text.of("x")))))));
        all.add(
                new Sample(
                        "document of parts",
                        user(pdf.withSource(new Media.Source.Parts(List.of(image))))));
        all.add(new Sample("sound", user(Media.inline(Kind.AUDIO, "audio/wav", "AAAA"))));
        all.add(
                new Sample(
                        "what others said",
                        talk(
                                ASK,
                                Turn.of(
                                        Role.ASSISTANT,
                                        new Text("x", List.of(citation), Marks.NONE),
                                        Refusal.of("no"),
                                        image,
                                        Foreign.of(Protocol.GEMINI, "x", Json.EMPTY_OBJECT)),
                                ASK)));
        all.add(
                new Sample(
                        "shape of turns",
                        talk(
                                Turn.of(Role.DEVELOPER, Text.of("be")),
                                Turn.of(Role.ASSISTANT, Text.of("first")),
                                ASK,
                                new Turn(
                                        Role.USER,
                                        List.of(Text.of("named")),
                                        Optional.of("bob"),
                                        Beside.NONE),
                                Turn.of(Role.SYSTEM, Text.of("midway")),
                                Turn.of(Role.USER, Text.of("")),
                                Turn.of(Role.ASSISTANT, Text.of("last")))));
        all.add(new Sample("nothing but instructions", talk(Turn.of(Role.SYSTEM, Text.of("be")))));
        all.add(
                new Sample(
                        "caller",
                        ask.withCaller(
                                        new Caller(
                                                Optional.of("u"),
                                                Optional.of(Json.parse("{\"a\":\"b\",\"c\":1}")),
                                                Optional.of("k")))
                                .withDelivery(
                                        ask.delivery().withServiceTier(Optional.of("flex")))));
        return all;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsPreparedKeepsItsMeaning(Sample sample) {
        for (String model : List.of(CLAUDE, "amazon.nova-2-lite-v1:0", "meta.llama3-1-70b-v1:0")) {
            ChatRequest request = sample.request().withModel(model);
            Prepared prepared = PROTOCOL.differences().prepare(request, ModelFacts.unknown(model));
            ProviderRequest wire = PROTOCOL.writeRequest(prepared.request());
            ChatRequest back =
                    PROTOCOL.readRequest(
                            new WireRequest(
                                    Json.parse(wire.body()),
                                    Optional.of(model),
                                    Optional.of(false),
                                    Map.of()));
            assertThat(Meaning.of(back)).as(model).isEqualTo(Meaning.of(nameless(prepared)));
        }
    }

    /** The name of the tool stands with its call; Converse does not say it again. */
    private static ChatRequest nameless(Prepared prepared) {
        return PartRewrite.everywhere(
                prepared.request(),
                part ->
                        part instanceof ToolResult result
                                ? result.withName(Optional.empty())
                                : part);
    }

    @Test
    void everyFeatureIsInTheTable() {
        for (Feature feature : Feature.values()) {
            assertThat(PROTOCOL.differences().of(feature)).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/a.png", "gs://bucket/a.png"})
    void addressesMustHaveBeenFetched(String url) {
        ChatRequest request = user(Media.url(Kind.IMAGE, url));
        assertThatThrownBy(
                        () -> PROTOCOL.differences().prepare(request, ModelFacts.unknown(CLAUDE)))
                .isInstanceOf(Unsupported.class);
    }

    @Test
    void whatTheLogOfAwsDoesNotTakeIsNamed() {
        ChatRequest request = samples().getLast().request();
        Prepared prepared = PROTOCOL.differences().prepare(request, ModelFacts.unknown(CLAUDE));
        assertThat(prepared.dropped())
                .containsExactlyInAnyOrder(Feature.USER, Feature.METADATA, Feature.CACHE_KEY);
        assertThat(prepared.request().caller().metadata()).contains(Json.parse("{\"a\":\"b\"}"));
    }
}
