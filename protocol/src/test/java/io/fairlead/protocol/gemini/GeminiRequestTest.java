package io.fairlead.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Meaning;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.codec.JsonDifference;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class GeminiRequestTest {
    private static final GeminiProtocol GEMINI = GeminiProtocol.AI_STUDIO;

    private static ChatRequest read(String json) {
        return GEMINI.readRequest(
                new WireRequest(
                        Json.parse(json),
                        Optional.of("gemini-3-pro-preview"),
                        Optional.of(true),
                        Map.of()));
    }

    private static Json write(ChatRequest request) {
        return Json.parse(GEMINI.writeRequest(request).body());
    }

    /** Reads it, checks that it is written as it was, and gives what was read. */
    private static ChatRequest same(String json) {
        ChatRequest request = read(json);
        assertThat(JsonDifference.between(Json.parse(json), write(request))).isEmpty();
        return request;
    }

    private static Part onlyPart(String part) {
        ChatRequest request = same("{\"contents\":[{\"role\":\"user\",\"parts\":[" + part + "]}]}");
        return request.turns().getFirst().parts().getFirst();
    }

    @Test
    void bothSpellingsMeanTheSame() {
        ChatRequest camel =
                same(
                        """
                        {"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}],
                         "systemInstruction":{"parts":[{"text":"be brief"}]},
                         "generationConfig":{"maxOutputTokens":5,"topP":0.5,"stopSequences":["x"],
                            "responseMimeType":"application/json","responseJsonSchema":{"type":"object"},
                            "thinkingConfig":{"thinkingBudget":100,"includeThoughts":true}},
                         "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["f"]}}}
                        """);
        ChatRequest snake =
                same(
                        """
                        {"contents":[{"role":"user","parts":[{"inline_data":{"mime_type":"image/png","data":"AAAA"}}]}],
                         "system_instruction":{"parts":[{"text":"be brief"}]},
                         "generation_config":{"max_output_tokens":5,"top_p":0.5,"stop_sequences":["x"],
                            "response_mime_type":"application/json","response_json_schema":{"type":"object"},
                            "thinking_config":{"thinking_budget":100,"include_thoughts":true}},
                         "tool_config":{"function_calling_config":{"mode":"ANY","allowed_function_names":["f"]}}}
                        """);
        assertThat(Meaning.of(snake)).isEqualTo(Meaning.of(camel));
        assertThat(camel.tools().choice()).contains(new ToolChoice.Named("f"));
        assertThat(camel.thinking().orElseThrow().budget()).contains(100L);
        assertThat(camel.output().format().orElseThrow())
                .isInstanceOf(OutputFormat.JsonSchema.class);
    }

    @Test
    void listsOfOneMayLackTheirBracketsAndNumbersBeText() {
        ChatRequest request =
                same(
                        """
                        {"contents":{"parts":{"text":"hi"}},"system_instruction":{"parts":{"text":"s"}},
                         "generationConfig":{"maxOutputTokens":"12","thinkingConfig":{"thinkingLevel":"low"}},
                         "tools":{"functionDeclarations":{"name":"f"}}}
                        """);
        assertThat(request.turns()).hasSize(2);
        assertThat(request.turns().getLast().role()).isEqualTo(Role.USER);
        assertThat(request.output().maxTokens()).contains(12L);
        assertThat(request.thinking().flatMap(Thinking::effort)).contains("low");
    }

    @Test
    void instructionsMayBeATextAPartOrAContent() {
        for (String instruction :
                List.of("\"s\"", "{\"text\":\"s\"}", "{\"parts\":[{\"text\":\"s\"}]}")) {
            ChatRequest request = same("{\"systemInstruction\":" + instruction + "}");
            assertThat(request.turns().getFirst().role()).isEqualTo(Role.SYSTEM);
            assertThat(Meaning.parts(request.turns().getFirst().parts()))
                    .containsExactly(Text.of("s"));
        }
    }

    @Test
    void urlSafeBase64IsReadAsStandard() {
        Media media =
                (Media)
                        onlyPart(
                                "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"-_8A_w\"}}");
        assertThat(media.source()).isEqualTo(new Media.Source.Inline("image/png", "+/8A/w=="));
    }

    @Test
    void filesOfGoogleAreFilesAndOthersAddresses() {
        Media uploaded =
                (Media)
                        onlyPart(
                                "{\"fileData\":{\"fileUri\":\"https://generativelanguage.googleapis.com/v1beta/files/a\",\"mimeType\":\"audio/mpeg\"}}");
        assertThat(uploaded.source()).isInstanceOf(Media.Source.FileId.class);
        assertThat(uploaded.kind()).isEqualTo(Media.Kind.AUDIO);
        Media film = (Media) onlyPart("{\"fileData\":{\"fileUri\":\"https://youtu.be/x\"}}");
        assertThat(film.kind()).isEqualTo(Media.Kind.VIDEO);
        assertThat(film.source()).isInstanceOf(Media.Source.Url.class);
    }

    @Test
    void callsWithoutIdsGetSomeThatTheirResultsShare() {
        ChatRequest request =
                same(
                        """
                        {"contents":[
                         {"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":1}}},{"functionCall":{"name":"g"}},{"functionCall":{"name":"f","args":{}}}]},
                         {"role":"function","parts":[{"functionResponse":{"name":"f","response":{"result":"one"}}},
                           {"functionResponse":{"name":"f","response":{"output":{"x":[1]}}}},
                           {"functionResponse":{"name":"g","response":{"error":"no"}}},
                           {"functionResponse":{"name":"h","response":{"a":1,"b":2}}}]}]}
                        """);
        List<Part> calls = request.turns().get(0).parts();
        List<Part> results = request.turns().get(1).parts();
        assertThat(((ToolResult) results.get(0)).callId())
                .isEqualTo(((ToolCall) calls.get(0)).id());
        assertThat(((ToolResult) results.get(1)).callId())
                .isEqualTo(((ToolCall) calls.get(2)).id());
        ToolResult failed = (ToolResult) results.get(2);
        assertThat(failed.callId()).isEqualTo(((ToolCall) calls.get(1)).id());
        assertThat(failed.error()).isTrue();
        assertThat(((ToolCall) calls.get(1)).arguments()).isEmpty();
        assertThat(Meaning.parts(((ToolResult) results.get(1)).content()))
                .containsExactly(Text.of("{\"x\":[1]}"));
        assertThat(((ToolResult) results.get(3)).callId()).isNotEmpty();
        assertThat(request).isEqualTo(read(write(request).toString()));
    }

    @Test
    void olderSchemasAreReadAsJsonSchemaAndWrittenAsTheyCame() {
        ChatRequest request =
                same(
                        """
                        {"tools":[{"function_declarations":[{"name":"f","parameters":{"type":"OBJECT","properties":{
                          "type":{"type":"STRING","nullable":true},
                          "list":{"type":"ARRAY","minItems":"1","items":{"type":"INTEGER"}}},"required":["type"]}}]}]}
                        """);
        Tool.Function function = (Tool.Function) request.tools().tools().getFirst();
        assertThat(function.parameters().orElseThrow())
                .isEqualTo(
                        Json.parse(
                                """
                                {"type":"object","properties":{"type":{"type":["string","null"]},
                                 "list":{"type":"array","minItems":1,"items":{"type":"integer"}}},"required":["type"]}
                                """));
        same(
                "{\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"parameters\":{\"type\":\"strange\",\"nullable\":false}}]}]}");
    }

    @Test
    void toolsKeepTheirPlaces() {
        ChatRequest request =
                same(
                        """
                        {"tools":[{"googleSearch":{}},{"functionDeclarations":[{"name":"a"},{"name":"b"}]},
                          {"functionDeclarations":[{"name":"c"}],"code_execution":{}},{"urlContext":{}},
                          {"functionDeclarations":[]}],
                         "toolConfig":{"functionCallingConfig":{"mode":"VALIDATED"},"includeServerSideToolInvocations":true}}
                        """);
        assertThat(request.tools().tools())
                .extracting(Tool::name)
                .containsExactly(
                        "googleSearch",
                        "a",
                        "b",
                        "c",
                        "codeExecution",
                        "urlContext",
                        "functionDeclarations");
        assertThat(request.tools().choice()).contains(new ToolChoice.Auto());
    }

    @Test
    void thoughtsAndSignaturesHaveTheirPlaces() {
        ChatRequest request =
                same(
                        """
                        {"contents":[{"role":"model","parts":[{"text":"hm","thought":true},
                          {"text":"","thoughtSignature":"c2ln"},{"functionCall":{"name":"f","args":{}},"thoughtSignature":"c2lnMg=="},
                          {"executableCode":{"language":"PYTHON","code":"1"},"thoughtSignature":"x"},
                          {"inlineData":{"mimeType":"image/png","data":"AAAA"},"thought":true},{}]}]}
                        """);
        List<Part> parts = request.turns().getFirst().parts();
        assertThat(parts.get(0)).isInstanceOf(Reasoning.class);
        assertThat(parts.get(1).marks().seal()).contains(Seal.signature(Seal.GOOGLE, "c2ln"));
        assertThat(parts.get(2).marks().seal()).contains(Seal.signature(Seal.GOOGLE, "c2lnMg=="));
        assertThat(parts.subList(3, 6)).allMatch(Foreign.class::isInstance);
        assertThat(((Foreign) parts.get(3)).type()).isEqualTo("executableCode");
    }

    @Test
    void budgetsAreModesToo() {
        assertThat(thinking("{\"thinkingBudget\":0}").mode()).isEqualTo(Thinking.Mode.OFF);
        assertThat(thinking("{\"thinkingBudget\":-1}").mode()).isEqualTo(Thinking.Mode.ADAPTIVE);
        assertThat(thinking("{\"thinkingLevel\":\"HIGH\"}").effort()).contains("high");
        assertThat(thinking("{\"includeThoughts\":false}").shown()).contains(false);
    }

    private static Thinking thinking(String config) {
        return same("{\"generationConfig\":{\"thinkingConfig\":" + config + "}}")
                .thinking()
                .orElseThrow();
    }

    @Test
    void whatNobodyKnowsStaysWhereItWas() {
        same(
                """
                {"contents":[{"role":"user","parts":[{"text":"x","videoMetadata":{"fps":1},"new":1}],"other":true}],
                 "safetySettings":[{"category":"C","threshold":"T"}],"cachedContent":"c","labels":{"a":"b"},
                 "generationConfig":{"speechConfig":{"voiceConfig":{}},"imageConfig":{},"responseModalities":["Text","Image"],
                   "candidateCount":1,"responseLogprobs":true,"logprobs":0,"seed":null,"stopSequences":[],"thinkingConfig":{}},
                 "serviceTier":"flex","model":"models/m"}
                """);
    }

    @Test
    void wrongTypesAreNamed() {
        for (String[] wrong :
                new String[][] {
                    {"{\"contents\":1}", "contents: is a number (expected: an array)"},
                    {"{\"contents\":[1]}", "contents[0]: is a number (expected: an object)"},
                    {
                        "{\"contents\":[{\"role\":\"assistant\",\"parts\":[]}]}",
                        "contents[0].role: is 'assistant' (expected: 'user' or 'model')"
                    },
                    {
                        "{\"contents\":[{\"parts\":[{\"text\":3}]}]}",
                        "contents[0].parts[0].text: is a number (expected: a string)"
                    },
                    {
                        "{\"contents\":[{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":\"\"}}]}]}",
                        "contents[0].parts[0].functionCall.args: is '' (expected: an object)"
                    },
                    {
                        "{\"contents\":[{\"parts\":[{\"functionResponse\":{}}]}]}",
                        "contents[0].parts[0].functionResponse.name: is missing (expected: a"
                                + " string)"
                    },
                    {
                        "{\"generationConfig\":{\"temperature\":\"hot\"}}",
                        "generationConfig.temperature: is a string (expected: a number)"
                    },
                    {
                        "{\"tools\":[{\"functionDeclarations\":[{}]}]}",
                        "tools[0].functionDeclarations[0].name: is missing (expected: a string)"
                    },
                }) {
            assertThatThrownBy(() -> read(wrong[0]))
                    .as(wrong[0])
                    .isInstanceOf(Unreadable.class)
                    .hasMessage(wrong[1]);
        }
    }

    @Test
    void aConversationOfOthersIsWrittenAsGoogleWantsIt() {
        ToolCall call = ToolCall.of("call_1", "f", "{\"a\":1}");
        ChatRequest request =
                ChatRequest.of(
                        "gemini-3-pro-preview",
                        Turn.of(Role.SYSTEM, Text.of("s")),
                        Turn.of(Role.USER, Text.of("u")),
                        Turn.of(Role.ASSISTANT, call, ToolCall.of("call_2", "g", "")),
                        Turn.of(Role.USER, ToolResult.of("call_1", "plain")),
                        Turn.of(Role.USER, ToolResult.of("call_2", "{\"b\":2}")));
        ChatRequest prepared =
                GEMINI.differences()
                        .prepare(request, ModelFacts.unknown("gemini-3-pro-preview"))
                        .request();
        assertThat(write(prepared))
                .isEqualTo(
                        Json.parse(
                                """
                                {"systemInstruction":{"parts":[{"text":"s"}]},"contents":[
                                 {"role":"user","parts":[{"text":"u"}]},
                                 {"role":"model","parts":[{"functionCall":{"id":"call_1","name":"f","args":{"a":1}},
                                    "thoughtSignature":"skip_thought_signature_validator"},
                                    {"functionCall":{"id":"call_2","name":"g"}}]},
                                 {"role":"user","parts":[{"functionResponse":{"id":"call_1","name":"f","response":{"output":"plain"}}},
                                    {"functionResponse":{"id":"call_2","name":"g","response":{"b":2}}}]}]}
                                """));
        assertThat(Meaning.of(read(write(prepared).toString()).withDelivery(prepared.delivery())))
                .isEqualTo(Meaning.of(prepared));
    }

    @Test
    void foreignSealsTravelWithClientsOnly() {
        Seal seal = new Seal(Seal.Kind.ENCRYPTED, Seal.OPENAI, "gAAA:x", Optional.of("rs_1"));
        String packed = Signatures.ofSeal(seal);
        assertThat(Signatures.seal(packed)).contains(seal);
        String urlSafe = Base64Forms.unpadded(Base64Forms.urlSafe(packed));
        assertThat(Signatures.seal(urlSafe)).contains(seal);
        ChatRequest request =
                read(
                        "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\""
                                + packed
                                + "\"}]}]}");
        assertThat(request.turns().getFirst().parts().getFirst().marks().seal()).contains(seal);
        assertThat(write(request).toString()).doesNotContain(packed);
        for (String broken : List.of("x", "AAAA", "Zm9v", "!!!!", "Uzo6", "R29vZ2xl")) {
            assertThat(Signatures.seal(packed.substring(0, 16) + broken)).isEmpty();
        }
    }

    @Test
    void pathsNameTheModelAndNothingEndsThem() {
        ChatRequest request = ChatRequest.of("models/gemini 3?x#y");
        assertThat(GEMINI.writeRequest(request).path())
                .isEqualTo("/models/gemini%203%3Fx%23y:generateContent");
        ChatRequest stream =
                request.withModel("g").withDelivery(request.delivery().withStream(true));
        assertThat(GeminiProtocol.VERTEX.writeRequest(stream).path())
                .isEqualTo("/publishers/google/models/g:streamGenerateContent?alt=sse");
        assertThat(GeminiProtocol.VERTEX.protocol()).isEqualTo(Protocol.VERTEX_GEMINI);
    }
}
