package io.fairlead.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fairlead as users run it: started by its launcher with the launcher's own JVM flags, a key check
 * among 1,000 declared keys, ledger, metrics and log on. Used by one thread.
 */
record Fairlead(Path root) implements Candidate {

    static final int KEYS = 1_000;
    private static final String READY = "fairlead: ready on ";

    @Override
    public String name() {
        return "fairlead";
    }

    @Override
    public String model() {
        return "openai/gpt-4o";
    }

    @Override
    public boolean warmsUp() {
        return true;
    }

    @Override
    public String headers(int upstreamPort) {
        return "authorization: Bearer " + secret(KEYS / 2) + "\r\n";
    }

    /** Builds the gateway if need be: the launcher does so on a fresh checkout. */
    @Override
    public Optional<String> missing() throws IOException, InterruptedException {
        Path launcher = root.resolve("fairlead");
        if (!Files.isExecutable(launcher)) {
            return Optional.of("there is no launcher");
        }
        Path log = root.resolve("benchmarks/target/fairlead-build.log");
        return Command.run(root, log, Command.with(launcher.toString(), "--help")) == 0
                ? Optional.empty()
                : Optional.of("the launcher failed, see " + log);
    }

    static String config(int upstreamPort, int keys) {
        return """
        server:
          admin_key: bench-admin-key-6f1c0d9e8b7a5f43
        providers:
          openai: { protocol: openai-chat, api_key: sk-upstream, base_url: "http://127.0.0.1:%d/v1" }
        keys:
        %s
        """
                .formatted(
                        upstreamPort,
                        IntStream.range(0, keys)
                                .mapToObj(i ->
                                        "  - { name: app-" + i + ", secret: " + secret(i) + " }")
                                .collect(Collectors.joining("\n")));
    }

    private static String secret(int number) {
        return "bench-virtual-key-%06d-c0ffee".formatted(number);
    }

    /** The command of a start; {@code port} 0 lets the gateway choose. */
    String[] command(Path config, int port, Path data) {
        return new String[] {
            root.resolve("fairlead").toAbsolutePath().toString(),
            "serve",
            "--config",
            config.toString(),
            "--port",
            Integer.toString(port),
            "--data",
            data.toString()
        };
    }

    static boolean ready(String line) {
        return line.startsWith(READY);
    }

    @Override
    public Running start(Bench bench) throws IOException, InterruptedException {
        int port = Bench.freePort();
        var config = bench.write("fairlead/fairlead.yaml", config(bench.upstreamPort(), KEYS));
        var data = bench.folder("fairlead/data");
        Running running = bench.startProxy(this, port, Map.of(), command(config, port, data));
        bench.awaitLine(running, Fairlead::ready);
        return running;
    }

    @Override
    public String about(Running running) throws IOException, InterruptedException {
        String commit =
                Command.firstLine("git", "-C", root.toString(), "rev-parse", "--short", "HEAD");
        return "commit " + commit + ", JVM flags: " + jvmFlags(running);
    }

    /**
     * The options of the java command line, those of its argument file included; without the
     * machine's paths.
     */
    private static String jvmFlags(Running running) throws IOException {
        for (long pid : running.pids()) {
            String[] words =
                    Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                            .split("\0", -1);
            if (words[0].endsWith("java")) {
                List<String> flags = new ArrayList<>();
                for (String word : Arrays.asList(words).subList(1, words.length)) {
                    if (word.equals("-cp") || word.equals("-jar")) {
                        break;
                    } else if (word.startsWith("@")) {
                        Files.readAllLines(Path.of(word.substring(1))).stream()
                                .filter(l -> l.startsWith("-"))
                                .forEach(flags::add);
                    } else {
                        flags.add(word.replaceAll("=/.*/", "="));
                    }
                }
                return String.join(" ", flags);
            }
        }
        return "unknown";
    }
}
