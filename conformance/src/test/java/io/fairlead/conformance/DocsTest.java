package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the README and the documents show works as it stands there. */
class DocsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(yaml|sh)\\R(.*?)^```");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)}");
    private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^([a-z_]+):");
    private static final Pattern OPTION = Pattern.compile("--[a-z]+");
    private static final Set<String> SECTIONS =
            Set.of(
                    "server",
                    "storage",
                    "cluster",
                    "providers",
                    "models",
                    "keys",
                    "teams",
                    "defaults",
                    "pricing",
                    "media",
                    "stream",
                    "upstream",
                    "log");

    @TempDir private Path folder;

    /** A block of a document. */
    private record Block(Path file, String language, String text) {}

    private static List<Block> blocks(String language) throws IOException {
        List<Path> files = new ArrayList<>(List.of(GatewayProcess.project().resolve("README.md")));
        try (Stream<Path> docs = Files.walk(GatewayProcess.project().resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        List<Block> blocks = new ArrayList<>();
        for (Path file : files) {
            Matcher found = BLOCK.matcher(Files.readString(file));
            while (found.find()) {
                if (found.group(1).equals(language)) {
                    blocks.add(new Block(file, language, found.group(2)));
                }
            }
        }
        return blocks;
    }

    /** The commands of the shell blocks, continuation lines joined. */
    private static List<String> commands() throws IOException {
        return blocks("sh").stream()
                .flatMap(block -> block.text().replace("\\\n", " ").lines())
                .map(String::strip)
                .toList();
    }

    private static boolean isWhole(String yaml) {
        return TOP_LEVEL.matcher(yaml).results().map(it -> it.group(1)).allMatch(SECTIONS::contains)
                && TOP_LEVEL.matcher(yaml).find();
    }

    @Test
    void everyConfigurationIsValid() throws Exception {
        List<String> problems = new ArrayList<>();
        int whole = 0;
        for (Block block : blocks("yaml")) {
            if (isWhole(block.text())) {
                whole++;
                Path file = folder.resolve("block-" + whole + ".yaml");
                Files.writeString(file, block.text());
                CommandLine validated =
                        CommandLine.fairlead(
                                folder,
                                variables(block.text()),
                                "validate",
                                "--config",
                                file.toString());
                if (validated.exit() != 0) {
                    problems.add(block.file() + ":\n" + block.text() + validated.text());
                }
            }
        }
        assertThat(problems).isEmpty();
        assertThat(whole).isGreaterThan(5);
    }

    private static Map<String, String> variables(String yaml) {
        Map<String, String> variables = new HashMap<>();
        VARIABLE.matcher(yaml)
                .results()
                .forEach(it -> variables.put(it.group(1), "value-of-24-characters-" + it.group(1)));
        return variables;
    }

    @Test
    void everyCurlAnswers() throws Exception {
        List<String> problems = new ArrayList<>();
        int count = 0;
        try (SimulatorServer simulator =
                        SimulatorServer.start(
                                new OpenAiSimulator(
                                        SimModels.lenientBuiltIn(), InstantSource.system()));
                GatewayProcess gateway =
                        GatewayProcess.in(folder)
                                .env("FAIRLEAD_ADMIN_KEY", GatewayProcess.ADMIN_KEY)
                                .config(
                                        """
                                        server: { admin_key: "${FAIRLEAD_ADMIN_KEY}" }
                                        providers:
                                          openai: { api_key: key-of-the-provider, base_url: "%s/v1" }
                                        """
                                                .formatted(simulator.baseUrl()))
                                .start()) {
            for (String command : commands()) {
                if (command.startsWith("curl ")) {
                    count++;
                    String here =
                            command.replace("http://127.0.0.1:4000", gateway.url().toString())
                                    .replace("curl ", "curl -sS -f ");
                    CommandLine called =
                            CommandLine.shell(
                                    folder,
                                    Map.of("FAIRLEAD_ADMIN_KEY", GatewayProcess.ADMIN_KEY),
                                    here);
                    if (called.exit() != 0 || called.out().isBlank()) {
                        problems.add(command + "\n" + called.text());
                    }
                }
            }
        }
        assertThat(problems).isEmpty();
        assertThat(count).isGreaterThan(3);
    }

    @Test
    void everyCommandAndItsOptionsExist() throws Exception {
        List<String> problems = new ArrayList<>();
        int count = 0;
        for (String line : commands()) {
            int at = line.indexOf("./fairlead");
            if (at < 0) {
                continue;
            }
            count++;
            String[] words = line.substring(at).split(" +", -1);
            String command = words.length > 1 && !words[1].startsWith("-") ? words[1] : "serve";
            CommandLine help = CommandLine.fairlead(folder, Map.of(), command, "--help");
            OPTION.matcher(line)
                    .results()
                    .map(found -> found.group())
                    .filter(option -> !option.equals("--help"))
                    .filter(option -> !help.out().contains(option))
                    .forEach(option -> problems.add(line + ": no option " + option));
            if (help.exit() != 0) {
                problems.add(line + ": " + help.text());
            }
        }
        assertThat(problems).isEmpty();
        assertThat(count).isGreaterThan(3);
    }
}
