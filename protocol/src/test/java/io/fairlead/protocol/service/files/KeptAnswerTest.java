package io.fairlead.protocol.service.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.translate.Translation.Unary;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

final class KeptAnswerTest {
    private static String marked(String json) {
        return new String(KeptAnswer.marked(bytes(json), "openai").bytes(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyIdIsMarkedAndNothingElseChanges() {
        String list =
                """
                { "object":"list", "data":[{"id":"batch_1","input_file_id":"file-1",
                "output_file_id":null,"errors":{"data":[{"line":1}]},"metadata":{"id":"mine"}}],
                "first_id":"batch_1", "last_id":"batch_1", "has_more":false}\
                """;
        assertThat(marked(list))
                .isEqualTo(
                        list.replace("\"batch_1\"", "\"batch_1.openai\"")
                                .replace("\"file-1\"", "\"file-1.openai\""));
        assertThat(marked("{\"id\":\"up_1\",\"file\":{\"id\":\"file-2\"},\"upload_id\":\"\"}"))
                .isEqualTo(
                        "{\"id\":\"up_1.openai\",\"file\":{\"id\":\"file-2.openai\"},\"upload_id\":\"\"}");
    }

    @Test
    void resultsAreFetchedHereAndNotAtTheProvider() {
        assertThat(
                        marked(
                                """
                                {"id":"msgbatch_1","results_url":\
                                "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results"}\
                                """))
                .isEqualTo(
                        """
                        {"id":"msgbatch_1.openai","results_url":\
                        "/v1/messages/batches/msgbatch_1.openai/results"}\
                        """);
        assertThat(marked("{\"results_url\":null}")).isEqualTo("{\"results_url\":null}");
    }

    @Test
    void whatIsNoJsonIsNoAnswer() {
        assertThat(KeptAnswer.marked(bytes("<html>"), "openai").fault()).isPresent();
        assertThat(KeptAnswer.marked(new byte[0], "openai").fault()).isPresent();
    }

    /** Taking the marks off again gives what the provider said. */
    @Test
    void everyRecordedAnswerComesBack() {
        List<Recordings.Exchange> recorded =
                Recordings.of(
                        "openai/files", "openai/batches", "anthropic/files", "anthropic/batches");
        assertThat(recorded).hasSizeGreaterThanOrEqualTo(6);
        for (Recordings.Exchange exchange : recorded) {
            String answer = exchange.answer().orElseThrow().toString();
            String owner = exchange.provider();
            Unary marked = KeptAnswer.marked(bytes(answer), owner);
            assertThat(marked.fault()).as(exchange.id()).isEmpty();
            String text = new String(marked.bytes(), StandardCharsets.UTF_8);
            assertThat(text).as(exchange.id()).contains("." + owner + "\"");
            assertThat(text.replace("." + owner + "\"", "\"")).isEqualTo(answer);
        }
    }

    @Test
    void everyRecordedRequestPassesAsItIs() {
        for (Recordings.Exchange exchange : Recordings.of("openai/batches", "anthropic/batches")) {
            if (exchange.request().isPresent()) {
                byte[] request = bytes(exchange.request().get().toString());
                assertThat(FileIds.plain(request, exchange.provider()::equals).body())
                        .isSameAs(request);
                assertThat(
                                BatchModels.document(
                                                request, name -> name, exchange.provider()::equals)
                                        .body())
                        .isSameAs(request);
            }
        }
    }

    @Test
    void damagedBytesAreNoDefect() {
        SplittableRandom random = new SplittableRandom(11);
        byte[] sample =
                bytes(
                        "{\"id\":\"a\",\"data\":[{\"file_id\":\"x.openai\"}],\"results_url\":\"/x\"}");
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = sample.clone();
            for (int change = 0; change <= i % 3; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Unary answer = KeptAnswer.marked(damaged, "openai");
            if (answer.fault().isEmpty()) {
                Json.parse(answer.bytes());
            }
            try {
                Json.parse(FileIds.plain(damaged, "openai"::equals).body());
            } catch (Unreadable expected) {
                assertThat(expected.problem()).isNotEmpty();
            }
            byte[] lines = BatchModels.lines(damaged, 0, damaged.length, n -> n, _ -> false).body();
            assertThat(lines).isEqualTo(damaged);
        }
    }
}
