package io.fairlead.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.json.JsonText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ConformerTest {
    private static final Conformance ON =
            Conformance.on(Map.of("fin", "length"), "m-1", 1_700_000_000L);
    private static final String CHAT =
            "{\"id\":\"i\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"c\",\"refusal\":null%s},\"finish_reason\":%s}]}";
    private static final String CHUNK =
            "{\"id\":\"i\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":%s}]}";

    private static String answer(Endpoint endpoint, String body) {
        Answer answer = AnswerReader.read(endpoint, ON, Optional.empty(), JsonText.utf8(body));
        assertThat(answer.fault()).isEmpty();
        return new String(answer.bytes(), StandardCharsets.UTF_8);
    }

    private static String chat(String body) {
        return answer(Endpoint.CHAT_COMPLETIONS, body);
    }

    private static List<String> chunks(String... chunks) {
        String stream = "data: " + String.join("\n\ndata: ", chunks) + "\n\n";
        String text =
                Streamed.of(Endpoint.CHAT_COMPLETIONS, ON, false, JsonText.utf8(stream)).text();
        return List.of(text.strip().replace("data: ", "").split("\n\n", -1));
    }

    @Test
    void givesTheSameArrayWhereNothingIsWrong() {
        byte[] body = JsonText.utf8(CHAT.formatted("", "\"stop\""));
        assertThat(AnswerReader.read(Endpoint.CHAT_COMPLETIONS, ON, Optional.empty(), body).bytes())
                .isSameAs(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"eos\"` | `\"stop\"`",
                "`\"fin\"` | `\"length\"`",
                "`\"model_length\"` | `\"length\"`",
                "`\"SAFETY\"` | `\"content_filter\"`",
                "`\"pause_turn\"` | `\"stop\"`",
            })
    void putsFinishReasonsRightAndKeepsTheProvidersWord(String reason, String right) {
        assertThat(chat(CHAT.formatted("", reason)))
                .contains("\"finish_reason\":" + right + ",\"native_finish_reason\":" + reason);
    }

    @ParameterizedTest
    @CsvSource({"null", "''"})
    void fillsAFinishReasonThatIsNone(String reason) {
        String word = reason.isEmpty() ? "\"\"" : reason;
        assertThat(chat(CHAT.formatted("", word))).contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void takesACallForTheReasonWhateverTheProviderSaid() {
        String call =
                ",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";
        assertThat(chat(CHAT.formatted(call, "\"stop\"")))
                .contains("\"finish_reason\":\"tool_calls\",\"native_finish_reason\":\"stop\"");
        assertThat(chat(CHAT.formatted(call, "\"length\"")))
                .isEqualTo(CHAT.formatted(call, "\"length\""));
        assertThat(
                        chunks(
                                        CHUNK.formatted(
                                                "{\"tool_calls\":[{\"index\":0,\"id\":\"c\"}]}"),
                                        CHUNK.formatted("{},\"finish_reason\":\"stop\"")
                                                .replace("}}]", "}]"))
                                .getLast())
                .contains("\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void completesWhatIsMissing() {
        assertThat(chat("{\"choices\":[{\"message\":{\"content\":\"c\"}}]}"))
                .isEqualTo(
                        "{\"choices\":[{\"message\":{\"content\":\"c\",\"role\":\"assistant\",\"refusal\":null},\"index\":0,\"finish_reason\":\"stop\"}],\"id\":\"chatcmpl-0\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"m-1\"}");
    }

    @Test
    void putsCallsRight() {
        assertThat(
                        chat(
                                CHAT.formatted(
                                        ",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"a\":\"\\\"\"}}}]",
                                        "\"tool_calls\"")))
                .contains(
                        "{\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"\\\\\\\"\\\"}\"},\"id\":\"call_1700000000_0\",\"type\":\"function\"}");
        assertThat(chat(CHAT.formatted(",\"tool_calls\":null", "\"stop\"")))
                .isEqualTo(CHAT.formatted("", "\"stop\""));
    }

    @Test
    void turnsContentInPartsIntoText() {
        String body =
                CHAT.formatted("", "\"stop\"")
                        .replace(
                                "\"content\":\"c\"",
                                "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},{\"type\":\"text\",\"text\":\"a\\n\"},{\"type\":\"text\",\"text\":\"b\"}]");
        assertThat(chat(body))
                .contains("\"content\":\"a\\nb\",\"refusal\":null,\"reasoning_content\":\"hm\"}");
    }

    @Test
    void keepsContentPartsItCannotSayInText() {
        String body =
                CHAT.formatted("", "\"stop\"")
                        .replace(
                                "\"content\":\"c\"",
                                "\"content\":[{\"type\":\"reference\",\"ids\":[1]}]");
        assertThat(chat(body))
                .contains("\"content\":null")
                .contains("\"native_content\":[{\"type\":\"reference\",\"ids\":[1]}]");
    }

    @Test
    void offersReasoningUnderItsCommonName() {
        assertThat(chat(CHAT.formatted(",\"reasoning\":\"h\\u00e9\"", "\"stop\"")))
                .contains("\"reasoning\":\"h\\u00e9\",\"reasoning_content\":\"h\\u00e9\"");
        assertThat(
                        chat(
                                CHAT.formatted(
                                        ",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"a\"},{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}]",
                                        "\"stop\"")))
                .contains("\"reasoning_content\":\"a\"");
        String own = CHAT.formatted(",\"reasoning_content\":\"a\",\"reasoning\":\"a\"", "\"stop\"");
        assertThat(chat(own)).isEqualTo(own);
    }

    @Test
    void movesAsideValuesThatTheSchemaDoesNotKnow() {
        assertThat(
                        chat(
                                CHAT.formatted("", "\"stop\"")
                                        .replace(
                                                "\"id\":\"i\"",
                                                "\"id\":7,\"service_tier\":\"on_demand\"")))
                .startsWith("{\"id\":\"7\",\"service_tier\":\"default\",")
                .endsWith(",\"native_service_tier\":\"on_demand\"}");
    }

    @Test
    void aStreamBeginsWithItsRole() {
        String chunk =
                "{\"id\":\"i\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}";
        assertThat(chunks(chunk, chunk))
                .containsExactly(chunk.replace("\"a\"", "\"a\",\"role\":\"assistant\""), chunk);
    }

    @Test
    void putsChunksRight() {
        assertThat(
                        chunks(
                                "{\"id\":\"i\",\"object\":\"chat.completion.done\",\"created\":1.0,\"model\":\"m\",\"service_tier\":\"\",\"choices\":[{\"delta\":{\"role\":null,\"tool_calls\":null,\"function_call\":{\"name\":\"\"},\"audio\":{\"id\":\"\"},\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":2,\"prompt_tokens_details\":null}}"))
                .containsExactly(
                        "{\"id\":\"i\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\",\"role\":\"assistant\"},\"index\":0,\"finish_reason\":null}],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":2}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"error\":{\"message\":\"m\",\"code\":401}}` |"
                    + " `{\"error\":{\"message\":\"m\",\"code\":\"401\",\"type\":\"invalid_request_error\",\"param\":null}}`",
                "`{\"code\":\"c\",\"error\":\"m\"}` |"
                    + " `{\"code\":\"c\",\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"c\"}}`",
                "`{\"detail\":\"m\"}` |"
                    + " `{\"detail\":\"m\",\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}`",
                "`oops` |"
                    + " `{\"error\":{\"message\":\"oops\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}`",
            })
    void bringsErrorsIntoShape(String body, String right) {
        assertThat(ErrorConformer.conform(JsonText.utf8(body), 400))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(right);
    }

    @Test
    void bringsErrorsInStreamsIntoShape() {
        assertThat(chunks("{\"error\":{\"message\":\"m\",\"code\":502}}"))
                .containsExactly(
                        "{\"error\":{\"message\":\"m\",\"code\":\"502\",\"type\":\"server_error\",\"param\":null}}");
    }
}
