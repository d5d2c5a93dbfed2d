package io.fairlead.protocol.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.Meaning;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A conversation as the Gemini CLI has it. */
class GeminiConversationTest {
    private static final String MODEL = "gemini-3-pro-preview";
    private static final String REQUEST =
            """
            {"contents":[
              {"role":"user","parts":[{"text":"list the files"}]},
              {"role":"model","parts":[
                {"text":"I should look.","thought":true},
                {"functionCall":{"id":"list-1","name":"list_directory","args":{"path":"/src"}},"thoughtSignature":"c2lnLTE="},
                {"functionCall":{"id":"read-2","name":"read_file","args":{"path":"/README.md"}}}]},
              {"role":"user","parts":[
                {"functionResponse":{"id":"list-1","name":"list_directory","response":{"output":"a.java"}}},
                {"functionResponse":{"id":"read-2","name":"read_file","response":{"error":"no such file"}}}]},
              {"role":"model","parts":[{"text":"One file.","thoughtSignature":"c2lnLTI="}]},
              {"role":"user","parts":[{"text":"and now?"}]}],
             "systemInstruction":{"role":"user","parts":[{"text":"You are a CLI agent."}]},
             "tools":[{"functionDeclarations":[
               {"name":"list_directory","description":"lists","parametersJsonSchema":{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}},
               {"name":"read_file","description":"reads","parametersJsonSchema":{"type":"object","properties":{"path":{"type":"string"}}}}]}],
             "generationConfig":{"temperature":1,"topP":0.95,"topK":64,
               "thinkingConfig":{"includeThoughts":true,"thinkingLevel":"HIGH"}},
             "session_id":"s"}
            """;

    @Test
    void isUnderstoodAndStaysAsItIs() {
        ChatRequest request =
                GeminiProtocol.AI_STUDIO.readRequest(
                        new WireRequest(
                                Json.parse(REQUEST),
                                Optional.of(MODEL),
                                Optional.of(true),
                                Map.of()));
        List<Part> calls = request.turns().get(2).parts();
        assertThat(((ToolCall) calls.get(1)).id()).isEqualTo("list-1");
        assertThat(calls.get(1).marks().seal()).contains(Seal.signature(Seal.GOOGLE, "c2lnLTE="));
        assertThat(((ToolResult) request.turns().get(3).parts().get(1)).error()).isTrue();
        for (GeminiProtocol protocol : List.of(GeminiProtocol.AI_STUDIO, GeminiProtocol.VERTEX)) {
            Prepared prepared = protocol.differences().prepare(request, ModelFacts.unknown(MODEL));
            assertThat(prepared.dropped()).isEmpty();
            assertThat(Json.parse(protocol.writeRequest(prepared.request()).body()))
                    .isEqualTo(Json.parse(REQUEST));
            assertThat(Meaning.of(prepared.request())).isEqualTo(Meaning.of(request));
        }
    }

    @Test
    void theTableIsCompleteForBoth() {
        for (Feature feature : Feature.values()) {
            assertThat(GeminiProtocol.AI_STUDIO.differences().of(feature)).isNotNull();
            assertThat(GeminiProtocol.VERTEX.differences().of(feature)).isNotNull();
        }
    }
}
