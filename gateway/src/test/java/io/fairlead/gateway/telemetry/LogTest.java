package io.fairlead.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;

import io.fairlead.gateway.ledger.RequestRecord;
import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.Secret;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

class LogTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();
    private final LineAppender appender = appender(bytes);
    private final Logger log = context.getLogger("io.fairlead.test");

    private LineAppender appender(OutputStream out) {
        LineAppender made = new LineAppender(new PrintStream(out, false, StandardCharsets.UTF_8));
        made.setContext(context);
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(made);
        return made;
    }

    private String written() {
        appender.stop();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void clientGivenTextCanNotForgeALine() {
        appender.start();
        log.info("agent {}", "x\r\n2026-01-01T00:00:00Z ERROR forged\u2028\u001b[31m");

        assertThat(written().lines()).hasSize(1);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("x\uFFFD\uFFFD2026")
                .doesNotContain("\u001b");
    }

    @Test
    void jsonLinesAreOneObjectEachWhateverTheyHold() {
        appender.form(LogSettings.Form.JSON);
        appender.start();
        log.warn("say \"hi\"\n\\ \u0000 \ud83d\ude00 \ud800", new IllegalStateException("why"));
        log.info(
                "request {}",
                new RequestLine(
                        Entries.entry("a/b", 502, Outcome.FAILED, "m\"\r\n", "ua\u0007"),
                        Passport.open(),
                        true));

        List<String> lines = written().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode first = JsonMapper.shared().readTree(lines.getFirst());
        assertThat(first.get("text").stringValue())
                .startsWith("say \"hi\"\n\\ \u0000 \ud83d\ude00");
        assertThat(first.get("trace").stringValue()).contains("IllegalStateException: why");
        JsonNode second = JsonMapper.shared().readTree(lines.get(1));
        assertThat(second.get("model").stringValue()).isEqualTo("m\"\r\n");
        assertThat(second.get("status").intValue()).isEqualTo(502);
        assertThat(second.get("timeline").stringValue()).startsWith("received 0.0");
    }

    @Test
    void masksKnownSecretsAndWordsThatLookLikeKeys() {
        appender.hide(List.of(Secret.of("correct-horse-battery")));
        appender.start();
        log.info("key correct-horse-battery failed");
        log.info(
                "sent authorization: Bearer abcdefghijklmnop0123456789 and"
                        + " sk-proj-AbCdEf0123456789");
        log.info(
                "GET /v1beta/models?key=AIzaSyA0123456789abcdefghij&alt=sse",
                new RuntimeException("gsk_0123456789abcdefghij"));
        log.info("the task-force asked for a sk-etch, key=short");

        assertThat(written())
                .doesNotContain("correct-horse")
                .doesNotContain("abcdefghijklmnop")
                .doesNotContain("AbCdEf0123456789")
                .doesNotContain("AIzaSyA0123456789")
                .doesNotContain("gsk_0123456789")
                .contains("Bearer ***")
                .contains("&alt=sse")
                .contains("the task-force asked for a sk-etch, key=short");
    }

    @Test
    void namesThePublicIdOfTheKeyThatAsked() {
        appender.start();
        RequestRecord entry = Entries.completed("a/b");
        log.info("request {}", new RequestLine(entry, Passport.open(), false));

        assertThat(written()).contains(" key_id=" + entry.keyId().orElseThrow() + " ");
    }

    @Test
    void aFullQueueDropsCountsAndSaysSo() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public void write(byte[] b, int from, int length) {
                        stuck.countDown();
                        awaitQuietly(go);
                        bytes.write(b, from, length);
                    }
                };
        LineAppender slowly = new LineAppender(new PrintStream(slow, true, StandardCharsets.UTF_8));
        slowly.setContext(context);
        slowly.start();
        Logger other = context.getLogger("other");
        other.setAdditive(false);
        other.addAppender(slowly);
        other.warn("first");
        stuck.await();
        for (int i = 0; i < LineAppender.CAPACITY + 1_000; i++) {
            other.info("line {}", i);
        }

        assertThat(slowly.dropped()).isEqualTo(1_000);
        go.countDown();
        slowly.stop();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("1000 lines dropped");
    }

    @Test
    void aFailedRequestIsPrintedWithItsTimeline() {
        appender.start();
        log.info("request {}", new RequestLine(Entries.failed("a/b"), Passport.open(), true));

        assertThat(written())
                .contains("INFO  test: request id=req_1 endpoint=chat_completions status=404")
                .contains("timeline=\"received 0.0\"");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
