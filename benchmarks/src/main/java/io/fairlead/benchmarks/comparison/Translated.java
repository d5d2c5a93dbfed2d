package io.fairlead.benchmarks.comparison;

import io.fairlead.benchmarks.micro.TranslationSamples;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.translate.ChatTranslation;
import io.fairlead.protocol.translate.Protocols;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a client of another protocol costs at a provider of chat completions, as a multiple of what
 * a client of chat completions costs there: CPU of the whole gateway, on one core, in windows by
 * turns. Run from the root of the project, by {@code benchmarks/translation}. Used by one thread.
 */
public final class Translated {
    private static final String MODEL = "openai/gpt-4o";
    private static final int PAIRS = 15;
    private static final int ROUNDS_AT_MOST = 20;
    private static final long QUIET_JIT_MILLIS = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration SETTLE = Duration.ofMillis(100);
    private static final Duration WINDOW = Duration.ofMillis(700);
    private static final Path WORK = Path.of("benchmarks/target/translation");

    /** A kind of traffic, and how much dearer a translated one may be. */
    private enum Traffic {
        SMALL("1 KB", 1.5, 64, false),
        LARGE("80 KB, 30 tools, an image", 1.5, 64, false),
        STREAM("stream of 100 events", 2, 32, true);

        private final String title;
        private final double bar;
        private final int connections;
        private final boolean streamed;

        Traffic(String title, double bar, int connections, boolean streamed) {
            this.title = title;
            this.bar = bar;
            this.connections = connections;
            this.streamed = streamed;
        }

        /** What a client of chat completions says. */
        private byte[] body() {
            byte[] body =
                    this == LARGE
                            ? TranslationSamples.request()
                            : TranslationSamples.smallRequest();
            return new String(body, StandardCharsets.UTF_8)
                    .replace("\"stream\":true", "\"stream\":" + streamed)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A protocol of clients. */
    private enum Client {
        CHAT(Protocol.OPENAI_CHAT),
        MESSAGES(Protocol.ANTHROPIC_MESSAGES),
        GEMINI(Protocol.GEMINI),
        RESPONSES(Protocol.OPENAI_RESPONSES);

        private final Protocol protocol;

        Client(Protocol protocol) {
            this.protocol = protocol;
        }

        private String path(boolean streamed) {
            return switch (this) {
                case CHAT -> "/v1/chat/completions";
                case MESSAGES -> "/v1/messages";
                case RESPONSES -> "/v1/responses";
                case GEMINI ->
                        "/v1beta/models/"
                                + MODEL
                                + (streamed
                                        ? ":streamGenerateContent?alt=sse"
                                        : ":generateContent");
            };
        }

        private byte[] body(byte[] chat) {
            if (this == CHAT) {
                return chat;
            }
            ChatRequest read =
                    speaker(Protocol.OPENAI_CHAT)
                            .readRequest(WireRequest.of(Json.parse(chat)))
                            .withModel(MODEL);
            AnswerContext context = new AnswerContext(read, "0123456789abcdef", MODEL, 1);
            return new ChatTranslation(
                            speaker(Protocol.OPENAI_CHAT),
                            speaker(protocol),
                            read,
                            ModelFacts.unknown(MODEL),
                            context)
                    .request()
                    .body();
        }
    }

    private final Bench bench;
    private final Running gateway;
    private final List<Window> windows = new ArrayList<>();

    private Translated(Bench bench, Running gateway) {
        this.bench = bench;
        this.gateway = gateway;
    }

    /**
     * Measures and writes the table.
     *
     * @param arguments the file for the table and, optionally, the niceness of the run
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Locale.setDefault(Locale.ROOT);
        int niceness = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        Fairlead fairlead = new Fairlead(Path.of("").toAbsolutePath());
        fairlead.missing()
                .ifPresent(why -> {
                    throw new IllegalStateException("Fairlead can't be started: " + why);
                });
        try (Bench bench = Bench.open(Path.of("benchmarks/src/main/c"), WORK, niceness);
                Running gateway = fairlead.start(bench)) {
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
            String about = fairlead.about(gateway);
            String table = new Translated(bench, gateway).measured(about);
            Files.writeString(Path.of(arguments[0]), table);
            System.out.println("figures: " + arguments[0]);
        }
    }

    private static ChatProtocol speaker(Protocol protocol) {
        return Protocols.of(protocol).orElseThrow();
    }

    private String measured(String about) throws IOException, InterruptedException {
        warmUp();
        StringBuilder table = new StringBuilder(1_000);
        table.append("Made by benchmarks/translation. ").append(about).append(".\n\n");
        table.append(PAIRS).append(" pairs of windows of ").append(WINDOW.toMillis());
        table.append(" ms each; quartiles in brackets; CPU of the gateway in microseconds.\n\n");
        for (Traffic traffic : Traffic.values()) {
            for (Client client : Client.values()) {
                if (client != Client.CHAT) {
                    String line = compared(traffic, client);
                    System.out.println(line);
                    table.append(line).append('\n');
                }
            }
        }
        double steal = windows.stream().mapToDouble(Window::steal).average().orElse(0);
        return table.append("\nThe host took %.2f of a core on average.\n".formatted(steal))
                .toString();
    }

    /** Until the JIT has little left to do: what it needs is none of a request's cost. */
    private void warmUp() throws IOException, InterruptedException {
        long before = jitMillis();
        for (int round = 1; round <= ROUNDS_AT_MOST; round++) {
            for (Traffic traffic : Traffic.values()) {
                for (Client client : Client.values()) {
                    window(traffic, client, WARM_UP);
                }
            }
            long now = jitMillis();
            System.out.println("warm-up %d: JIT %d ms".formatted(round, now - before));
            if (now - before < QUIET_JIT_MILLIS) {
                return;
            }
            before = now;
        }
    }

    private String compared(Traffic traffic, Client client)
            throws IOException, InterruptedException {
        List<Double> ratios = new ArrayList<>();
        List<Double> same = new ArrayList<>();
        List<Double> translated = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            double chat = window(traffic, Client.CHAT, WINDOW);
            double other = window(traffic, client, WINDOW);
            same.add(chat);
            translated.add(other);
            ratios.add(other / chat);
        }
        double ratio = quantile(ratios, 0.5);
        return "%-26s %-10s %.2f (%.2f to %.2f)  bar %.1f %s  %7.1f against %7.1f"
                .formatted(
                        traffic.title,
                        client.name().toLowerCase(Locale.ROOT),
                        ratio,
                        quantile(ratios, 0.25),
                        quantile(ratios, 0.75),
                        traffic.bar,
                        ratio <= traffic.bar ? "held  " : "MISSED",
                        quantile(translated, 0.5),
                        quantile(same, 0.5));
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) (share * (sorted.size() - 1)));
    }

    /** CPU of a request; a stream counts as one, whatever the client's protocol makes of it. */
    private double window(Traffic traffic, Client client, Duration length)
            throws IOException, InterruptedException {
        byte[] body = client.body(traffic.body());
        Window window =
                bench.measure(
                        0,
                        traffic.title + ", " + client,
                        gateway,
                        bench.request(client.path(traffic.streamed), body, gateway.candidate()),
                        traffic.connections,
                        SETTLE,
                        length);
        if (window.errors() > 0 || window.requests() == 0) {
            throw new IllegalStateException("not a sound window: " + window);
        }
        windows.add(window);
        return (double) window.cpu() / window.requests();
    }

    /** CPU that the compilers of the gateway's JVM have used. */
    private long jitMillis() throws IOException {
        long ticks = 0;
        for (long pid : gateway.pids()) {
            try (Stream<Path> threads = Files.list(Path.of("/proc", pid + "", "task"))) {
                ticks += threads.mapToLong(Translated::jitTicks).sum();
            }
        }
        return ticks * 10;
    }

    private static long jitTicks(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            if (!stat.contains("CompilerThre")) {
                return 0;
            }
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (java.nio.file.NoSuchFileException ended) {
            return 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
