package io.fairlead.protocol.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.error.ErrorShapes.Shape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import java.nio.charset.StandardCharsets;

class ErrorShapesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final GatewayError ERROR =
            GatewayError.of(ErrorCode.INVALID_REQUEST, "bad \"x\"\n\u0001 é").withParam("messages");

    @ParameterizedTest
    @EnumSource
    void writesEveryErrorInEveryShape(ErrorCode code) {
        GatewayError error = GatewayError.of(code, "m");
        JsonNode openAi =
                JSON.readTree(ErrorShapes.body(Shape.OPENAI, error, "req-1")).path("error");
        assertThat(openAi.path("message").asString()).isEqualTo("m");
        assertThat(openAi.path("type").asString()).isNotEmpty();
        assertThat(openAi.path("code").asString()).isEqualTo(code.wireName());
        assertThat(openAi.has("param")).isTrue();
        JsonNode anthropic = JSON.readTree(ErrorShapes.body(Shape.ANTHROPIC, error, "req-1"));
        assertThat(anthropic.path("type").asString()).isEqualTo("error");
        assertThat(anthropic.path("request_id").asString()).isEqualTo("req-1");
        assertThat(anthropic.path("error").path("type").asString()).isNotEmpty();
        JsonNode gemini =
                JSON.readTree(ErrorShapes.body(Shape.GEMINI, error, "req-1")).path("error");
        assertThat(gemini.path("code").asInt()).isEqualTo(code.status());
        assertThat(gemini.path("status").asString()).isNotEmpty();
    }

    @Test
    void escapesWhatJsonEscapes() {
        JsonNode error = JSON.readTree(ErrorShapes.body(Shape.OPENAI, ERROR, "r")).path("error");
        assertThat(error.path("message").asString()).isEqualTo(ERROR.message());
        assertThat(error.path("param").asString()).isEqualTo("messages");
    }

    @Test
    void endsAChatStreamWithOneEventAndNoDone() {
        String event =
                new String(
                        ErrorShapes.streamEvent(Endpoint.CHAT_COMPLETIONS, ERROR, "r", 0),
                        StandardCharsets.UTF_8);
        assertThat(event)
                .startsWith("data: {\"error\":{")
                .endsWith("}\n\n")
                .doesNotContain("[DONE]");
        assertThat(event.strip().lines()).hasSize(1);
    }

    @Test
    void endsAResponseStreamWithAnErrorEvent() {
        String event =
                new String(
                        ErrorShapes.streamEvent(Endpoint.RESPONSES, ERROR, "r", 8),
                        StandardCharsets.UTF_8);
        assertThat(event).startsWith("event: error\ndata: ");
        JsonNode data = JSON.readTree(event.substring(event.indexOf('{')));
        assertThat(data.path("type").asString()).isEqualTo("error");
        assertThat(data.path("sequence_number").asInt()).isEqualTo(8);
        assertThat(data.path("message").asString()).isEqualTo(ERROR.message());
    }
}
