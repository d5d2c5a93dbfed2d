package io.fairlead.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/** Schemas of one protocol's clients, as providers of another are told them. */
final class SchemasThereTest {
    private static final ChatProtocol CHAT = protocol(Protocol.OPENAI_CHAT);
    private static final ChatProtocol RESPONSES = protocol(Protocol.OPENAI_RESPONSES);
    private static final ChatProtocol ANTHROPIC = protocol(Protocol.ANTHROPIC_MESSAGES);
    private static final ChatProtocol GEMINI = protocol(Protocol.GEMINI);

    private static final String HI_GEMINI = "\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]";
    private static final String HI =
            "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void googlesOlderFormIsPlainJsonSchemaElsewhere() {
        Json body =
                told(
                        GEMINI,
                        CHAT,
                        """
                        {%s,"tools":[{"functionDeclarations":[{"name":"f","parameters":{
                         "type":"OBJECT","required":["kind"],"property_ordering":["kind","at"],"properties":{
                          "kind":{"type":"STRING","format":"enum","enum":["a","b"],"nullable":true},
                          "at":{"type":"ARRAY","min_items":"2","items":{"any_of":[{"type":"NUMBER"},{"type":"STRING"}],"nullable":true}},
                          "no":{"type":"BOOLEAN","nullable":false}}}}]}]}
                        """
                                .formatted(HI_GEMINI));
        assertThat(function(body).get("parameters").orElseThrow())
                .isEqualTo(
                        Json.parse(
                                """
                                {"type":"object","required":["kind"],"propertyOrdering":["kind","at"],"properties":{
                                  "kind":{"type":["string","null"],"enum":["a","b",null]},
                                  "at":{"type":"array","minItems":2,"items":{"anyOf":[{"type":"number"},{"type":"string"},{"type":"null"}]}},
                                  "no":{"type":"boolean"}}}
                                """));
    }

    @Test
    void whatGoogleReadsOfItsOwnClientsStaysAsItCame() {
        String asked =
                """
                {%s,"generationConfig":{"responseMimeType":"application/json","responseSchema":
                 {"type":"STRING","enum":["a"],"nullable":true}}}
                """
                        .formatted(HI_GEMINI);
        ChatRequest read = GEMINI.readRequest(WireRequest.of(Json.parse(asked)));
        assertThat(Json.parse(GEMINI.writeRequest(read).body())).isEqualTo(Json.parse(asked));
    }

    @Test
    void aSchemaThatBindsIsStrictWhereOpenAiHasWordsForAllOfIt() {
        Json bound =
                told(
                        GEMINI,
                        CHAT,
                        answering(
                                "{\"type\":\"OBJECT\",\"properties\":{\"a\":{\"type\":\"STRING\"}},\"required\":[\"a\"]}"));
        Json format = bound.get("response_format").orElseThrow().get("json_schema").orElseThrow();
        assertThat(format.get("strict")).contains(Json.TRUE);
        assertThat(format.get("schema").orElseThrow().get("additionalProperties"))
                .contains(Json.FALSE);
        Json optional =
                told(
                        GEMINI,
                        RESPONSES,
                        answering(
                                "{\"type\":\"OBJECT\",\"properties\":{\"a\":{\"type\":\"STRING\"}}}"));
        Json loose = optional.get("text").orElseThrow().get("format").orElseThrow();
        assertThat(loose.get("strict")).contains(Json.FALSE);
        assertThat(loose.get("schema").orElseThrow().get("required")).isEmpty();
    }

    @Test
    void aStrictToolThatOpenAiCantHoldToItsSchemaNoLongerBinds() {
        String tools =
                """
                {%s,"max_tokens":9,"tools":[
                 {"name":"f","strict":true,"input_schema":{"type":"object","properties":{"a":{"type":"string"}}}},
                 {"name":"g","strict":true,"input_schema":{"type":"object","additionalProperties":false,
                  "properties":{"a":{"const":"x"}},"required":["a"]}}]}
                """
                        .formatted(HI);
        Prepared prepared = prepared(ANTHROPIC, CHAT, tools);
        assertThat(prepared.dropped()).contains(Feature.TOOL_STRICT);
        Json body = Json.parse(CHAT.writeRequest(prepared.request()).body());
        assertThat(function(body).get("strict")).isNotEqualTo(Optional.of(Json.TRUE));
        Json second =
                body.get("tools").orElseThrow().elements().get(1).get("function").orElseThrow();
        assertThat(second.get("strict")).contains(Json.TRUE);
        assertThat(second.get("parameters").orElseThrow().get("properties").orElseThrow().get("a"))
                .contains(Json.parse("{\"type\":\"string\",\"enum\":[\"x\"]}"));
    }

    @Test
    void googleIsToldWhatItWouldOtherwiseOverlook() {
        Json body =
                told(
                        CHAT,
                        GEMINI,
                        """
                        {%s,"tools":[{"type":"function","function":{"name":"f","parameters":{
                         "$schema":"http://json-schema.org/draft-07/schema#","type":"object",
                         "definitions":{"P":{"type":"object","properties":{"x":{"type":"integer","exclusiveMinimum":0}}}},
                         "properties":{"k":{"const":"now"},"p":{"$ref":"#/definitions/P"},
                          "q":{"allOf":[{"$ref":"#/definitions/P"}],"description":"q"},
                          "s":{"type":"string","pattern":"^a"}}}}}]}
                        """
                                .formatted(HI));
        Json declared =
                body.get("tools")
                        .orElseThrow()
                        .elements()
                        .getFirst()
                        .get("functionDeclarations")
                        .orElseThrow()
                        .elements()
                        .getFirst();
        assertThat(declared.get("parametersJsonSchema").orElseThrow())
                .isEqualTo(
                        Json.parse(
                                """
                                {"type":"object","properties":{
                                  "k":{"type":"string","enum":["now"]},
                                  "p":{"$ref":"#/$defs/P"},
                                  "q":{"type":"object","description":"q","properties":{"x":{"type":"integer","minimum":1}}},
                                  "s":{"type":"string","description":"pattern: \\"^a\\""}},
                                 "$defs":{"P":{"type":"object","properties":{"x":{"type":"integer","minimum":1}}}}}
                                """));
    }

    @Test
    void parametersAreAnObjectAlsoWhereNobodySaidSo() {
        Json body =
                told(
                        GEMINI,
                        ANTHROPIC,
                        "{%s,\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"parameters\":{\"properties\":{\"a\":{\"type\":\"STRING\"}}}}]}]}"
                                .formatted(HI_GEMINI));
        Json schema =
                body.get("tools")
                        .orElseThrow()
                        .elements()
                        .getFirst()
                        .get("input_schema")
                        .orElseThrow();
        assertThat(schema.get("type")).contains(Json.of("object"));
    }

    private static String answering(String schema) {
        return "{%s,\"generationConfig\":{\"responseMimeType\":\"application/json\",\"responseSchema\":%s}}"
                .formatted(HI_GEMINI, schema);
    }

    private static Json function(Json body) {
        return body.get("tools").orElseThrow().elements().getFirst().get("function").orElseThrow();
    }

    private static Json told(ChatProtocol client, ChatProtocol provider, String asked) {
        return Json.parse(
                provider.writeRequest(prepared(client, provider, asked).request()).body());
    }

    private static Prepared prepared(ChatProtocol client, ChatProtocol provider, String asked) {
        ChatRequest request = client.readRequest(WireRequest.of(Json.parse(asked)));
        return provider.differences().prepare(request, ModelFacts.unknown("m"));
    }

    private static ChatProtocol protocol(Protocol protocol) {
        return Protocols.all().stream()
                .filter(p -> p.protocol() == protocol)
                .findAny()
                .orElseThrow();
    }
}
