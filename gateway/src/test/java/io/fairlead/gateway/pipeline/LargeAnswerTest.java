package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimStep;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers larger than {@code upstream.max_answer}. */
final class LargeAnswerTest {
    private static final int MOST = 300_000;

    private static Harness.Options options(boolean announced, int bytes, int held) {
        String answer =
                "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"echo\","
                        + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                        + "\"content\":\""
                        + "x".repeat(bytes)
                        + "\"},\"finish_reason\":\"stop\"}]}";
        ExchangeLimits usual = ExchangeLimits.DEFAULT;
        Harness.Options options = new Harness.Options();
        options.retries = 2;
        options.limits =
                new ExchangeLimits(
                        usual.maxBodyBytes(),
                        usual.bodyIdle(),
                        usual.hold(),
                        usual.keepAlive(),
                        held,
                        usual.maxEventBytes(),
                        MOST,
                        usual.clientStall(),
                        0);
        options.provider =
                _ ->
                        SimAnswer.json(200, "{}")
                                .withBody(_ -> announced ? SimBody.of(answer) : pieces(answer));
        return options;
    }

    /** A body whose length nobody knows before its end. */
    private static SimBody pieces(String text) {
        List<SimStep> steps = new ArrayList<>();
        for (int at = 0; at < text.length(); at += 10_000) {
            steps.add(
                    new SimStep.Send(
                            text.substring(at, Math.min(text.length(), at + 10_000))
                                    .getBytes(StandardCharsets.UTF_8)));
        }
        return SimBody.of(steps);
    }

    @ParameterizedTest
    @CsvSource({"true, 1000", "true, 8000000", "false, 8000000"})
    void areRefusedCleanlyWhileNothingWentOut(boolean announced, int held) throws Exception {
        try (Harness gateway = new Harness(options(announced, MOST, held))) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("larger than 300000 bytes", "upstream_error");
            RequestRecord entry = gateway.record();
            assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(entry.attempts()).hasSize(1);
            assertThat(entry.attempts().getFirst().fault()).contains("too_large");
            assertThat(gateway.provider.traffic().awaitNoConnection(Duration.ofSeconds(10)))
                    .isTrue();
            Harness.await(() -> gateway.budget.held() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1000", "false, 8000000"})
    void leaveTheRequestToTheNextDeployment(boolean announced, int held) throws Exception {
        Harness.Options options = options(announced, MOST, held);
        options.targets = List.of("one/echo", "two/echo");
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> answer =
                    gateway.post("/v1/chat/completions", Harness.chat("both", false));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-fairlead-model")).contains("two/echo");
            assertThat(gateway.record().attempts()).hasSize(2);
        }
    }

    @Test
    void areCutSoThatNobodyTakesThemForComplete() throws Exception {
        try (Harness gateway = new Harness(options(false, MOST, 50_000));
                Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            byte[] body = Harness.chat("one/echo", false).getBytes(StandardCharsets.UTF_8);
            client.getOutputStream()
                    .write(
                            ("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
                                            + "content-type: application/json\r\ncontent-length: "
                                            + body.length
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(body);
            String answer = readAll(client.getInputStream());

            assertThat(answer).startsWith("HTTP/1.1 200").contains("transfer-encoding: chunked");
            assertThat(answer).doesNotContain("\r\n0\r\n").doesNotContain("finish_reason");
            assertThat(answer.length()).isGreaterThan(50_000);
            RequestRecord entry = gateway.record();
            assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(entry.status()).isEqualTo(200);
            assertThat(entry.errorCode()).contains("upstream_error");
            assertThat(entry.errorMessage().orElse("")).contains("larger than 300000 bytes");
            assertThat(gateway.provider.traffic().awaitNoConnection(Duration.ofSeconds(10)))
                    .isTrue();
        }
    }

    @Test
    void countOnlyFromTheByteBeyondTheLimitOn() throws Exception {
        try (Harness gateway = new Harness(options(true, MOST - 1_000, 8_000_000))) {
            assertThat(
                            gateway.post("/v1/chat/completions", Harness.chat("one/echo", false))
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    private static String readAll(InputStream in) throws Exception {
        StringBuilder all = new StringBuilder();
        byte[] buffer = new byte[65_536];
        try {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                all.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (java.net.SocketException _) {
            return all.toString(); // a reset is a cut as well
        }
        return all.toString();
    }
}
