package io.fairlead.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.json.JsonText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class JsonBodyTest {
    private static RequestBody chat(String json) {
        return scan(Endpoint.CHAT_COMPLETIONS, json);
    }

    private static RequestBody scan(Endpoint endpoint, String json) {
        return RequestBody.scan(endpoint, Optional.of("application/json"), JsonText.utf8(json));
    }

    private static GatewayError refusal(Endpoint endpoint, String json) {
        return catchThrowableOfType(GatewayException.class, () -> scan(endpoint, json)).error();
    }

    private static String rewritten(String json, RequestEdit edit) {
        return new String(chat(json).rewrite(edit).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void findsTheFactsOfAChat() {
        RequestFacts facts =
                chat("""
                {"model":"gpt-4o","messages":[
                  {"role":"system","content":"be brief"},
                  {"role":"user","content":[
                    {"type":"text","text":"what is this?"},
                    {"image_url":{"url":"data:image/png;base64,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},"type":"image_url"}]}],
                 "stream":true,"stream_options":{"include_usage":true},"max_completion_tokens":55,
                 "user":"u-1","metadata":{"a":"b","n":1},"n":2,"tools":[{"type":"function"}],
                 "response_format":{"type":"json_object"}}
                """)
                        .facts();
        assertThat(facts.model()).isEqualTo("gpt-4o");
        assertThat(facts.stream()).isTrue();
        assertThat(facts.streamUsageAsked()).isTrue();
        assertThat(facts.maxOutputTokens()).hasValue(55);
        assertThat(facts.user()).contains("u-1");
        assertThat(facts.metadata()).containsExactly(Map.entry("a", "b"));
        assertThat(facts.answers()).isEqualTo(2);
        assertThat(facts.inputs()).isEqualTo(2);
        assertThat(facts.hasTools()).isTrue();
        assertThat(facts.hasImages()).isTrue();
        assertThat(facts.hasAudio()).isFalse();
        assertThat(facts.inputCharacters()).isBetween(60L, 250L);
    }

    @Test
    void findsTheFactsOfAResponse() {
        RequestFacts facts =
                scan(
                                Endpoint.RESPONSES,
                                """
                                {"input":[{"role":"user","content":[{"type":"input_image","image_url":"x"}]},
                                 {"type":"function_call_output","call_id":"c","output":"4"}],
                                 "model":"gpt-5","max_output_tokens":9,"stream":false,"tools":[]}
                                """)
                        .facts();
        assertThat(facts.model()).isEqualTo("gpt-5");
        assertThat(facts.hasImages()).isTrue();
        assertThat(facts.hasTools()).isFalse();
        assertThat(facts.inputs()).isEqualTo(2);
        assertThat(facts.maxOutputTokens()).hasValue(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"one\"` | 1",
                "`[\"one\",\"two\"]` | 2",
                "[1,2,3] | 1",
                "[[1,2],[3]] | 2",
            })
    void countsTheInputsOfEmbeddings(String input, int count) {
        String json = "{\"model\":\"m\",\"input\":" + input + "}";
        assertThat(scan(Endpoint.EMBEDDINGS, json).facts().inputs()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "`` | - | The request body is empty (expected: a JSON object)",
                "[] | - | The request body is an array (expected: a JSON object)",
                "`{\"model\":\"m\"` | - | `The request body is not valid JSON: ends after byte 12,"
                        + " expected ',' or '}'`",
                "`{\"messages\":[]}` | model | `'model' is missing (expected: the name of a"
                        + " model)`",
                "`{\"model\":null,\"messages\":[]}` | model | `'model' is missing (expected: the"
                        + " name of a model)`",
                "`{\"model\":7,\"messages\":[]}` | model | `'model' is a number (expected: a"
                        + " string)`",
                "`{\"model\":\"\",\"messages\":[]}` | model | `'model' is empty (expected: the name"
                        + " of a model)`",
                "`{\"model\":\"m\"}` | messages | `'messages' is missing (expected: an array of"
                        + " messages)`",
                "`{\"model\":\"m\",\"messages\":\"hi\"}` | messages | `'messages' is a string"
                        + " (expected: an array of messages)`",
                "`{\"model\":\"m\",\"messages\":[],\"stream\":\"yes\"}` | stream | `'stream' is a"
                        + " string (expected: true or false)`",
            })
    void namesWhatIsWrong(String json, String param, String message) {
        GatewayError error = refusal(Endpoint.CHAT_COMPLETIONS, json);
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(error.param()).isEqualTo(Optional.ofNullable(param));
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void leavesToTheProviderWhatOnlyItCanJudge() {
        chat(
                "{\"model\":\"m\",\"messages\":[],\"n\":\"x\",\"max_tokens\":null,\"metadata\":[1],\"user\":5}");
        assertThat(scan(Endpoint.MODERATIONS, "{\"input\":\"x\"}").facts().model()).isEmpty();
    }

    @Test
    void changesOnlyTheModel() {
        assertThat(
                        rewritten(
                                "{ \"x\": 1.0e2, \"model\" : \"a\",\n\"messages\":[ ]}",
                                RequestEdit.model("b/\"c")))
                .isEqualTo("{ \"x\": 1.0e2, \"model\" : \"b/\\\"c\",\n\"messages\":[ ]}");
    }

    @Test
    void givesTheClientsOwnArrayWhenNothingChanges() {
        byte[] body = JsonText.utf8("{\"model\":\"m\",\"messages\":[]}");
        RequestBody scanned = RequestBody.scan(Endpoint.CHAT_COMPLETIONS, Optional.empty(), body);
        assertThat(scanned.rewrite(RequestEdit.model("m")).bytes()).isSameAs(body);
    }

    @Test
    void sendsOneModelWhereTheClientNamedTwo() {
        assertThat(
                        rewritten(
                                "{\"model\":\"cheap\",\"messages\":[],\"mod\\u0065l\":\"dear\"}",
                                RequestEdit.model("x")))
                .isEqualTo("{\"messages\":[],\"mod\\u0065l\":\"x\"}");
        assertThat(chat("{\"model\":\"a\",\"model\":\"b\",\"messages\":[]}").facts().model())
                .isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | `,\"stream_options\":{\"include_usage\":true}`",
                "`,\"stream_options\":null` | `,\"stream_options\":{\"include_usage\":true}`",
                "`,\"stream_options\":{}` | `,\"stream_options\":{\"include_usage\":true}`",
                "`,\"stream_options\":{\"a\":1}` |"
                        + " `,\"stream_options\":{\"a\":1,\"include_usage\":true}`",
                "`,\"stream_options\":{\"include_usage\":false,\"a\":1}` |"
                        + " `,\"stream_options\":{\"include_usage\":true,\"a\":1}`",
            })
    void asksForUsageOfAStream(String before, String after) {
        String body = "{\"model\":\"m\",\"messages\":[],\"stream\":true%s}";
        RequestEdit edit = new RequestEdit("m", true, Map.of(), Set.of());
        assertThat(rewritten(body.formatted(before), edit)).isEqualTo(body.formatted(after));
    }

    @Test
    void doesNotAskForUsageWithoutAStream() {
        String body = "{\"model\":\"m\",\"messages\":[],\"stream\":false}";
        assertThat(rewritten(body, new RequestEdit("m", true, Map.of(), Set.of()))).isEqualTo(body);
    }

    @Test
    void renamesAndDropsMembersAndNamesTheDropped() {
        RewrittenBody out =
                chat("{\"seed\":null,\"model\":\"m\",\"max_completion_tokens\":5,\"messages\":[],\"logit_bias\":{},\"seed\":1}")
                        .rewrite(
                                new RequestEdit(
                                        "m",
                                        false,
                                        Map.of("max_completion_tokens", "max_tokens"),
                                        Set.of("logit_bias", "seed")));
        assertThat(out.bytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"model\":\"m\",\"max_tokens\":5,\"messages\":[]}");
        assertThat(out.dropped()).containsExactly("logit_bias", "seed");
    }

    @Test
    void doesNotMakeAMemberTwice() {
        RequestEdit edit =
                new RequestEdit(
                        "m", false, Map.of("max_completion_tokens", "max_tokens"), Set.of());
        assertThat(
                        rewritten(
                                "{\"model\":\"m\",\"max_completion_tokens\":5,\"messages\":[],\"max_tokens\":4}",
                                edit))
                .isEqualTo("{\"model\":\"m\",\"messages\":[],\"max_tokens\":4}");
    }

    @Test
    void passesBytesThatAreNoUtf8AndHalvesOfSurrogates() {
        byte[] body =
                JsonText.utf8(
                        "{\"model\":\"m\",\"messages\":[\"\\ud800 ?\"],\"user\":\"\\udc00\"}");
        body[33] = (byte) 0xC3;
        RequestBody scanned = RequestBody.scan(Endpoint.CHAT_COMPLETIONS, Optional.empty(), body);
        assertThat(scanned.facts().user()).contains("\uFFFD");
        assertThat(scanned.rewrite(RequestEdit.model("m")).bytes()).isSameAs(body);
    }

    @Test
    void membersOfOtherProtocolsAreMembersLikeAnyOther() {
        byte[] response = JsonText.utf8("{\"model\":\"m\",\"input\":\"x\",\"messages\":1}");
        RequestBody read = RequestBody.scan(Endpoint.RESPONSES, Optional.empty(), response);
        assertThat(read.facts().inputs()).isEqualTo(1);
        byte[] embedding = JsonText.utf8("{\"model\":\"m\",\"system\":\"x\"}");
        assertThatThrownBy(() -> RequestBody.scan(Endpoint.EMBEDDINGS, Optional.empty(), embedding))
                .isInstanceOf(GatewayException.class);
    }

    /** What is remembered for a translation must not be several times what the client sent. */
    @Test
    void remembersTextsButNotABodyThatIsAllBrackets() {
        String begin = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"";
        RequestBody texts = scanned(begin + "word ".repeat(10_000) + "\"}]}");
        RequestBody brackets = scanned(begin + "\"}],\"tools\":[" + "[],".repeat(10_000) + "[]]}");
        assertThat(texts.json()).isPresent();
        assertThat(brackets.json()).isEmpty();
        assertThat(brackets.facts().model()).isEqualTo("m");
    }

    private static RequestBody scanned(String body) {
        return RequestBody.scan(
                Endpoint.CHAT_COMPLETIONS, Optional.empty(), body.getBytes(StandardCharsets.UTF_8));
    }
}
