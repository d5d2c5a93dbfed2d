package io.fairlead.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.StreamSignal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class AnswerStreamTest {
    private static Streamed chat(String... events) {
        return Streamed.of(Endpoint.CHAT_COMPLETIONS, Conformance.OFF, false, join(events));
    }

    private static Streamed hidden(String... events) {
        return Streamed.of(Endpoint.CHAT_COMPLETIONS, Conformance.OFF, true, join(events));
    }

    private static Streamed responses(String... events) {
        return Streamed.of(Endpoint.RESPONSES, Conformance.OFF, false, join(events));
    }

    private static byte[] join(String... events) {
        StringBuilder out = new StringBuilder();
        for (String event : events) {
            out.append(event.startsWith("{") || event.startsWith("[") ? "data: " : "")
                    .append(event)
                    .append("\n\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}` |"
                        + " NOTHING_YET",
                "`{\"choices\":[{\"delta\":{\"content\":null,\"refusal\":null}}]}` | NOTHING_YET",
                "`{\"choices\":[],\"prompt_filter_results\":[{}]}` | NOTHING_YET",
                "`{\"choices\":[{\"delta\":{\"tool_calls\":[]}}]}` | NOTHING_YET",
                "`{\"choices\":[{\"delta\":{\"tool_calls\":null,\"content\":[]}}]}` | NOTHING_YET",
                "`{\"choices\":[{\"delta\":{\"function_call\":{\"name\":\"\"}},\"finish_reason\":\"\"}]}`"
                    + " | NOTHING_YET",
                "`{\"choices\":[],\"usage\":{\"prompt_tokens\":1}}` | NOTHING_YET",
                "`{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}` | OUTPUT",
                "`{\"choices\":[{\"delta\":{\"refusal\":\"a\"}}]}` | OUTPUT",
                "`{\"choices\":[{\"delta\":{\"reasoning_content\":\"a\"}}]}` | OUTPUT",
                "`{\"choices\":[{\"delta\":{\"reasoning\":\"a\"}}]}` | OUTPUT",
                "`{\"choices\":[{\"delta\":{\"reasoning_details\":[{}]}}]}` | OUTPUT",
                "`{\"choices\":[{\"delta\":{\"content\":[{\"type\":\"thinking\"}]}}]}` | OUTPUT",
                "`{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0}]}}]}` | OUTPUT",
                "`{\"choices\":[{\"delta\":{\"function_call\":{\"name\":\"f\"}}}]}` | OUTPUT",
                "`{\"choices\":[{\"delta\":{\"audio\":{\"id\":\"x\"}}}]}` | NOTHING_YET",
                "`{\"choices\":[{\"delta\":{\"audio\":{\"data\":\"AAA\"}}}]}` | OUTPUT",
                "`{\"choices\":[{\"delta\":{\"images\":[{}]}}]}` | OUTPUT",
                "`{\"choices\":[{\"text\":\"a\"}]}` | OUTPUT",
                "`{\"value\":\"a\"}` | OUTPUT",
                "`{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}` | FINISH",
                "`{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}` |"
                        + " OUTPUT",
                "[DONE] | DONE",
                "`: a comment` | NOTHING_YET",
                "`{\"error\":{\"message\":\"no\"}}` | ERROR",
                "`{\"error\":\"no\"}` | ERROR",
                "`{\"error\":null,\"choices\":[]}` | NOTHING_YET",
                "`{\"object\":\"error\",\"message\":\"no\"}` | ERROR",
                "`{\"choices\":[{\"error\":{\"code\":502}}]}` | ERROR",
                "`{\"choices\":` | ERROR",
                "`{} x` | ERROR",
            })
    void classifiesChatEvents(String event, StreamSignal signal) {
        assertThat(chat(event).signals()).containsExactly(signal);
    }

    @ParameterizedTest
    @CsvSource({
        "response.created, NOTHING_YET",
        "response.in_progress, NOTHING_YET",
        "response.output_item.added, NOTHING_YET",
        "response.content_part.added, NOTHING_YET",
        "response.web_search_call.searching, NOTHING_YET",
        "response.output_text.delta, OUTPUT",
        "response.function_call_arguments.delta, OUTPUT",
        "response.reasoning_summary_text.delta, OUTPUT",
        "response.output_text.done, OUTPUT",
        "response.image_generation_call.partial_image, OUTPUT",
        "image_generation.partial_image, OUTPUT",
        "transcript.text.delta, OUTPUT",
        "something.new, OUTPUT",
        "image_generation.completed, FINISH",
        "transcript.text.done, FINISH",
        "response.completed, FINISH",
        "response.incomplete, FINISH",
        "response.failed, ERROR",
        "error, ERROR",
    })
    void classifiesTypedEvents(String type, StreamSignal signal) {
        Streamed streamed = responses("{\"type\":\"" + type + "\",\"delta\":\"x\"}");
        assertThat(streamed.signals()).containsExactly(signal);
    }

    @Test
    void takesACallThatWasAddedForOutput() {
        Streamed streamed =
                responses(
                        "{\"type\":\"response.output_item.added\",\"item\":{\"type\":\"function_call\"}}");
        assertThat(streamed.signals()).containsExactly(StreamSignal.OUTPUT);
        assertThat(streamed.stream().callSeen()).isTrue();
    }

    @Test
    void readsAFailedResponse() {
        Streamed streamed =
                responses(
                        "event: response.failed\n"
                            + "data:"
                            + " {\"type\":\"response.failed\",\"sequence_number\":7,\"response\":{\"id\":\"r\",\"status\":\"failed\",\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow"
                            + " down\"}}}");
        assertThat(streamed.stream().fault())
                .contains(
                        new ProviderFault.InStreamError(
                                429, Optional.of("rate_limit_exceeded"), "slow down"));
        assertThat(streamed.stream().sequenceNumber()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`event: error\n"
                    + "data:"
                    + " {\"error\":{\"message\":\"m\",\"code\":\"tool_use_failed\",\"status_code\":400}}`"
                    + " | 400 | m",
                "`{\"error\":{\"message\":\"m\",\"code\":502}}` | 502 | m",
                "`{\"error\":{\"message\":\"m\",\"type\":\"overloaded_error\"}}` | 503 | m",
                "`{\"error\":{\"message\":\"m\"}}` | 500 | m",
                "`{\"choices\":[{\"error\":{\"code\":504,\"message\":\"m\"},\"finish_reason\":\"error\"}]}`"
                    + " | 504 | m",
                "`{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\"}}`"
                        + " | 429 | m",
            })
    void readsErrorsInsideAStream(String event, int status, String message) {
        ProviderFault fault = chat(event).stream().fault().orElseThrow();
        assertThat(fault).isInstanceOf(ProviderFault.InStreamError.class);
        assertThat(((ProviderFault.InStreamError) fault).status()).isEqualTo(status);
        assertThat(fault.message()).isEqualTo(message);
    }

    @Test
    void findsAnErrorBodyUnderTheContentTypeOfAStream() {
        Streamed streamed =
                Streamed.of(
                        Endpoint.CHAT_COMPLETIONS,
                        Conformance.OFF,
                        false,
                        "{\n \"error\": {\"code\": 503,\n \"message\": \"busy\"}\n}"
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(streamed.stream().fault())
                .contains(new ProviderFault.InStreamError(503, Optional.of("503"), "busy"));
    }

    @Test
    void collectsWhatTheStreamSays() {
        AnswerStream stream =
                chat(
                        "{\"model\":\"\",\"choices\":[]}",
                        "{\"model\":\"m-1\",\"choices\":[{\"delta\":{\"content\":\"abc\"}}]}",
                        "{\"model\":\"m-2\",\"choices\":[{\"delta\":{},\"finish_reason\":\"eos\"}]}",
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}",
                        "[DONE]")
                        .stream();
        assertThat(stream.model()).contains("m-1");
        assertThat(stream.finishReason()).contains("eos");
        assertThat(stream.usage()).contains(Usage.of(5, 2));
        assertThat(stream.complete()).isTrue();
        assertThat(stream.outputCharacters()).isEqualTo(3);
        assertThat(stream.fault()).isEmpty();
    }

    @Test
    void knowsAnEmptyAndACutStream() {
        assertThat(chat("{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}").stream().fault())
                .containsInstanceOf(ProviderFault.Empty.class);
        assertThat(chat("[DONE]").stream().fault()).containsInstanceOf(ProviderFault.Empty.class);
        assertThat(chat().stream().fault()).containsInstanceOf(ProviderFault.Empty.class);
        assertThat(chat("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}").stream().fault())
                .containsInstanceOf(ProviderFault.Broken.class);
        assertThat(
                        chat("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}").stream()
                                .fault())
                .isEmpty();
    }

    @Test
    void completesALastEventWithoutItsBlankLineAndDropsOneThatWasCut() {
        String start = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
        Streamed whole = raw(start + "data: [DONE]");
        assertThat(whole.text()).isEqualTo(start + "data: [DONE]\n\n");
        assertThat(whole.stream().fault()).isEmpty();
        Streamed cut = raw(start + "data: {\"choices\":[{\"del");
        assertThat(cut.text()).isEqualTo(start);
        assertThat(cut.stream().fault()).containsInstanceOf(ProviderFault.Broken.class);
    }

    private static Streamed raw(String stream) {
        return Streamed.of(
                Endpoint.CHAT_COMPLETIONS,
                Conformance.OFF,
                false,
                stream.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hidesUsageThatTheClientDidNotAskFor() {
        Streamed streamed =
                hidden(
                        "{\"id\":\"1\",\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}",
                        "{\"usage\" : null , \"choices\":[{\"delta\":{\"content\":\"b\"}}]}",
                        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],"
                                + " \"usage\":{\"prompt_tokens\":1},\"x_groq\":{\"usage\":{}}}",
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}",
                        "[DONE]");
        assertThat(streamed.text())
                .isEqualTo(
                        """
                        data: {"id":"1","choices":[{"delta":{"content":"a"}}]}

                        data: { "choices":[{"delta":{"content":"b"}}]}

                        data: {"choices":[{"delta":{},"finish_reason":"stop"}],"x_groq":{"usage":{}}}

                        data: [DONE]

                        """);
        assertThat(streamed.stream().usage()).contains(Usage.of(3, 2));
    }

    @Test
    void hidesUsageInDataOfSeveralLines() {
        Streamed streamed =
                hidden(
                        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\n"
                                + "data: \"usage\":null}");
        assertThat(streamed.text())
                .isEqualTo("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
    }

    @Test
    void copiesNothingWhenNothingChanges() {
        AnswerStream stream =
                new AnswerStream(Endpoint.CHAT_COMPLETIONS, Conformance.OFF, true, 1 << 20);
        byte[] chunk = join("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}");
        stream.feed(chunk, 0, chunk.length);
        assertThat(stream.next()).isTrue();
        assertThat(stream.bytes()).isSameAs(chunk);
        assertThat(stream.to()).isEqualTo(chunk.length);
    }

    @Test
    void passesAnythingThrough() {
        Streamed streamed =
                Streamed.of(
                        Endpoint.PASSTHROUGH,
                        Conformance.OFF,
                        false,
                        join(
                                "{\"type\":\"message_start\",\"message\":{\"model\":\"claude\",\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":5,\"output_tokens\":1}}}",
                                "not json at all",
                                "{\"type\":\"message_delta\",\"usage\":{\"output_tokens\":7}}"));
        assertThat(streamed.stream().fault()).isEmpty();
        assertThat(streamed.stream().model()).contains("claude");
        assertThat(streamed.stream().usage()).contains(new Usage(15, 5, 0, 0, 0, 7, 0, 0, 0));
    }
}
