package io.fairlead.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.SecretHash;
import io.fairlead.gateway.config.ServerConfig;
import io.vertx.core.buffer.Buffer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeServerTest {
    private static final String ADMIN_KEY = "admin-key-of-this-test-0123456789";
    private EdgeHarness open;
    private EdgeHarness keyed;

    @BeforeAll
    void start() {
        open =
                new EdgeHarness(
                        EdgeHarness.config(),
                        (request, response) -> {
                            if (request.query().equals("defect")) {
                                throw new IllegalStateException("secret inner words");
                            }
                            if (request.query().equals("block")) {
                                LockSupport.parkNanos(1_200_000_000L);
                            }
                            response.headers().set("x-saw", request.remainder());
                            EdgeHarness.echo(request, response);
                        });
        keyed =
                new EdgeHarness(
                        EdgeHarness.config(
                                ServerConfig.DEFAULT
                                        .at("127.0.0.1", 0)
                                        .withAdminKey(SecretHash.of(ADMIN_KEY))),
                        EdgeHarness::echo);
    }

    @AfterAll
    void stop() {
        open.close();
        keyed.close();
    }

    @Test
    void showsHowLateAnEventLoopIs() throws Exception {
        open.post("/v1/completions?block", "x");
        String metrics = "";
        for (int i = 0; i < 50 && !late(metrics); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            metrics = new String(open.telemetry.scrape(), StandardCharsets.UTF_8);
        }
        assertThat(late(metrics)).as(metrics).isTrue();
    }

    /** Whether a loop was late by half a second or more, at least once. */
    private static boolean late(String metrics) {
        for (String loop : new String[] {"0", "1"}) {
            String name = "fairlead_event_loop_lag_seconds";
            double all = value(metrics, name + "_count{loop=\"" + loop + "\"} ");
            double early = value(metrics, name + "_bucket{loop=\"" + loop + "\",le=\"0.5\"} ");
            if (all > early) {
                return true;
            }
        }
        return false;
    }

    private static double value(String metrics, String series) {
        int at = metrics.indexOf(series);
        return at < 0
                ? 0
                : Double.parseDouble(
                        metrics.substring(at + series.length(), metrics.indexOf('\n', at)));
    }

    @Test
    void tellsThatItIsLive() throws IOException {
        assertThat(open.get("/health/live")).startsWith("HTTP/1.1 200").endsWith("\"live\"}EOF");
    }

    @Test
    void isReadyOnlyWhileTheLedgerAccepts() throws IOException {
        assertThat(open.get("/health/ready"))
                .startsWith("HTTP/1.1 200")
                .contains("\"ledger\":\"ok\"");
        open.ledger.set(false);
        try {
            assertThat(open.get("/health/ready"))
                    .startsWith("HTTP/1.1 503")
                    .contains("\"ledger\":\"failing\"");
        } finally {
            open.ledger.set(true);
        }
    }

    @Test
    void everyAnswerHasARequestIdThatSortsByTime() throws IOException {
        String first = header(open.get("/health/live"), "x-fairlead-request-id");
        String second = header(open.get("/nothing"), "x-fairlead-request-id");

        assertThat(first).matches("req_[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(second.substring(0, 14)).isGreaterThanOrEqualTo(first.substring(0, 14));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void leadsRequestsToTheDataPlane() throws IOException {
        assertThat(open.post("/v1/chat/completions", "{}")).contains("200 OK").contains("read 2");
        assertThat(open.post("/api/v1/chat/completions", "{}")).contains("read 2");
        for (String base : List.of("/v1", "/v2", "/api/v1")) {
            assertThat(open.post(base + "/rerank", "{}")).contains("read 2");
        }
        assertThat(open.get("/v1/responses/resp_1")).contains("x-saw: /resp_1").contains("read 0");
        assertThat(open.get("/passthrough/openai/v1/files?a=b"))
                .contains("x-saw: /openai/v1/files\r\n");
    }

    @Test
    void listsModelsAndFindsOneWithASlashInItsName() throws IOException {
        assertThat(open.get("/v1/models"))
                .contains("{\"object\":\"list\",\"data\":[{\"id\":\"sim/echo\",")
                .contains("\"created\":7,\"owned_by\":\"sim\"}]}");
        assertThat(open.get("/v1/models/sim/echo")).contains("{\"id\":\"sim/echo\"");
        assertThat(open.get("/v1/models/sim%2Fecho")).contains("{\"id\":\"sim/echo\"");
        assertThat(open.get("/v1/models/gpt")).startsWith("HTTP/1.1 404");
        assertThat(open.get("/v1beta/models")).contains("{\"name\":\"models/sim/echo\"");
        assertThat(open.get("/gemini/v1beta/models/sim/echo"))
                .contains("\"supportedGenerationMethods\":[\"generateContent\"");
        assertThat(open.get("/v1beta/models/gpt"))
                .startsWith("HTTP/1.1 404")
                .contains("\"status\":\"NOT_FOUND\"");
        assertThat(open.get("/anthropic/v1/models/sim%2Fecho"))
                .contains("{\"type\":\"model\",\"id\":\"sim/echo\"");
        assertThat(open.get("/v1/models", "anthropic-version: 2023-06-01"))
                .contains("\"has_more\":false");
    }

    @Test
    void refusesUnknownPathsAndMethods() throws IOException {
        assertThat(open.get("/v1/nothing")).startsWith("HTTP/1.1 404");
        assertThat(open.get("/v1/chat/completions"))
                .startsWith("HTTP/1.1 405")
                .contains("allow: POST\r\n");
    }

    @Test
    void aDefectIsAnInternalErrorWithoutAWordOfIt() throws IOException {
        assertThat(open.post("/v1/chat/completions?defect", "{}"))
                .startsWith("HTTP/1.1 500")
                .doesNotContain("secret inner words")
                .doesNotContain("Exception");
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        String answer =
                open.raw(
                        "HEAD /health/live HTTP/1.1\r\n"
                                + "host: localhost\r\n"
                                + "connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\nEOF");
        assertThat(header(answer, "content-length")).isEqualTo("17");
    }

    @Test
    void metricsAreOpenToThisMachineAndCountAnswers() throws IOException {
        assertThat(open.get("/metrics"))
                .startsWith("HTTP/1.1 200")
                .contains("fairlead_in_flight_requests 0")
                .contains("fairlead_client_connections 1");
    }

    @Test
    void adminApiNeedsTheAdminKeyAndRunsOnAVirtualThread() throws IOException {
        assertThat(keyed.get("/admin/v1/usage")).startsWith("HTTP/1.1 401");
        assertThat(keyed.get("/admin/v1/usage", "authorization: Bearer wrong"))
                .startsWith("HTTP/1.1 401");
        assertThat(keyed.get("/admin/v1/usage?x", "authorization: Bearer " + ADMIN_KEY))
                .startsWith("HTTP/1.1 200")
                .contains("{\"path\":\"/admin/v1/usage\",\"on\":\"virtual\"}");
        assertThat(open.get("/admin/v1/usage")).startsWith("HTTP/1.1 401");
    }

    @Test
    void anOpenGatewayKeepsWebPagesAway() throws IOException {
        String rebound =
                "GET /v1/models HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n";
        assertThat(open.raw(rebound)).startsWith("HTTP/1.1 403");
        assertThat(open.raw(rebound.replace("/v1/models", "/metrics"))).startsWith("HTTP/1.1 403");
        assertThat(
                        open.raw(
                                "GET http://evil.example/v1/models HTTP/1.1\r\n"
                                        + "host: localhost\r\nconnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(open.post("/v1/chat/completions", "{}", "content-type: text/plain"))
                .startsWith("HTTP/1.1 415");
        assertThat(open.get("/v1/models", "origin: https://evil.example"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void refusesToListenBeyondThisMachineWithoutAnAdminKey() {
        GatewayConfig config = EdgeHarness.config(ServerConfig.DEFAULT.at("0.0.0.0", 0));

        assertThatThrownBy(() -> new EdgeHarness(config, EdgeHarness::echo))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("server.admin_key");
    }

    @Test
    void saysThatAPortIsTaken() {
        GatewayConfig config =
                EdgeHarness.config(ServerConfig.DEFAULT.at("127.0.0.1", open.port()));

        assertThatThrownBy(() -> new EdgeHarness(config, EdgeHarness::echo))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("address already in use");
    }

    @Test
    void streamsArriveEventByEvent() throws IOException {
        try (EdgeHarness streaming =
                new EdgeHarness(
                        EdgeHarness.config(),
                        (_, response) -> {
                            response.write(Buffer.buffer("data: 1\n\n"));
                            response.write(Buffer.buffer("data: 2\n\n"));
                            response.end();
                        })) {
            assertThat(streaming.post("/v1/completions", "{}"))
                    .contains("transfer-encoding: chunked")
                    .endsWith("9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\nEOF");
        }
    }

    static String header(String answer, String name) {
        int from = answer.indexOf(name + ": ") + name.length() + 2;
        return answer.substring(from, answer.indexOf("\r\n", from));
    }
}
