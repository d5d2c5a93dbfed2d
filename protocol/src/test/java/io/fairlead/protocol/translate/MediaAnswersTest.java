package io.fairlead.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.AnswerGather;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Images and speech that models make, as clients of other protocols get them. */
final class MediaAnswersTest {
    private static final ChatProtocol CHAT = protocol(Protocol.OPENAI_CHAT);
    private static final ChatProtocol RESPONSES = protocol(Protocol.OPENAI_RESPONSES);
    private static final ChatProtocol GEMINI = protocol(Protocol.GEMINI);

    private static final String IMAGE =
            "{\"type\":\"image_url\",\"index\":0,\"image_url\":{\"url\":\"data:image/webp;base64,AAEC\"}}";
    private static final String CALL =
            "{\"type\":\"image_generation_call\",\"id\":\"ig_1\",\"status\":\"completed\",\"quality\":\"low\",\"output_format\":\"jpeg\",\"result\":\"AAEC\"}";

    @Test
    void imagesOfChatCompletionsAreImagesElsewhere() {
        String body =
                "{\"id\":\"x\",\"model\":\"m\",\"created\":1,\"object\":\"chat.completion\",\"choices\":[{\"index\":0,"
                    + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"Look:\",\"images\":["
                        + IMAGE
                        + "]}}]}";
        ChatAnswer answer = CHAT.readAnswer(Json.parse(body));
        assertThat(Json.parse(CHAT.writeAnswer(answer, context()))).isEqualTo(Json.parse(body));
        Json gemini = Json.parse(GEMINI.writeAnswer(answer, context()));
        assertThat(parts(gemini).get(1))
                .isEqualTo(
                        Json.parse(
                                "{\"inlineData\":{\"mimeType\":\"image/webp\",\"data\":\"AAEC\"}}"));
        Json responses = Json.parse(RESPONSES.writeAnswer(answer, context()));
        Json item = responses.get("output").orElseThrow().elements().get(1);
        assertThat(item.get("type")).contains(Json.of("image_generation_call"));
        assertThat(item.get("result")).contains(Json.of("AAEC"));
    }

    @Test
    void whatIsNoImageStaysBeside() {
        String body =
                "{\"id\":\"x\",\"model\":\"m\",\"created\":1,\"object\":\"chat.completion\",\"choices\":[{\"index\":0,"
                    + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"Look:\",\"images\":"
                    + "[{\"type\":\"hologram\"},"
                        + IMAGE
                        + "]}}]}";
        ChatAnswer answer = CHAT.readAnswer(Json.parse(body));
        assertThat(answer.choices().getFirst().parts()).hasSize(1);
        assertThat(Json.parse(CHAT.writeAnswer(answer, context()))).isEqualTo(Json.parse(body));
    }

    @Test
    void aStreamOfImagesAndSpeechIsToldInWholeAndAsItCame() {
        List<String> chunks =
                List.of(
                        delta("{\"role\":\"assistant\",\"content\":\"Hi\"}"),
                        delta("{\"images\":[" + IMAGE + "]}"),
                        delta("{\"audio\":{\"id\":\"audio_1\",\"transcript\":\"Hel\"}}"),
                        // Two pieces of one and two bytes: neither fills a group.
                        delta("{\"audio\":{\"data\":\"AA==\"}}"),
                        delta("{\"audio\":{\"transcript\":\"lo\",\"data\":\"AQI=\"}}"),
                        delta("{\"audio\":{\"data\":\"Aw==\"}}"),
                        delta("{\"audio\":{\"expires_at\":5}}"),
                        "{\"id\":\"x\",\"model\":\"m\",\"created\":1,\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        StreamReader reader = CHAT.streamReader();
        StreamWriter same = CHAT.streamWriter(context());
        AnswerGather gathered = new AnswerGather(1 << 20);
        List<Batch> batches = new ArrayList<>();
        for (String chunk : chunks) {
            Batch batch = reader.read(new Frame("", chunk.getBytes(StandardCharsets.UTF_8)));
            batches.add(batch);
            gathered.add(batch);
            List<Frame> written = same.write(batch);
            assertThat(written).hasSize(1);
            assertThat(Json.parse(written.getFirst().data())).isEqualTo(Json.parse(chunk));
        }
        List<Part> parts = gathered.answer().choices().getFirst().parts();
        assertThat(parts)
                .filteredOn(Media.class::isInstance)
                .extracting(part -> ((Media) part).source())
                .containsExactly(
                        new Media.Source.Inline("image/webp", "AAEC"),
                        new Media.Source.Inline("audio/pcm", "AAECAw=="));
        assertThat(parts)
                .filteredOn(Text.class::isInstance)
                .extracting(part -> ((Text) part).text())
                .containsExactly("Hi", "Hello");
        StreamWriter gemini = GEMINI.streamWriter(context());
        StreamReader again = GEMINI.streamReader();
        AnswerGather told = new AnswerGather(1 << 20);
        for (Batch batch : batches) {
            gemini.write(batch).forEach(frame -> told.add(again.read(frame)));
        }
        assertThat(told.answer().choices().getFirst().parts())
                .filteredOn(part -> part instanceof Media media && media.kind() == Media.Kind.IMAGE)
                .hasSize(1);
    }

    @Test
    void whatOpenAisOwnToolDrewIsAnImageElsewhere() {
        String body =
                "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"model\":\"m\",\"status\":\"completed\",\"output\":["
                        + CALL
                        + "]}";
        ChatAnswer answer = RESPONSES.readAnswer(Json.parse(body));
        Json chat = Json.parse(CHAT.writeAnswer(answer, context()));
        Json message =
                chat.get("choices")
                        .orElseThrow()
                        .elements()
                        .getFirst()
                        .get("message")
                        .orElseThrow();
        assertThat(message.get("images").orElseThrow().toString())
                .contains("data:image/jpeg;base64,AAEC");
        Json same = Json.parse(RESPONSES.writeAnswer(answer, context()));
        assertThat(same.get("output")).isEqualTo(Json.parse(body).get("output"));
    }

    @Test
    void whatItDrawsInAStreamIsAnImageAtItsEnd() {
        StreamReader reader = RESPONSES.streamReader();
        AnswerGather gathered = new AnswerGather(1 << 20);
        String head = "\"output_index\":0,\"item\":";
        for (String event :
                List.of(
                        "{\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"model\":\"m\",\"output\":[]}}",
                        "{\"type\":\"response.output_item.added\","
                                + head
                                + "{\"type\":\"image_generation_call\",\"id\":\"ig_1\",\"status\":\"in_progress\"}}",
                        "{\"type\":\"response.output_item.done\"," + head + CALL + "}",
                        "{\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":\"completed\",\"output\":["
                                + CALL
                                + "]}}")) {
            String name = Json.parse(event).get("type").orElseThrow().text();
            gathered.add(reader.read(new Frame(name, event.getBytes(StandardCharsets.UTF_8))));
        }
        assertThat(gathered.complete()).isTrue();
        assertThat(gathered.answer().choices().getFirst().parts())
                .extracting(part -> ((Media) part).source())
                .containsExactly(new Media.Source.Inline("image/jpeg", "AAEC"));
    }

    private static String delta(String delta) {
        return "{\"id\":\"x\",\"model\":\"m\",\"created\":1,\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":null}]}";
    }

    private static List<Json> parts(Json gemini) {
        return gemini.get("candidates")
                .orElseThrow()
                .elements()
                .getFirst()
                .get("content")
                .orElseThrow()
                .get("parts")
                .orElseThrow()
                .elements();
    }

    private static AnswerContext context() {
        return new AnswerContext(ChatRequest.of("m"), "0123456789abcdef", "m", 1_700_000_000);
    }

    private static ChatProtocol protocol(Protocol protocol) {
        return Protocols.of(protocol).orElseThrow();
    }
}
