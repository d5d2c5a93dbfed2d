package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A full disk or a locked database loses no record and leaves no answer unrecorded. */
final class LedgerTroubleTest {
    private static final String CONFIG =
            "server: { admin_key: " + GatewayProcess.ADMIN_KEY + " }\n";
    private static final String METADATA =
            IntStream.range(0, 16)
                    .mapToObj(i -> "\"name%d\":\"%s\"".formatted(i, "x".repeat(480)))
                    .collect(Collectors.joining(",", "{", "}"));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    @Test
    void refusesWhenTheDiskIsFullAndRecoversWhenThereIsRoom() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", data.toString());
        if (!mounted && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("no small disk can be mounted (expected in CI: root)");
        }
        assumeTrue(mounted, "no small disk can be mounted: this test wants root");
        try (GatewayProcess gateway = GatewayProcess.in(folder).config(CONFIG).start()) {
            Set<String> completed = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                completed.add(answered(chat(gateway)));
            }
            Path filler = data.resolve("filler");
            fill(filler);
            HttpResponse<String> refused = untilRefused(gateway, completed);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"ledger_unavailable\"");
            assertThat(refused.headers().firstValue("retry-after")).isPresent();

            Files.delete(filler);
            CancelTest.await(
                    "serving after there is room", () -> chat(gateway).statusCode() == 200);
            completed.add(answered(chat(gateway)));
            awaitAll(gateway, completed);
        } finally {
            run("umount", data.toString());
        }
    }

    @Test
    void goesOnWhileAnotherProcessHasLockedTheDatabase() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.in(folder).config(CONFIG).start()) {
            Set<String> completed = new HashSet<>();
            completed.add(answered(chat(gateway)));
            awaitAll(gateway, completed);
            try (Connection other =
                            DriverManager.getConnection(
                                    "jdbc:sqlite:" + folder.resolve("data/fairlead.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                for (int i = 0; i < 200; i++) {
                    completed.add(answered(chat(gateway)));
                }
                statement.execute("ROLLBACK");
            }
            awaitAll(gateway, completed);
        }
    }

    /** A request whose record is as large as one can be without bodies. */
    private static HttpResponse<String> chat(GatewayProcess gateway) {
        return gateway.post(
                "/v1/chat/completions",
                "{\"model\":\"sim/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                "x-fairlead-metadata",
                METADATA);
    }

    private static String answered(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("x-fairlead-request-id").orElseThrow();
    }

    /** What the journal had set aside before the disk was full may still be used up. */
    private static HttpResponse<String> untilRefused(
            GatewayProcess gateway, Set<String> completed) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            HttpResponse<String> answer = chat(gateway);
            if (answer.statusCode() != 200) {
                return answer;
            }
            completed.add(answered(answer));
        }
        throw new AssertionError("a full disk is never noticed; " + completed.size() + " answers");
    }

    private static void awaitAll(GatewayProcess gateway, Set<String> completed)
            throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            Set<String> recorded = new HashSet<>();
            if (readable(gateway)) {
                List<JsonNode> rows = LedgerRows.all(gateway, "");
                rows.forEach(row -> assertThat(recorded.add(row.path("id").asString())).isTrue());
                if (recorded.containsAll(completed)) {
                    return;
                }
            }
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                assertThat(recorded).containsAll(completed);
                throw new AssertionError("the ledger can't be read");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static boolean readable(GatewayProcess gateway) {
        try {
            gateway.admin("/admin/v1/usage");
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    private static void fill(Path file) {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException _) {
            // full
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
