package io.fairlead.benchmarks.comparison;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The test stand: upstream and load generator on core 1, the proxies on core 0, their files in one
 * folder. Used by one thread.
 */
final class Bench implements AutoCloseable {

    private static final String PROXY_CORE = "0";
    private static final String LOAD_CORE = "1";
    private static final String CHAT = "/v1/chat/completions";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int niceness;
    private final Process upstream;
    private final int upstreamPort;

    private Bench(Path folder, int niceness, Process upstream, int upstreamPort) {
        this.folder = folder;
        this.niceness = niceness;
        this.upstream = upstream;
        this.upstreamPort = upstreamPort;
    }

    /**
     * Compiles the two C programs and starts the upstream. All that is measured runs at the given
     * niceness.
     */
    static Bench open(Path sources, Path folder, int niceness)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path session = Path.of("/proc/self/autogroup");
        if (niceness != 0 && Files.exists(session)) {
            // Linux weighs niceness inside a session only, unless the session has one too.
            Files.writeString(session, Integer.toString(niceness));
        }
        for (String program : List.of("upstream", "load")) {
            Path log = folder.resolve(program + "-compiler.log");
            Command compile =
                    Command.with(
                                    "gcc",
                                    "-std=gnu17",
                                    "-O2",
                                    "-Wall",
                                    "-o",
                                    folder.resolve(program).toString())
                            .and(sources.resolve(program + ".c").toString());
            if (Command.run(Path.of("."), log, compile) != 0) {
                throw new IOException("gcc failed:\n" + Files.readString(log));
            }
        }
        Path portFile = folder.resolve("upstream.port");
        Files.deleteIfExists(portFile);
        Process upstream =
                new ProcessBuilder(
                                pinned(niceness, LOAD_CORE)
                                        .and(
                                                folder.resolve("upstream").toString(),
                                                portFile.toString())
                                        .words())
                        .inheritIO()
                        .start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(portFile) || Files.size(portFile) == 0) {
            pause(upstream, deadline, "upstream");
        }
        return new Bench(
                folder, niceness, upstream, Integer.parseInt(Files.readString(portFile).strip()));
    }

    /**
     * {@code nice} and {@code taskset} become the program that follows, so its process id is the
     * one that was started.
     */
    private static Command pinned(int niceness, String core) {
        return niced(niceness).and("taskset", "-c", core);
    }

    private static Command niced(int niceness) {
        return Command.with("nice", "-n", Integer.toString(niceness));
    }

    /** A command at the niceness of this run, on all cores. */
    Command unpinned(String... words) {
        return niced(niceness).and(words);
    }

    int upstreamPort() {
        return upstreamPort;
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name).toAbsolutePath());
    }

    Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name).toAbsolutePath();
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Running startProxy(Candidate candidate, int port, String... words)
            throws IOException, InterruptedException {
        return startProxy(candidate, port, Map.of(), words);
    }

    /** Starts it on its core, its output in a file, and waits until it accepts connections. */
    Running startProxy(
            Candidate candidate, int port, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(pinned(niceness, PROXY_CORE).and(words).words())
                        .redirectErrorStream(true)
                        .redirectOutput(output(candidate).toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Running running = new Running(candidate, port, List.of(process));
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!accepts(port)) {
                pause(process, deadline, candidate.name());
            }
        } catch (IOException | InterruptedException failed) {
            running.close();
            throw failed;
        }
        return running;
    }

    /** Waits for a line in the output of a proxy. */
    void awaitLine(Running running, Predicate<String> wanted)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.readAllLines(output(running.candidate())).stream().noneMatch(wanted)) {
            pause(running.processes().getFirst(), deadline, running.candidate().name());
        }
    }

    private Path output(Candidate candidate) throws IOException {
        return folder(candidate.name()).resolve("output.log");
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pause(Process process, long deadline, String name)
            throws IOException, InterruptedException {
        if (!process.isAlive() || System.nanoTime() > deadline) {
            throw new IOException(name + " did not start");
        }
        Thread.sleep(20);
    }

    /** One window of traffic through the given candidate. */
    Window measure(int cycle, Scenario scenario, Running running, Duration warm, Duration length)
            throws IOException, InterruptedException {
        Candidate candidate = running.candidate();
        int part = candidate.slow() && scenario == Scenario.SSE_PACED ? 4 : 1;
        String line =
                load(
                        running,
                        request(CHAT, scenario.body(candidate.model()), candidate),
                        List.of(
                                scenario.mode,
                                Integer.toString(scenario.connections / part),
                                Integer.toString(scenario.rate / part)),
                        warm,
                        length);
        return Window.ofLoad(cycle, scenario.id, candidate.name(), line);
    }

    /** One window of the same request from so many connections, each as soon as it is answered. */
    Window measure(
            int cycle,
            String name,
            Running running,
            byte[] request,
            int connections,
            Duration warm,
            Duration length)
            throws IOException, InterruptedException {
        List<String> traffic = List.of("closed", Integer.toString(connections), "0");
        return Window.ofLoad(
                cycle,
                name,
                running.candidate().name(),
                load(running, request, traffic, warm, length));
    }

    private String load(
            Running running, byte[] request, List<String> traffic, Duration warm, Duration length)
            throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("request.http"), request);
        return pinned(niceness, LOAD_CORE)
                .and(folder.resolve("load").toString())
                .and(Integer.toString(running.port()), file.toString())
                .and(traffic.toArray(String[]::new))
                .and(Long.toString(warm.toMillis()), Long.toString(length.toMillis()))
                .and(Integer.toString(upstreamPort), Long.toString(upstream.pid()))
                .and(running.pids().stream().map(String::valueOf).toArray(String[]::new))
                .output();
    }

    /** A request with its head, as the load generator sends it. */
    byte[] request(String path, byte[] body, Candidate candidate) throws IOException {
        String head =
                "POST "
                        + path
                        + " HTTP/1.1\r\n"
                        + "host: 127.0.0.1\r\n"
                        + "content-type: application/json\r\n"
                        + "accept: */*\r\n"
                        + candidate.headers(upstreamPort)
                        + "content-length: "
                        + body.length
                        + "\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(head.getBytes(StandardCharsets.UTF_8));
        whole.write(body);
        return whole.toByteArray();
    }

    @Override
    public void close() {
        Command.stop(upstream);
    }
}
