package io.fairlead.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.Header;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.replay.Recording.Form;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class RecordingsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void loadsEveryExchangeOfTheCorpus() throws Exception {
        Path folder = Corpus.folder();
        Recordings recordings = Recordings.load(folder);
        JsonNode index = JSON.readTree(Files.readAllBytes(folder.resolve("index.json")));
        assertThat(recordings.all()).hasSize(index.isArray() ? index.size() : 362);
        assertThat(recordings.all().stream().filter(r -> r.answer().isEmpty()))
                .allMatch(r -> r.api().equals("realtime") || r.api().startsWith("grpc"));
        assertThat(recordings.of("openai", "chat"))
                .isNotEmpty()
                .allMatch(r -> r.answer().isPresent());
    }

    @Test
    void unaryBodiesAreTheRecordedJson() throws Exception {
        Path folder = Corpus.folder();
        for (Recording recording : Recordings.load(folder).all()) {
            Path file =
                    folder.resolve(recording.provider())
                            .resolve(recording.api())
                            .resolve(recording.id() + ".json");
            JsonNode response = JSON.readTree(Files.readAllBytes(file)).get("response");
            if (recording.form() == Form.UNARY && response.has("body")) {
                assertThat(JSON.readTree(recording.bodyBytes()))
                        .as(recording.id())
                        .isEqualTo(response.get("body"));
            } else if (recording.form() == Form.SSE) {
                assertThat(recording.reply().body().steps())
                        .toIterable()
                        .as(recording.id())
                        .hasSize(response.get("sse").size());
            } else if (recording.form() == Form.AWS_EVENT_STREAM) {
                assertThat(recording.reply().body().steps())
                        .toIterable()
                        .as(recording.id())
                        .hasSize(response.get("frames").size());
            }
        }
    }

    @Test
    void replaysOverHttpWhatTheHeaderNames() throws Exception {
        Recordings recordings = Recordings.load(Corpus.folder());
        try (SimulatorServer server =
                        SimulatorServer.start(
                                recordings.before(_ -> SimAnswer.json(200, "\"other\"")));
                HttpClient client = HttpClient.newHttpClient()) {
            for (Recording recording : recordings.all()) {
                if (recording.answer().isEmpty()) {
                    continue;
                }
                var response =
                        client.send(
                                HttpRequest.newBuilder(
                                                URI.create(server.baseUrl() + recording.path()))
                                        .header(Recordings.HEADER, recording.id())
                                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray());
                assertThat(response.statusCode())
                        .as(recording.id())
                        .isEqualTo(recording.reply().status());
                assertThat(response.body()).as(recording.id()).isEqualTo(recording.bodyBytes());
                for (Header header : recording.reply().headers()) {
                    assertThat(response.headers().firstValue(header.name()))
                            .as(recording.id())
                            .contains(header.value());
                }
            }
        }
    }

    @Test
    void answersAnUnknownIdWith404AndOtherRequestsAsTold() {
        Recordings recordings = Recordings.load(Corpus.folder());
        var provider = recordings.before(_ -> SimAnswer.json(200, "\"other\""));
        SimRequest plain = SimRequest.post("/", "{}");
        assertThat(((SimAnswer.Reply) provider.answer(plain)).body().allBytes())
                .isEqualTo("\"other\"".getBytes(StandardCharsets.UTF_8));
        SimRequest named =
                new SimRequest(
                        "POST", "/", "", List.of(new Header(Recordings.HEADER, "no")), new byte[0]);
        assertThat(((SimAnswer.Reply) provider.answer(named)).status()).isEqualTo(404);
    }
}
