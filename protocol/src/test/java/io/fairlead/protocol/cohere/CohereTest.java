package io.fairlead.protocol.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing.FrameScanner;
import io.fairlead.protocol.codec.RoundTrip;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Finish.Reason;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.Thinking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

final class CohereTest {
    private static final CohereProtocol COHERE = new CohereProtocol();
    private static final RoundTrip ROUND_TRIP =
            new RoundTrip(
                    COHERE, exchange -> WireRequest.of(exchange.request().orElseThrow()), j -> j);

    static List<Exchange> recordings() {
        List<Exchange> all = Recordings.of("cohere/v2-chat");
        assertThat(all).hasSize(8);
        return all;
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void whatIsReadIsWrittenAgain(Exchange exchange) {
        if (exchange.request().isPresent()) {
            ROUND_TRIP.request(exchange);
        }
        if (!exchange.frames().isEmpty()) {
            ROUND_TRIP.stream(exchange);
        } else if (!exchange.failed()) {
            ROUND_TRIP.answer(exchange);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void eventsAreFoundByteByByte(Exchange exchange) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        exchange.frames().forEach(frame -> body.writeBytes(COHERE.framing().encode(frame)));
        FrameScanner scanner = COHERE.framing().scanner(1 << 20);
        List<String> found = new ArrayList<>();
        byte[] bytes = body.toByteArray();
        for (int i = 0; i < bytes.length; i++) {
            scanner.feed(bytes, i, i + 1).forEach(frame -> found.add(frame.text()));
        }
        scanner.end().forEach(frame -> found.add(frame.text()));
        assertThat(found).isEqualTo(exchange.frames().stream().map(Frame::text).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'m','messages':[{'role':'user','content':'a'}],'documents':['plain',"
                        + "{'id':'d','data':{'snippet':'s'}},{'data':'text'},"
                        + "{'id':'e','data':{'title':'t','text':'x','extra':1}}]}",
                "{'model':'m','messages':[{'role':'assistant','tool_plan':'p','content':'c',"
                        + "'tool_calls':[{'id':'i','type':'function','function':{'name':'f',"
                        + "'arguments':'null'}}]},{'role':'tool','tool_call_id':'i','content':["
                        + "{'type':'document','document':{'data':{'text':'r'}}}]}]}",
                "{'model':'m','messages':[{'role':'assistant','content':[{'type':'thinking',"
                        + "'thinking':'t'},{'type':'text','text':'x'}]}],'thinking':{'type':"
                        + "'enabled','token_budget':5},'strict_tools':true,'tools':[{'type':"
                        + "'function','function':{'name':'f','parameters':{'type':'object'}}}],"
                        + "'tool_choice':'NONE','response_format':{'type':'json_object'},'k':3,"
                        + "'p':0.5,'stop_sequences':['x'],'safety_mode':'OFF','stream':false}"
            })
    void requestsKeepTheirForm(String text) {
        Json json = Json.parse(text.replace('\'', '"'));
        ChatRequest read = COHERE.readRequest(WireRequest.of(json));
        assertThat(Json.parse(COHERE.writeRequest(read).body())).isEqualTo(json);
    }

    @Test
    void documentsAreShownByTheUser() {
        ChatRequest read =
                request(
                        "{'model':'m','messages':[{'role':'user','content':'a'}],"
                                + "'documents':[{'data':{'title':'t','text':'x'}}]}");
        Media document = (Media) read.turns().getFirst().parts().getFirst();
        assertThat(document.name()).contains("t");
        assertThat(document.source()).isEqualTo(new Media.Source.PlainText("x"));
    }

    @Test
    void aPlanIsReasoningAndTokensAreUsage() {
        ChatAnswer answer =
                COHERE.readAnswer(
                        Json.parse(
                                """
                                {"id":"i","finish_reason":"TOOL_CALL","message":{"role":"assistant",
                                "tool_plan":"I will","tool_calls":[{"id":"c","type":"function",
                                "function":{"name":"f","arguments":"{}"}}]},"usage":{"billed_units":
                                {"input_tokens":1,"output_tokens":1},"tokens":{"input_tokens":34,
                                "output_tokens":56,"reasoning_tokens":6,"image_tokens":259},
                                "cached_tokens":4}}\
                                """));
        assertThat(((Reasoning) answer.choices().getFirst().parts().getFirst()).text())
                .isEqualTo("I will");
        var counts = answer.usage().orElseThrow().counts();
        assertThat(counts.inputTokens()).isEqualTo(293);
        assertThat(counts.imageInputTokens()).isEqualTo(259);
        assertThat(counts.reasoningTokens()).isEqualTo(6);
        assertThat(counts.cachedInputTokens()).isEqualTo(4);
        assertThat(answer.choices().getFirst().finish().orElseThrow().reason())
                .isEqualTo(Reason.TOOL_CALLS);
    }

    @Test
    void streamsAreGrammaticalAndCutOnesDoNotEnd() {
        for (Exchange exchange : recordings()) {
            StreamReader reader = COHERE.streamReader();
            List<Integer> open = new ArrayList<>();
            boolean ended = false;
            List<StreamEvent> events = new ArrayList<>();
            exchange.frames().forEach(frame -> events.addAll(reader.read(frame).events()));
            for (StreamEvent event : events) {
                assertThat(ended).isFalse();
                switch (event) {
                    case StreamEvent.PartStarted started -> open.add(started.part());
                    case StreamEvent.PartGrew grew -> assertThat(open).contains(grew.part());
                    case StreamEvent.PartEnded end ->
                            assertThat(open.remove(Integer.valueOf(end.part()))).isTrue();
                    case StreamEvent.Ended _ -> ended = true;
                    default -> {}
                }
            }
            assertThat(open).isEmpty();
            assertThat(ended).isEqualTo(!exchange.frames().isEmpty());
        }
        assertThat(COHERE.streamReader().end().events()).isEmpty();
    }

    @Test
    void effortIsABudget() {
        ChatRequest asked =
                request(
                                "{'model':'m','messages':[{'role':'user','content':'a'}],"
                                        + "'max_tokens':1000}")
                        .withThinking(Optional.of(Thinking.ofEffort("high")));
        ChatRequest prepared =
                COHERE.differences().prepare(asked, ModelFacts.unknown("m")).request();
        assertThat(new String(COHERE.writeRequest(prepared).body(), StandardCharsets.UTF_8))
                .contains("\"thinking\":{\"type\":\"enabled\",\"token_budget\":800}");
    }

    @Test
    void wrongTypesAreNamed() {
        assertThatThrownBy(() -> request("{'model':'m','messages':[{'role':'bot'}]}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("messages[0].role");
        assertThatThrownBy(() -> request("{'model':'m'}")).isInstanceOf(Unreadable.class);
    }

    @Test
    void mutatedRecordingsGiveOnlyTheOneException() {
        long seed = 13;
        SplittableRandom random = new SplittableRandom(seed);
        AnswerContext context = new AnswerContext(ChatRequest.of("m"), "id", "m", 1);
        for (Exchange exchange : recordings()) {
            List<String> texts = new ArrayList<>();
            exchange.request().ifPresent(json -> texts.add(json.toString()));
            exchange.answer().ifPresent(json -> texts.add(json.toString()));
            exchange.frames().stream()
                    .filter(f -> !f.isDone())
                    .limit(20)
                    .forEach(frame -> texts.add(frame.text()));
            for (int i = 0; i < 1200; i++) {
                byte[] bytes = mutated(texts.get(random.nextInt(texts.size())), random);
                for (Runnable use :
                        List.<Runnable>of(
                                () ->
                                        COHERE.writeRequest(
                                                COHERE.readRequest(
                                                        WireRequest.of(Fields.parse(bytes)))),
                                () ->
                                        COHERE.writeAnswer(
                                                COHERE.readAnswer(Fields.parse(bytes)), context),
                                () ->
                                        COHERE.streamWriter(context)
                                                .write(
                                                        COHERE.streamReader()
                                                                .read(new Frame("", bytes))))) {
                    try {
                        use.run();
                    } catch (Unreadable expected) {
                        assertThat(expected.getMessage()).as("seed %d", seed).isNotBlank();
                    }
                }
            }
        }
    }

    private static byte[] mutated(String text, SplittableRandom random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String[] values = {"null", "[]", "{}", "1", "\"x\"", "true", "-1e999", "[{}]"};
        int colon = text.indexOf(':', random.nextInt(text.length()));
        if (colon > 0 && random.nextInt(4) > 0) {
            int end = colon + 1;
            while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            String value = values[random.nextInt(values.length)];
            return (text.substring(0, colon + 1) + value + text.substring(end))
                    .getBytes(StandardCharsets.UTF_8);
        }
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        return bytes;
    }

    private static ChatRequest request(String text) {
        return COHERE.readRequest(WireRequest.of(Json.parse(text.replace('\'', '"'))));
    }
}
