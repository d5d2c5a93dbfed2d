package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.gateway.media.MediaRules;
import io.fairlead.gateway.media.TestSite;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Chat clients that name images by URL, at a provider that wants their bytes; over sockets. */
final class MediaByUrlTest {
    private static final String OLLAMA =
            """
            {"model":"echo","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant",\
            "content":"A cat."},"done":true,"done_reason":"stop","prompt_eval_count":9,\
            "eval_count":3}\
            """;

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();

    private Harness.Options at(MediaRules.From from, String... hosts) {
        Harness.Options options = new Harness.Options();
        options.protocol = Protocol.OLLAMA;
        options.media = new MediaRules(from, List.of(hosts), 1 << 20, Duration.ofSeconds(20));
        options.provider =
                request -> {
                    seen.add(request);
                    return SimAnswer.json(200, OLLAMA);
                };
        return options;
    }

    private static String asking(String model, String url) {
        return """
        {"model":"%s","messages":[{"role":"user","content":[
         {"type":"text","text":"What is it?"},
         {"type":"image_url","image_url":{"url":"%s"}},
         {"type":"image_url","image_url":{"url":"%s"}}]}]}\
        """
                .formatted(model, url, url);
    }

    @Test
    void theProviderIsSentTheBytes() throws Exception {
        try (TestSite site = TestSite.ofPictures();
                Harness gateway = new Harness(at(MediaRules.From.LISTED_HOSTS, "127.0.0.1"))) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", asking("one/echo", site.url("127.0.0.1")));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("A cat.");
            Json message =
                    Json.parse(seen.getLast().body())
                            .get("messages")
                            .orElseThrow()
                            .elements()
                            .getFirst();
            List<Json> images = message.get("images").orElseThrow().elements();
            assertThat(images).hasSize(2);
            assertThat(Base64.getDecoder().decode(images.getFirst().text()))
                    .isEqualTo(TestSite.PNG);
            assertThat(site.connections).hasValue(1);
            gateway.awaitQuiet();
        }
    }

    @Test
    void anInternalUrlIsRefusedAndNothingIsConnected() throws Exception {
        try (TestSite site = TestSite.ofPictures();
                Harness gateway = new Harness(at(MediaRules.From.PUBLIC_HOSTS))) {
            for (String url :
                    List.of(
                            site.url("127.0.0.1"),
                            site.url("localhost"),
                            "http://localhost/",
                            "http://169.254.169.254/latest/meta-data/",
                            "http://[::ffff:10.0.0.1]/")) {
                HttpResponse<String> answer =
                        gateway.post("/v1/chat/completions", asking("one/echo", url));

                assertThat(answer.statusCode()).as(url).isEqualTo(400);
                Json error = Json.parse(answer.body()).get("error").orElseThrow();
                assertThat(error.get("code").orElseThrow().text()).isEqualTo("invalid_request");
                assertThat(error.get("param").orElseThrow().text())
                        .isEqualTo("messages[0].content[1]");
                assertThat(answer.body()).doesNotContain("127.0.0.1", "10.0.0.1");
            }
            assertThat(site.connections).hasValue(0);
            assertThat(seen).isEmpty();
            Harness.await(() -> gateway.records.size() == 5);
            assertThat(gateway.record().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(gateway.record().status()).isEqualTo(400);
            gateway.awaitQuiet();
        }
    }

    @Test
    void aSecondAttemptUsesWhatTheFirstHadFetched() throws Exception {
        Harness.Options options = at(MediaRules.From.LISTED_HOSTS, "127.0.0.1");
        options.retries = 1;
        options.provider =
                request -> {
                    seen.add(request);
                    return seen.size() == 1
                            ? SimAnswer.json(500, "{}")
                            : SimAnswer.json(200, OLLAMA);
                };
        try (TestSite site = TestSite.ofPictures();
                Harness gateway = new Harness(options)) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", asking("one/echo", site.url("127.0.0.1")));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(seen).hasSize(2);
            assertThat(site.connections).hasValue(1);
            gateway.awaitQuiet();
        }
    }

    @Test
    void aProviderThatTakesUrlsIsSentTheUrl() throws Exception {
        Harness.Options options = at(MediaRules.From.NOWHERE);
        options.targets = List.of("two/echo");
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", asking("both", "https://h.invalid/a.png"));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    void whatCanNotBeFetchedIsSentToAProviderThatTakesUrls() throws Exception {
        Harness.Options options = at(MediaRules.From.NOWHERE);
        options.targets = List.of("one/echo", "two/echo");
        List<SimRequest> second = new CopyOnWriteArrayList<>();
        options.second =
                request -> {
                    second.add(request);
                    return Harness.simulator().answer(request);
                };
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", asking("both", "https://h.invalid/a.png"));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(second.getLast().bodyText()).contains("https://h.invalid/a.png");
            assertThat(seen).isEmpty();
            gateway.awaitQuiet();
        }
    }

    @Test
    void whatNobodyCanUseIsRefusedAndAskedForOnce() throws Exception {
        Harness.Options options = at(MediaRules.From.LISTED_HOSTS, "127.0.0.1");
        options.targets = List.of("one/echo", "two/echo");
        options.secondProtocol = Protocol.OLLAMA;
        try (TestSite site =
                        new TestSite((_, out) ->
                                out.write(
                                        "HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n"
                                                .getBytes(StandardCharsets.US_ASCII)));
                Harness gateway = new Harness(options)) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", asking("both", site.url("127.0.0.1")));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            Json error = Json.parse(answer.body()).get("error").orElseThrow();
            assertThat(error.get("code").orElseThrow().text()).isEqualTo("invalid_request");
            assertThat(error.get("param").orElseThrow().text()).isEqualTo("messages[0].content[1]");
            assertThat(error.get("message").orElseThrow().text()).contains("status 404");
            assertThat(site.connections).hasValue(1);
            gateway.awaitQuiet();
        }
    }

    @Test
    void aClientThatLeavesWhileMediaAreFetchedLeavesNothingBehind() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (TestSite site =
                        new TestSite((_, _) -> {
                            asked.complete(null);
                            new CompletableFuture<Void>().join();
                        });
                Harness gateway = new Harness(at(MediaRules.From.LISTED_HOSTS, "127.0.0.1"))) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                byte[] body =
                        asking("one/echo", site.url("127.0.0.1")).getBytes(StandardCharsets.UTF_8);
                OutputStream out = client.getOutputStream();
                out.write(
                        ("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
                                        + "content-type: application/json\r\ncontent-length: "
                                        + body.length
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
                asked.get(30, java.util.concurrent.TimeUnit.SECONDS);
            }
            assertThat(gateway.record().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(seen).isEmpty();
            gateway.awaitQuiet();
        }
    }

    @Test
    void aStopWhileMediaAreFetchedEndsTheRequest() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (TestSite site =
                        new TestSite((_, _) -> {
                            asked.complete(null);
                            new CompletableFuture<Void>().join();
                        });
                Harness gateway = new Harness(at(MediaRules.From.LISTED_HOSTS, "127.0.0.1"))) {
            var _ = asked.thenRun(gateway::abort);
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", asking("one/echo", site.url("127.0.0.1")));

            assertThat(answer.statusCode()).isEqualTo(503);
            gateway.awaitQuiet();
        }
    }
}
