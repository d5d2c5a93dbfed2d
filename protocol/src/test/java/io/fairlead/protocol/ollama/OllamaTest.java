package io.fairlead.protocol.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.Framing.FrameScanner;
import io.fairlead.protocol.codec.JsonLinesFraming;
import io.fairlead.protocol.codec.RoundTrip;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Finish.Reason;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

final class OllamaTest {
    private static final OllamaProtocol OLLAMA = new OllamaProtocol();
    private static final RoundTrip ROUND_TRIP =
            new RoundTrip(
                    OLLAMA, exchange -> WireRequest.of(exchange.request().orElseThrow()), j -> j);

    static List<Exchange> recordings() {
        List<Exchange> all = Recordings.of("ollama/native-chat");
        assertThat(all).hasSize(2);
        return all;
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void whatIsReadIsWrittenAgain(Exchange exchange) {
        ROUND_TRIP.request(exchange);
        if (exchange.answer().isPresent()) {
            ROUND_TRIP.answer(exchange);
        } else {
            ROUND_TRIP.stream(exchange);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void linesAreFoundByteByByte(Exchange exchange) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        exchange.frames()
                .forEach(frame -> body.writeBytes(JsonLinesFraming.INSTANCE.encode(frame)));
        FrameScanner scanner = JsonLinesFraming.INSTANCE.scanner(1 << 20);
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
                "{'model':'m','messages':[]}",
                "{'model':'m'}",
                "{'model':'m','messages':[{'role':'user','content':'a','images':['/9j/AA=='],'x':1}]}",
                "{'model':'m','messages':[{'role':'assistant','thinking':'t','tool_calls':[{'id':'c',"
                    + "'function':{'index':0,'name':'f','arguments':{}}}]},"
                    + "{'role':'tool','tool_name':'f','tool_call_id':'c','content':'r'}],"
                    + "'format':{'type':'object'},'think':'high','options':{'stop':'x',"
                    + "'num_predict':-1,'num_ctx':4096,'temperature':0.5}}",
                "{'model':'m','messages':[],'format':'json','think':false,'options':{'stop':['a'],"
                        + "'num_predict':5},'logprobs':true,'top_logprobs':2,'stream':false}"
            })
    void requestsKeepTheirForm(String text) {
        Json json = Json.parse(text.replace('\'', '"'));
        ChatRequest read = OLLAMA.readRequest(WireRequest.of(json));
        assertThat(Json.parse(OLLAMA.writeRequest(read).body())).isEqualTo(json);
    }

    @Test
    void imagesAreKnownByTheirFirstBytes() {
        ChatRequest read =
                request(
                        "{'model':'m','messages':[{'role':'user','content':'a','images':['R0lGODlh']}]}");
        Media image = (Media) read.turns().getFirst().parts().get(1);
        assertThat(((Media.Source.Inline) image.source()).mediaType()).isEqualTo("image/gif");
        assertThat(read.delivery().stream()).isTrue();
    }

    @Test
    void callsEndAnAnswerWhateverItsReason() {
        ChatAnswer answer =
                OLLAMA.readAnswer(
                        Json.parse(
                                """
                                {"model":"m","created_at":"2025-01-01T00:00:00Z","message":{"role":
                                "assistant","content":"","tool_calls":[{"function":{"name":"f",
                                "arguments":{"a":1}}}]},"done":true,"done_reason":"stop",
                                "prompt_eval_count":3,"eval_count":4}\
                                """));
        assertThat(answer.choices().getFirst().finish().orElseThrow().reason())
                .isEqualTo(Reason.TOOL_CALLS);
        assertThat(((ToolCall) answer.choices().getFirst().parts().getFirst()).arguments())
                .isEqualTo("{\"a\":1}");
        assertThat(answer.usage().orElseThrow().counts().totalTokens()).isEqualTo(7);
        assertThat(answer.created()).contains(1_735_689_600L);
    }

    @Test
    void aStreamWithThoughtsCallsAndAnErrorKeepsItsOrder() {
        StreamReader reader = OLLAMA.streamReader();
        List<String> kinds = new ArrayList<>();
        for (String line :
                List.of(
                        "{'model':'m','message':{'role':'assistant','content':'','thinking':'a'}}",
                        "{'model':'m','message':{'content':'b'}}",
                        "{'model':'m','message':{'content':'','tool_calls':[{'function':{'name':'f'}}]}}",
                        "{'error':'out of memory'}")) {
            reader.read(Frame.of("", line.replace('\'', '"')))
                    .events()
                    .forEach(event -> kinds.add(event.getClass().getSimpleName()));
        }
        assertThat(kinds)
                .containsExactly(
                        "Started",
                        "PartStarted",
                        "PartGrew",
                        "PartEnded",
                        "PartStarted",
                        "PartGrew",
                        "PartEnded",
                        "PartStarted",
                        "PartGrew",
                        "PartEnded",
                        "Failed");
    }

    @Test
    void modelsWithoutLevelsThinkOrDoNot() {
        ChatRequest asked =
                request("{'model':'m','messages':[]}")
                        .withThinking(java.util.Optional.of(Thinking.ofEffort("high")));
        ChatRequest prepared =
                OLLAMA.differences().prepare(asked, ModelFacts.unknown("m")).request();
        assertThat(new String(OLLAMA.writeRequest(prepared).body(), StandardCharsets.UTF_8))
                .contains("\"think\":true");
    }

    @Test
    void wrongTypesAreNamed() {
        assertThatThrownBy(() -> request("{'model':'m','messages':[{'role':'bot'}]}"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("messages[0].role");
        assertThatThrownBy(() -> request("{'messages':[]}")).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> request("{'model':'m','think':3}")).isInstanceOf(Unreadable.class);
    }

    @Test
    void mutatedRecordingsGiveOnlyTheOneException() {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        AnswerContext context = new AnswerContext(ChatRequest.of("m"), "id", "m", 1);
        for (Exchange exchange : recordings()) {
            for (int i = 0; i < 1500; i++) {
                byte[] request = mutated(exchange.request().orElseThrow().toString(), random);
                byte[] answer =
                        mutated(
                                exchange.answer()
                                        .map(Json::toString)
                                        .orElseGet(() -> exchange.frames().getLast().text()),
                                random);
                try {
                    Json json = io.fairlead.protocol.codec.Fields.parse(request);
                    OLLAMA.writeRequest(OLLAMA.readRequest(WireRequest.of(json)));
                } catch (Unreadable expected) {
                    assertThat(expected.getMessage()).as("seed %d", seed).isNotBlank();
                }
                try {
                    Json json = io.fairlead.protocol.codec.Fields.parse(answer);
                    OLLAMA.writeAnswer(OLLAMA.readAnswer(json), context);
                    OLLAMA.streamWriter(context)
                            .write(OLLAMA.streamReader().read(new Frame("", answer)));
                } catch (Unreadable expected) {
                    assertThat(expected.getMessage()).as("seed %d", seed).isNotBlank();
                }
            }
        }
    }

    private static byte[] mutated(String text, SplittableRandom random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String[] values = {"null", "[]", "{}", "1", "\"x\"", "true", "-1e999"};
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
        return OLLAMA.readRequest(WireRequest.of(Json.parse(text.replace('\'', '"'))));
    }
}
