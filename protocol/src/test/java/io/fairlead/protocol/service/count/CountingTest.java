package io.fairlead.protocol.service.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.translate.InHouse;
import io.fairlead.protocol.translate.Translation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

class CountingTest {
    private static final String MESSAGES =
            """
            {"model":"m","system":"Be brief.","messages":[{"role":"user","content":"Hi"}],
             "tools":[{"name":"now","description":"The time","input_schema":{"type":"object"}}]}\
            """;
    private static final Map<Endpoint, String> ASKED =
            Map.of(
                    Endpoint.COUNT_TOKENS,
                    MESSAGES,
                    Endpoint.COUNT_CONTENT,
                    """
                    {"generateContentRequest":{"model":"models/x",
                     "systemInstruction":{"parts":[{"text":"Be brief."}]},
                     "contents":[{"role":"user","parts":[{"text":"Hi"}]}],
                     "tools":[{"functionDeclarations":[{"name":"now","description":"The time"}]}]}}\
                    """,
                    Endpoint.INPUT_TOKENS,
                    """
                    {"model":"m","instructions":"Be brief.","input":"Hi",
                     "tools":[{"type":"function","name":"now","description":"The time",
                      "parameters":{"type":"object","properties":{}},"strict":false}]}\
                    """);

    private final Counting counting = new Counting();

    private AskedService read(Endpoint client, String body) {
        return counting.read(CountRecordingsTest.request(client, Json.parse(body), "m"));
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC_MESSAGES,/messages/count_tokens,input_tokens",
        "VERTEX_ANTHROPIC,/publishers/anthropic/models/count-tokens:rawPredict,input_tokens",
        "GEMINI,/models/anthropic.claude-x:countTokens,totalTokens",
        "VERTEX_GEMINI,/publishers/google/models/anthropic.claude-x:countTokens,totalTokens",
        "BEDROCK_CONVERSE,/model/anthropic.claude-x/count-tokens,inputTokens",
        "OPENAI_RESPONSES,/responses/input_tokens,input_tokens"
    })
    void everyClientIsCountedByEveryProvider(Protocol provider, String path, String member) {
        for (Map.Entry<Endpoint, String> asked : ASKED.entrySet()) {
            Endpoint client = asked.getKey();
            Translation translation =
                    read(client, asked.getValue())
                            .at(
                                    Dialect.of(provider),
                                    CountRecordingsTest.target("anthropic.claude-x", provider));

            String sent = new String(translation.request().body(), StandardCharsets.UTF_8);
            assertThat(translation.request().path()).isEqualTo(path);
            assertThat(sent)
                    .contains("Be brief.", "Hi", "now", "The time")
                    .doesNotContain("max_tokens", "maxTokens", "store");
            byte[] answer = ("{\"" + member + "\":7}").getBytes(StandardCharsets.UTF_8);
            Json told = Json.parse(translation.answer(Optional.empty(), answer).bytes());
            assertThat(told.get(memberOf(client)).orElseThrow().whole()).isEqualTo(7);
        }
    }

    private static String memberOf(Endpoint client) {
        return client == Endpoint.COUNT_CONTENT ? "totalTokens" : "input_tokens";
    }

    @Test
    void theGatewayCountsWhereNoProviderDoes() {
        for (Map.Entry<Endpoint, String> asked : ASKED.entrySet()) {
            Endpoint client = asked.getKey();
            Translation translation =
                    read(client, asked.getValue())
                            .at(
                                    Dialect.LOCAL,
                                    CountRecordingsTest.target("m", Protocol.OPENAI_CHAT));

            assertThat(translation).isInstanceOf(InHouse.class);
            InHouse own = (InHouse) translation;
            Json told = Json.parse(own.made(() -> false));
            // 3 around each of two turns and the answer, 7 around the tool, and their words
            assertThat(told.get(memberOf(client)).orElseThrow().whole()).isBetween(20L, 45L);
            assertThat(own.notes())
                    .containsEntry("x-fairlead-token-count", "local")
                    .containsEntry("x-fairlead-tokenizer", "o200k_base");
        }
    }

    @Test
    void bedrockIsAskedForClaudeOnlyAndByItsPlainName() {
        AskedService asked = read(Endpoint.COUNT_TOKENS, MESSAGES);
        String profile = "us.anthropic.claude-sonnet-4-20250514-v1:0";

        assertThat(at(asked, "amazon.nova-pro-v1:0")).isInstanceOf(InHouse.class);
        assertThat(at(asked, profile).request().path())
                .isEqualTo("/model/anthropic.claude-sonnet-4-20250514-v1%3A0/count-tokens");
    }

    private static Translation at(AskedService asked, String model) {
        return asked.at(
                Dialect.BEDROCK, CountRecordingsTest.target(model, Protocol.BEDROCK_CONVERSE));
    }

    @Test
    void whatChangesOnTheWayDoesNotPassAsItIs() {
        assertThat(passes(Protocol.ANTHROPIC_MESSAGES, "{\"messages\":[]}")).isTrue();
        assertThat(passes(Protocol.VERTEX_ANTHROPIC, "{\"messages\":[]}")).isFalse();
        assertThat(passes(Protocol.ANTHROPIC_MESSAGES, "{\"signature\":\"fairlead1.x\"}"))
                .isFalse();
        assertThat(
                        counting.passes(
                                Endpoint.COUNT_CONTENT,
                                Protocol.GEMINI,
                                "{\"thoughtSignature\":\"ZmFpcmxlYWQtMTo6Ug\"}"
                                        .getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(passes(Protocol.GEMINI, "{\"generateContentRequest\":{}}")).isFalse();
        assertThat(passes(Protocol.GEMINI, "{\"generate_content_request\":{}}")).isFalse();
    }

    private boolean passes(Protocol provider, String body) {
        return counting.passes(
                Endpoint.COUNT_TOKENS, provider, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void badRequestsNameTheMember() {
        assertThatThrownBy(() ->
                        read(
                                Endpoint.COUNT_TOKENS,
                                "{\"model\":\"m\",\"messages\":[{\"role\":1}]}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("messages[0].role");
        assertThatThrownBy(() -> read(Endpoint.COUNT_CONTENT, "{}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("contents");
        assertThatThrownBy(() -> read(Endpoint.INPUT_TOKENS, "{\"model\":\"m\",\"input\":7}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("input");
    }

    @Test
    void whatAnotherKeepsCannotBeCountedHere() {
        AskedService asked =
                read(
                        Endpoint.INPUT_TOKENS,
                        "{\"model\":\"m\",\"previous_response_id\":\"resp_1\",\"input\":\"Hi\"}");
        assertThatThrownBy(() ->
                        asked.at(
                                Dialect.LOCAL,
                                CountRecordingsTest.target("m", Protocol.OPENAI_CHAT)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("previous_response_id");
    }

    @Test
    void answersWithoutACountAreFaults() {
        for (String answer :
                new String[] {
                    "", "[]", "{}", "{\"input_tokens\":\"7\"}", "{\"input_tokens\":-1}"
                }) {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            assertThat(counting.watched(Endpoint.COUNT_TOKENS, Dialect.ANTHROPIC, bytes).fault())
                    .as(answer)
                    .isPresent();
        }
    }
}
