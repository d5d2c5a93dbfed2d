package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that hang up, that do not read, and that wait. */
final class CancelTest {
    private static Socket ask(Harness gateway, String json) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        OutputStream out = socket.getOutputStream();
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        out.write(
                ("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
                                + "content-type: application/json\r\ncontent-length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return socket;
    }

    private static String readUntil(InputStream in, String text) throws Exception {
        StringBuilder got = new StringBuilder();
        while (got.indexOf(text) < 0) {
            int b = in.read();
            if (b < 0) {
                throw new AssertionError("ended before " + text + ":\n" + got);
            }
            got.append((char) b);
        }
        return got.toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancelsTheProviderAtOnceWhenTheClientHangsUp(boolean stream) throws Exception {
        try (Harness gateway = new Harness()) {
            String fault = stream ? "stall-after-events-3" : "stall-before-headers";
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                clients.add(ask(gateway, Harness.chat("one/echo-fault-" + fault, stream)));
            }
            if (stream) {
                for (Socket client : clients) {
                    readUntil(client.getInputStream(), "\"delta\"");
                }
            }
            Harness.await(() -> gateway.provider.traffic().openRequests() == 50);
            for (Socket client : clients) {
                client.close();
            }
            Harness.await(() -> gateway.records.size() == 50);
            assertThat(gateway.provider.traffic().awaitNoConnection(Duration.ofSeconds(30)))
                    .isTrue();
            gateway.awaitQuiet();
            for (RequestRecord entry : gateway.records) {
                assertThat(entry.outcome()).isEqualTo(Outcome.CANCELLED);
                assertThat(entry.usageEstimated()).isTrue();
                assertThat(entry.usage().inputTokens()).isPositive();
            }
        }
    }

    @Test
    void keepsAConnectionForTheNextRequest() throws Exception {
        try (Harness gateway = new Harness()) {
            for (int i = 0; i < 10; i++) {
                gateway.post("/v1/chat/completions", Harness.chat("one/echo", i % 2 == 0));
            }
            assertThat(gateway.provider.traffic().connections()).isEqualTo(1);
        }
    }

    @Test
    void sendsTheStatusAfterTheHoldAndStillFallsBack() throws Exception {
        Harness.Options options = new Harness.Options();
        options.limits = limits(Duration.ofMillis(150), Duration.ofSeconds(60));
        options.firstToken = Duration.ofMillis(700);
        options.targets = List.of("one/echo-fault-stall-before-headers", "two/echo");
        try (Harness gateway = new Harness(options);
                Socket client = ask(gateway, Harness.chat("both", true))) {
            InputStream in = client.getInputStream();
            assertThat(readUntil(in, ": keep-alive\n\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("x-fairlead-request-id: ", "x-fairlead-cache: miss\r\n")
                    .doesNotContain("x-fairlead-model", "x-fairlead-attempts", "x-fairlead-cost");
            assertThat(gateway.records).isEmpty();
            assertThat(readUntil(in, "[DONE]")).contains(": keep-alive").contains("\"delta\"");
            assertThat(gateway.record().attempts()).hasSize(2);
        }
    }

    @Test
    void tellsInTheStreamWhenAllFailedAfterTheHold() throws Exception {
        Harness.Options options = new Harness.Options();
        options.limits = limits(Duration.ofMillis(150), Duration.ofSeconds(60));
        options.firstToken = Duration.ofMillis(500);
        try (Harness gateway = new Harness(options);
                Socket client =
                        ask(gateway, Harness.chat("one/echo-fault-stall-before-headers", true))) {
            String all = readUntil(client.getInputStream(), "\r\n0\r\n\r\n");
            assertThat(all)
                    .startsWith("HTTP/1.1 200")
                    .contains("upstream_timeout")
                    .doesNotContain("[DONE]");
            assertThat(gateway.record().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(gateway.record().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void boundsWhatAClientThatDoesNotReadCosts(boolean stream) throws Exception {
        Harness.Options options = new Harness.Options();
        options.limits = limits(Duration.ofSeconds(30), Duration.ofMillis(400));
        try (Harness gateway = new Harness(options);
                Socket client = ask(gateway, Harness.chat("one/echo-fault-huge-10GB", stream))) {
            Harness.await(() -> gateway.records.size() == 1);
            assertThat(gateway.record().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(gateway.record().responseBytes()).isLessThan(64L << 20);
            assertThat(gateway.provider.traffic().awaitNoConnection(Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(client.isConnected()).isTrue();
        }
    }

    private static ExchangeLimits limits(Duration hold, Duration clientStall) {
        ExchangeLimits usual = ExchangeLimits.DEFAULT;
        return new ExchangeLimits(
                usual.maxBodyBytes(),
                usual.bodyIdle(),
                hold,
                Duration.ofMillis(100),
                usual.maxHeldBytes(),
                usual.maxEventBytes(),
                Long.MAX_VALUE,
                clientStall,
                0);
    }
}
