package io.fairlead.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... words) {
        return Main.run(
                List.of(words),
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("serve", "validate", "models", "explain", "demo", "Exit codes");
    }

    @Test
    void everyCommandHasHelpOfItsOwn() {
        for (String command : List.of("serve", "validate", "models", "explain", "demo")) {
            out.reset();
            assertThat(run(command, "--help")).as(command).isZero();
            assertThat(out()).startsWith("usage: fairlead " + command);
        }
    }

    @Test
    void anUnknownCommandIsBadUsageWithTheNearestName() {
        assertThat(run("vaildate")).isEqualTo(2);
        assertThat(err()).contains("unknown command vaildate; did you mean validate?");
    }

    @Test
    void anUnknownOptionIsBadUsageWithTheNearestName() {
        assertThat(run("serve", "--prot", "1")).isEqualTo(2);
        assertThat(err()).contains("unknown option --prot; did you mean --port?");
    }

    @Test
    void anOptionWithoutAValueOrTwiceIsBadUsage() {
        assertThat(run("models", "--search")).isEqualTo(2);
        assertThat(err()).contains("--search needs a value");
        assertThat(run("models", "--search", "a", "--search=b")).isEqualTo(2);
        assertThat(err()).contains("--search is given twice");
    }

    @Test
    void aPortOutOfRangeIsBadUsage() {
        for (String port : List.of("70000", "-1", "http")) {
            assertThat(run("serve", "--port", port)).as(port).isEqualTo(2);
        }
        assertThat(err()).contains("--port: 70000 (expected: 0-65535)");
    }

    @Test
    void validateShowsEveryProblemWithItsPlace(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("f.yaml"), "server: { prot: 1 }\nkeys: 7\n");
        assertThat(run("validate", "--config", file.toString())).isEqualTo(2);
        assertThat(err()).contains("f.yaml:1:", "did you mean port?", "f.yaml:2:", "2 problems");
    }

    @Test
    void validateOfAGoodFileSaysWhatIsInIt(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("f.yaml"), "models: { demo: sim/echo }\n");
        assertThat(run("validate", "--config", file.toString())).as(err()).isZero();
        assertThat(out()).contains("fine", "1 names");
    }

    @Test
    void modelsAreFoundAndSortedByPrice() {
        assertThat(run("models", "--search", "gpt-4o", "--sort", "price")).isZero();
        assertThat(out()).contains("openai/gpt-4o ", "OFFER", "prices in USD");
        assertThat(run("models", "--search", "no-such-model-at-all")).isEqualTo(1);
        assertThat(run("models", "--sort", "colour")).isEqualTo(2);
    }

    @Test
    void explainShowsWhereARequestWouldGo(@TempDir Path folder) throws IOException {
        Path config =
                Files.writeString(
                        folder.resolve("f.yaml"),
                        "models: { smart: { targets: [ { model: sim/echo }, { model: sim/lorem } ]"
                                + " } }\n");
        assertThat(run("explain", "--config", config.toString(), "--model", "smart"))
                .as(err())
                .isZero();
        assertThat(out()).contains("a name under models", "sim/echo", "sim/lorem");

        out.reset();
        Path body =
                Files.writeString(
                        folder.resolve("body.json"), "{\"model\":\"sim/tools\",\"messages\":[]}");
        assertThat(run("explain", "--config", config.toString(), "--body", body.toString()))
                .isZero();
        assertThat(out()).contains("sim/tools");
    }

    @Test
    void explainOfAnUnknownModelNamesTheNearest() {
        assertThat(run("explain", "--model", "simm/echo")).isEqualTo(1);
        assertThat(err()).contains("model_not_found", "sim/echo");
        assertThat(run("explain")).isEqualTo(2);
    }
}
