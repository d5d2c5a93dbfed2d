package io.fairlead.protocol.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.Meaning;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Kind;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ConverseRequestTest {
    private static final BedrockConverseProtocol PROTOCOL = new BedrockConverseProtocol();
    private static final String CLAUDE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

    private static ChatRequest read(String body) {
        return PROTOCOL.readRequest(
                new WireRequest(
                        Json.parse(body), Optional.of(CLAUDE), Optional.of(false), Map.of()));
    }

    private static Json written(ChatRequest request) {
        return Json.parse(PROTOCOL.writeRequest(request).body());
    }

    private static Prepared prepared(ChatRequest request) {
        return PROTOCOL.differences().prepare(request, ModelFacts.unknown(request.model()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"searchResult\":{\"source\":\"s\",\"title\":\"t\",\"content\":[{\"text\":\"a\"},"
                        + "{\"text\":\"b\"}],\"citations\":{\"enabled\":true}}}",
                "{\"document\":{\"format\":\"md\",\"name\":\"n\",\"context\":\"c\","
                        + "\"source\":{\"text\":\"x\"}}}",
                "{\"document\":{\"name\":\"n\",\"source\":{\"content\":[{\"text\":\"x\"}]}}}",
                "{\"document\":{\"format\":\"pdf\",\"name\":\"n\",\"source\":{\"s3Location\":{"
                        + "\"uri\":\"s3://b/k\",\"bucketOwner\":\"1\"}}}}",
                "{\"video\":{\"format\":\"mpg\",\"source\":{\"bytes\":\"AAAA\"}}}",
                "{\"video\":{\"format\":\"three_gp\",\"source\":{\"bytes\":\"AAAA\"}}}",
                "{\"audio\":{\"format\":\"x-aac\",\"source\":{\"bytes\":\"AAAA\"}}}",
                "{\"image\":{\"format\":\"webp\",\"source\":{\"future\":1}}}",
                "{\"guardContent\":{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"AA==\"}}}}",
                "{\"guardContent\":{\"text\":{\"text\":\"x\"}}}",
                "{\"reasoningContent\":{\"redactedContent\":\"AAAA\"}}",
                "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"x\",\"signature\":\"\"}}}",
                "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"\"}}}",
                "{\"citationsContent\":{\"content\":[{\"text\":\"a\"},{\"text\":\"b\"}],"
                        + "\"citations\":[{\"title\":\"t\",\"source\":\"s\",\"sourceContent\":["
                        + "{\"text\":\"q\"}],\"location\":{\"documentPage\":{\"documentIndex\":0,"
                        + "\"start\":1,\"end\":2}}}]}}",
                "{\"citationsContent\":{\"content\":[{\"text\":\"a\"}],\"citations\":[{\"location\":"
                    + "{\"web\":{\"url\":\"https://a\",\"domain\":\"a\"}}}]}}",
                "{\"cachePoint\":{\"type\":\"default\",\"ttl\":\"1h\"}}",
                "{\"toolResult\":{\"toolUseId\":\"t\",\"content\":[{\"json\":{\"a\":[1]}},"
                        + "{\"text\":\"x\"},{\"future\":{}}],\"status\":\"error\",\"n\":null}}",
                "{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"n\",\"input\":{\"a\":1}}}",
                "{\"future\":{\"a\":1}}",
                "{}"
            })
    void everyBlockIsWrittenAsItWasRead(String block) {
        String body =
                """
                {"messages":[{"role":"user","content":[{"text":"a"},%s,{"text":"b"}],"x":1}]}
                """
                        .formatted(block);
        assertThat(written(read(body))).isEqualTo(Json.parse(body));
    }

    @Test
    void membersNobodyKnowsStay() {
        String body =
                """
                {"messages":[],"system":[],"inferenceConfig":{"stopSequences":[],"x":1},
                 "toolConfig":{"tools":[{"cachePoint":{"type":"default"}},
                   {"toolSpec":{"name":"f","inputSchema":{"json":{}},"x":1}},
                   {"cachePoint":{"type":"default","ttl":"5m"}},{"future":{}}],
                  "toolChoice":{"any":{}},"x":2},
                 "guardrailConfig":{"trace":"enabled"},"promptVariables":{"a":{"text":"b"}},
                 "additionalModelResponseFieldPaths":["/stop_sequence"],
                 "requestMetadata":{"k":"v"},"performanceConfig":{"latency":"optimized"},
                 "serviceTier":{"type":"flex","x":3},
                 "additionalModelRequestFields":{"anthropic_beta":["b"],"top_k":5,
                  "thinking":{"type":"adaptive","display":"omitted"},
                  "output_config":{"effort":"low","x":4}},
                 "outputConfig":{"textFormat":{"type":"json_schema","structure":{"jsonSchema":{
                  "schema":"{\\"type\\":\\"object\\"}","name":"n","description":"d"}}}}}
                """;
        assertThat(written(read(body))).isEqualTo(Json.parse(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\":1} | messages: is a number (expected: an array)",
                "{\"messages\":[1]} | messages[0]: is a number (expected: an object)",
                "{\"messages\":[{}]} | messages[0].role: is missing (expected: a string)",
                "{\"messages\":[{\"role\":\"system\"}]} | messages[0].role: is 'system' (expected:"
                        + " user or assistant)",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | messages[0].content: is a"
                        + " string (expected: an array)",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":1}]}]} |"
                        + " messages[0].content[0].text: is a number (expected: a string)",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"toolUse\":{}}]}]} |"
                    + " messages[0].content[0].toolUse.toolUseId: is missing (expected: a string)",
                "{\"inferenceConfig\":{\"maxTokens\":\"1\"}} | inferenceConfig.maxTokens: is a"
                        + " string (expected: a number)",
                "{\"toolConfig\":{\"tools\":[{\"toolSpec\":{}}]}} |"
                        + " toolConfig.tools[0].toolSpec.name: is missing (expected: a string)",
                "{\"outputConfig\":{\"textFormat\":{\"structure\":{\"jsonSchema\":{\"schema\":\"{\"}}}}}"
                    + " | outputConfig.textFormat.structure.jsonSchema.schema: is '{' (expected: a"
                    + " JSON Schema as text)",
                "[] | is an array (expected: an object)",
            })
    void namesTheFieldThatIsWrong(String body, String message) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(Unreadable.class).hasMessage(message);
    }

    @Test
    void arnsArePartOfThePath() {
        ChatRequest request =
                ChatRequest.of("arn:aws:bedrock:us-east-1:1:inference-profile/us.x ü");
        ProviderRequest stream =
                PROTOCOL.writeRequest(request.withDelivery(request.delivery().withStream(true)));
        assertThat(stream.path())
                .isEqualTo(
                        "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fus.x%20"
                                + "%C3%BC/converse-stream");
    }

    @Test
    void cachePointsHangOnThePartBefore() {
        ChatRequest request =
                read(
                        """
                        {"messages":[{"role":"user","content":[{"text":"a"},
                         {"cachePoint":{"type":"default","ttl":"1h"}}]}]}
                        """);
        Text text = (Text) request.turns().getFirst().parts().getFirst();
        assertThat(text.marks().cache().orElseThrow().lifetime()).contains("1h");
    }

    @Test
    void documentsGetNamesThatConverseTakes() {
        ChatRequest request =
                ChatRequest.of(
                        CLAUDE,
                        Turn.of(
                                Role.USER,
                                document(Optional.of("Q3_report  (final).pdf")),
                                document(Optional.of("Q3-report (final)")),
                                document(Optional.empty()),
                                document(Optional.of("§§"))));
        ChatRequest now = prepared(request).request();
        List<String> names =
                now.turns().getFirst().parts().stream()
                        .filter(Media.class::isInstance)
                        .map(part -> ((Media) part).name().orElseThrow())
                        .toList();
        assertThat(names)
                .containsExactly("Q3-report (final)", "Q3-report (final)-2", "Document", "-");
        assertThat(now.turns().getFirst().parts().getLast()).isInstanceOf(Text.class);
    }

    private static Media document(Optional<String> name) {
        Media media = Media.inline(Kind.DOCUMENT, "application/pdf", "AAAA");
        return new Media(media.kind(), media.source(), name, media.detail(), media.marks());
    }

    @Test
    void formatsStandForMediaTypes() {
        assertThat(MediaFormats.format(Kind.IMAGE, "image/JPG; q=1", Optional.empty()))
                .isEqualTo("jpeg");
        assertThat(MediaFormats.format(Kind.DOCUMENT, "", Optional.of("a.docx"))).isEqualTo("docx");
        assertThat(MediaFormats.format(Kind.DOCUMENT, "application/json", Optional.empty()))
                .isEqualTo("txt");
        assertThat(MediaFormats.format(Kind.AUDIO, "audio/mpeg", Optional.empty()))
                .isEqualTo("mp3");
        assertThat(MediaFormats.format(Kind.VIDEO, "video/x-new", Optional.empty()))
                .isEqualTo("new");
        assertThat(MediaFormats.type(Kind.VIDEO, "mp4")).isEqualTo("video/mp4");
        assertThat(MediaFormats.type(Kind.AUDIO, "mp4")).isEqualTo("audio/mp4");
    }

    @Test
    void idsOfOtherProvidersAreMadeToFit() {
        String id = "call|" + "x".repeat(80);
        ChatRequest request =
                ChatRequest.of(
                        CLAUDE,
                        Turn.of(Role.USER, Text.of("go")),
                        Turn.of(Role.ASSISTANT, ToolCall.of(id, "f", "")),
                        Turn.of(Role.USER, ToolResult.of(id, "done")));
        Json body = written(prepared(request).request());
        Json use = block(body, 1, "toolUse");
        assertThat(use.get("toolUseId").orElseThrow().text()).matches("[a-zA-Z0-9_-]{1,64}");
        assertThat(block(body, 2, "toolResult").get("toolUseId")).isEqualTo(use.get("toolUseId"));
        assertThat(use.get("input")).contains(Json.EMPTY_OBJECT);
        assertThat(body.get("toolConfig")).as("declared").isPresent();
    }

    private static Json block(Json body, int message, String kind) {
        return body.get("messages")
                .orElseThrow()
                .elements()
                .get(message)
                .get("content")
                .orElseThrow()
                .elements()
                .getFirst()
                .get(kind)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amazon.nova-2-lite-v1:0 |"
                    + " {\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"low\"},"
                    + "\"inferenceConfig\":{\"topK\":7}}",
                "openai.gpt-oss-120b-1:0 | {\"reasoning_effort\":\"low\",\"top_k\":7}",
                "meta.llama3-1-70b-instruct-v1:0 | {\"top_k\":7}",
                CLAUDE + " | {\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}}",
            })
    void thinkingIsAskedForInTheWordsOfTheModelsMaker(String model, String fields) {
        ChatRequest request =
                ChatRequest.of(model, Turn.of(Role.USER, Text.of("think")))
                        .withThinking(Optional.of(Thinking.ofEffort("low")));
        request =
                request.withSampling(request.sampling().withTopK(Optional.of(7L)))
                        .withOutput(request.output().withMaxTokens(Optional.of(10_000L)));
        ChatRequest now = prepared(request).request();
        assertThat(written(now).get("additionalModelRequestFields")).contains(Json.parse(fields));
        ProviderRequest wire = PROTOCOL.writeRequest(now);
        ChatRequest back =
                PROTOCOL.readRequest(
                        new WireRequest(
                                Json.parse(wire.body()),
                                Optional.of(model),
                                Optional.of(false),
                                Map.of()));
        assertThat(Meaning.of(back)).isEqualTo(Meaning.of(now));
    }

    @ParameterizedTest
    @CsvSource({
        CLAUDE + ", low, false",
        CLAUDE + ", '', true",
        "us.anthropic.claude-opus-4-8, '', false",
        "amazon.nova-2-lite-v1:0, low, true"
    })
    void claudeHasNoTemperatureWhileItThinks(String model, String effort, boolean taken) {
        ChatRequest request = ChatRequest.of(model, Turn.of(Role.USER, Text.of("think")));
        if (!effort.isEmpty()) {
            request = request.withThinking(Optional.of(Thinking.ofEffort(effort)));
        }
        Optional<BigDecimal> half = Optional.of(new BigDecimal("0.5"));
        Prepared now = prepared(request.withSampling(request.sampling().withTemperature(half)));
        assertThat(now.request().sampling().temperature().isPresent()).isEqualTo(taken);
        assertThat(now.dropped().contains(Feature.TEMPERATURE)).isEqualTo(!taken);
    }
}
