package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.media.MediaRules;
import io.fairlead.gateway.media.TestSite;
import io.fairlead.protocol.json.Json;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Images for OpenAI's clients, made by providers of other forms, over sockets. */
final class PaintedTest {
    private static final String GEMINI =
            """
            {"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png",\
            "data":"AAAA"}}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":20,\
            "candidatesTokenCount":40,"totalTokenCount":60}}\
            """;

    private final List<SimRequest> seen = new CopyOnWriteArrayList<>();

    private Harness gateway(String type, SimAnswer answer) {
        Harness.Options options = new Harness.Options();
        options.one = one -> TranscribedTest.ofType(type, one);
        options.provider =
                request -> {
                    seen.add(request);
                    return answer;
                };
        return new Harness(options);
    }

    private static String asked(String model, String members) {
        return "{\"model\":\"one/" + model + "\",\"prompt\":\"a cat\"" + members + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "google; imagen-4; /v1/models/imagen-4:predict;"
                        + " {\"predictions\":[{\"bytesBase64Encoded\":\"AAAA\"}]}",
                "stability; core; /v1/stable-image/generate/core;"
                        + " {\"image\":\"AAAA\",\"finish_reason\":\"SUCCESS\"}",
                "xai; grok-imagine; /v1/images/generations;"
                        + " {\"data\":[{\"b64_json\":\"AAAA\"}]}",
            })
    void anImageIsMadeOfAPrompt(String type, String model, String path, String answer)
            throws Exception {
        try (Harness gateway = gateway(type, SimAnswer.json(200, answer))) {
            HttpResponse<String> made =
                    gateway.post("/v1/images/generations", asked(model, ",\"style\":\"vivid\""));

            assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
            Json body = Json.parse(made.body());
            assertThat(body.get("created")).isPresent();
            assertThat(body.get("data").orElseThrow().toString()).contains("\"AAAA\"");
            assertThat(made.headers().firstValue("x-fairlead-dropped")).hasValue("style");
            assertThat(made.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(seen.getLast().path()).isEqualTo(path);
            assertThat(gateway.record().spend()).isEmpty();
        }
    }

    @Test
    void geminisTokensAreCharged() throws Exception {
        try (Harness gateway = gateway("google", SimAnswer.json(200, GEMINI))) {
            HttpResponse<String> made =
                    gateway.post(
                            "/v1/images/edits",
                            asked(
                                    "echo",
                                    ",\"images\":[{\"image_url\":"
                                            + "\"data:image/png;base64,AAAA\"}]"));

            assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
            assertThat(seen.getLast().bodyText()).contains("\"data\":\"AAAA\"", "a cat");
            assertThat(made.headers().firstValue("x-fairlead-cost")).hasValue("0.0001");
            assertThat(gateway.record().usage().outputTokens()).isEqualTo(40);
        }
    }

    @Test
    void imagesNamedByAddressAreFetchedWhereTheProviderWantsBytes() throws Exception {
        Harness.Options options = new Harness.Options();
        options.media =
                new MediaRules(
                        MediaRules.From.LISTED_HOSTS,
                        List.of("127.0.0.1"),
                        1 << 20,
                        Duration.ofSeconds(20));
        options.one = one -> TranscribedTest.ofType("google", one);
        options.provider =
                request -> {
                    seen.add(request);
                    return SimAnswer.json(200, GEMINI);
                };
        try (TestSite site = TestSite.ofPictures();
                Harness gateway = new Harness(options)) {
            HttpResponse<String> made =
                    gateway.post("/v1/images/edits", edit(site.url("127.0.0.1")));

            assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
            assertThat(seen.getLast().bodyText())
                    .contains(Base64.getEncoder().encodeToString(TestSite.PNG));
            HttpResponse<String> inside =
                    gateway.post("/v1/images/edits", edit("http://10.0.0.1/a.png"));
            assertThat(inside.statusCode()).isEqualTo(400);
            assertThat(inside.body()).contains("images[0].image_url");
            gateway.awaitQuiet();
        }
    }

    private static String edit(String url) {
        return asked("gemini", ",\"images\":[{\"image_url\":\"" + url + "\"}]");
    }

    @Test
    void largeImagesAreHeldAsAWhole() throws Exception {
        String image = "A".repeat(12_000_000);
        SimAnswer answer =
                SimAnswer.json(
                        200, "{\"predictions\":[{\"bytesBase64Encoded\":\"" + image + "\"}]}");
        try (Harness gateway = gateway("google", answer)) {
            HttpResponse<String> made =
                    gateway.post("/v1/images/generations", asked("imagen-4", ""));

            assertThat(made.statusCode()).isEqualTo(200);
            assertThat(made.body()).hasSizeGreaterThan(image.length()).contains("\"b64_json\"");
            gateway.awaitQuiet();
        }
    }

    @Test
    void refusalsNameTheMember() throws Exception {
        try (Harness gateway =
                gateway(
                        "google",
                        SimAnswer.json(
                                200,
                                "{\"candidates\":[{" + "\"finishReason\":\"IMAGE_SAFETY\"}]}"))) {
            HttpResponse<String> url =
                    gateway.post(
                            "/v1/images/generations",
                            asked("gemini", ",\"response_format\":\"url\""));
            assertThat(url.statusCode()).isEqualTo(400);
            assertThat(url.body()).contains("unsupported_parameter", "response_format");
            HttpResponse<String> size =
                    gateway.post("/v1/images/generations", asked("gemini", ",\"size\":\"big\""));
            assertThat(size.statusCode()).isEqualTo(400);
            assertThat(size.body()).contains("invalid_request", "\"param\":\"size\"");
            assertThat(seen).isEmpty();
            HttpResponse<String> unsafe =
                    gateway.post("/v1/images/generations", asked("gemini", ""));
            assertThat(unsafe.statusCode()).isEqualTo(400);
            assertThat(unsafe.body()).contains("IMAGE_SAFETY");
        }
        try (Harness gateway = gateway("stability", SimAnswer.json(500, "{}"))) {
            HttpResponse<String> edited = gateway.post("/v1/images/edits", asked("core", ""));
            assertThat(edited.statusCode()).isEqualTo(400);
            assertThat(edited.body()).contains("has nothing for images");
        }
    }
}
