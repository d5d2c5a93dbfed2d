package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The commands of the packaged gateway and their exit codes. */
class CommandsTest {
    @TempDir private Path folder;

    private CommandLine fairlead(String... arguments) {
        return CommandLine.fairlead(folder, Map.of(), arguments);
    }

    @Test
    void helpListsTheCommandsAndExitCodes() {
        CommandLine help = fairlead("--help");

        assertThat(help.exit()).isZero();
        assertThat(help.out())
                .contains("serve", "validate", "models", "explain", "demo", "Exit codes: 0");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "validate", "models", "explain", "demo"})
    void everyCommandHasHelp(String command) {
        CommandLine help = fairlead(command, "--help");

        assertThat(help.exit()).as(help.text()).isZero();
        assertThat(help.out()).contains("usage: fairlead " + command);
    }

    @Test
    void badUsageIsExitCode2WithASuggestion() {
        CommandLine command = fairlead("serv");
        CommandLine option = fairlead("serve", "--prot", "1");

        assertThat(command.exit()).isEqualTo(2);
        assertThat(command.err()).contains("serve");
        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err()).contains("--port");
    }

    @Test
    void validateSaysThatAGoodFileIsGood() throws Exception {
        Files.writeString(
                folder.resolve("fairlead.yaml"),
                """
                providers:
                  openai: { api_key: "${SOME_KEY:-none}" }
                models:
                  smart: { targets: [ { model: openai/gpt-4o } ] }
                """);

        CommandLine validated = fairlead("validate");

        assertThat(validated.exit()).as(validated.text()).isZero();
    }

    @Test
    void furtherSimulatedProvidersNeedNoAddress() throws Exception {
        Files.writeString(
                folder.resolve("fairlead.yaml"),
                """
                providers:
                  fast: { type: sim, models: [ { id: echo, price: { input: 1, output: 2 } } ] }
                """);

        CommandLine validated = fairlead("validate");

        assertThat(validated.exit()).as(validated.text()).isZero();
    }

    @Test
    void validateTellsEveryProblemWithItsPlaceAndExits2() throws Exception {
        Path file = folder.resolve("bad.yaml");
        Files.writeString(
                file,
                """
                server: { prot: 4000, drain: soon }
                providers:
                  openai: { api_key: "${NOT_SET_ANYWHERE}" }
                  mine: { protocol: openai-chatt, base_url: "http://127.0.0.1:1" }
                models:
                  smart: { targets: [ { model: openia/gpt-4o } ] }
                keys:
                  - { name: a, secret: short }
                """);

        CommandLine validated = fairlead("validate", "--config", file.toString());

        assertThat(validated.exit()).isEqualTo(2);
        assertThat(validated.text())
                .contains("bad.yaml:1")
                .contains("prot", "port")
                .contains("drain")
                .contains("NOT_SET_ANYWHERE")
                .contains("openai-chat")
                .contains("openia")
                .contains("24");
        assertThat(validated.text()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void serveRefusesABadFileWithTheSameProblems() throws Exception {
        Files.writeString(folder.resolve("fairlead.yaml"), "providerz: {}\n");

        CommandLine served = fairlead("serve", "--port", "0");

        assertThat(served.exit()).isEqualTo(2);
        assertThat(served.text()).contains("providerz", "providers");
    }

    @Test
    void serveRefusesAMissingFile() {
        CommandLine served = fairlead("serve", "--config", "nowhere.yaml");

        assertThat(served.exit()).isEqualTo(2);
        assertThat(served.text()).contains("nowhere.yaml");
    }

    @Test
    void serveRefusesAnyAddressButLoopbackWithoutAnAdminKey() {
        CommandLine served = fairlead("serve", "--host", "0.0.0.0", "--port", "0");

        assertThat(served.exit()).isEqualTo(2);
        assertThat(served.text()).contains("admin_key");
    }

    @Test
    void aSecondStartOnTheSamePortFailsWithClearText() throws Exception {
        try (GatewayProcess first =
                GatewayProcess.in(Files.createDirectory(folder.resolve("first"))).start()) {
            String port = Integer.toString(first.url().getPort());
            CommandLine second = fairlead("serve", "--port", port, "--data", "second");

            assertThat(second.exit()).isNotZero();
            assertThat(second.text()).contains(port, "in use").doesNotContain("\tat ");
        }
    }

    @Test
    void aSecondStartOnTheSameDataFailsWithClearText() throws Exception {
        try (GatewayProcess first =
                GatewayProcess.in(Files.createDirectory(folder.resolve("first"))).start()) {
            CommandLine second =
                    fairlead("serve", "--port", "0", "--data", first.folder() + "/data");

            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.text()).contains("data").doesNotContain("\tat ");
        }
    }

    @Test
    void modelsFindsByWordAndSortsByPrice() {
        CommandLine found = fairlead("models", "--search", "gpt-4o", "--sort", "price");

        assertThat(found.exit()).as(found.text()).isZero();
        assertThat(found.out()).contains("openai/gpt-4o").doesNotContain("claude");
    }

    @Test
    void modelsSaysWhenNothingIsFound() {
        CommandLine found = fairlead("models", "--search", "no-such-model-anywhere");

        assertThat(found.exit()).isIn(0, 1);
        assertThat(found.text()).isNotBlank();
    }

    @Test
    void explainShowsTheCandidatesAndTheirPrices() throws Exception {
        Files.writeString(
                folder.resolve("fairlead.yaml"),
                """
                providers:
                  openai: { api_key: none }
                  groq: { api_key: none }
                models:
                  smart:
                    targets:
                      - { model: openai/gpt-4o }
                      - { model: groq/llama-3.3-70b-versatile }
                """);

        CommandLine explained = fairlead("explain", "--model", "smart");

        assertThat(explained.exit()).as(explained.text()).isZero();
        assertThat(explained.out())
                .containsSubsequence("openai/gpt-4o", "groq/llama-3.3-70b-versatile");
        assertThat(explained.out()).contains("2.5");
    }

    @Test
    void explainOfAnUnknownModelNamesTheNearest() {
        CommandLine explained = fairlead("explain", "--model", "simm/echo");

        assertThat(explained.exit()).isIn(0, 1);
        assertThat(explained.text()).contains("sim/echo").doesNotContain("\tat ");
    }
}
