package io.fairlead.simulator.server;

import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.openai.Latency;
import io.fairlead.simulator.openai.Load;
import io.fairlead.simulator.openai.OpenAiSimulator;
import io.fairlead.simulator.openai.SimModel;
import io.fairlead.simulator.openai.SimModels;
import io.fairlead.simulator.replay.Recordings;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Runs a simulated provider as a process of its own: the models of {@code sim} (any other name
 * echoes), faults by header and model name, recordings by header, and the canned answers of {@link
 * BenchProvider}. Prints one line when it is ready.
 */
public final class SimulatorMain {
    private static final List<String> NAMES =
            List.of(
                    "host",
                    "port",
                    "loops",
                    "recordings",
                    "first-token",
                    "latency",
                    "tokens",
                    "tokens-per-event",
                    "seed",
                    "events",
                    "interval",
                    "keep");

    private SimulatorMain() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        try {
            SimulatorServer server = start(args);
            out.println("simulator: ready on " + server.baseUrl());
        } catch (IllegalArgumentException e) {
            System.err.println("simulator: " + e.getMessage());
            System.exit(2);
        }
    }

    static SimulatorServer start(String[] args) {
        Arguments arguments = Arguments.parse(args, NAMES);
        SimulatorOptions options =
                SimulatorOptions.loopback()
                        .withHost(arguments.text("host").orElse("127.0.0.1"))
                        .withPort(arguments.number("port", 0))
                        .withEventLoops(arguments.number("loops", 1))
                        .keeping(arguments.number("keep", 0));
        SimProvider provider =
                new FaultInjector(new OpenAiSimulator(models(arguments), InstantSource.system()));
        if (arguments.text("recordings").isPresent()) {
            provider =
                    Recordings.load(Path.of(arguments.text("recordings").get())).before(provider);
        }
        Duration interval = Duration.ofMillis(arguments.number("interval", 100));
        return SimulatorServer.start(
                options, new BenchProvider(arguments.number("events", 100), interval, provider));
    }

    /** The built-in models; size and pace apply to all of them save {@code slow}. */
    private static SimModels models(Arguments arguments) {
        Load load =
                new Load(
                        arguments.text("first-token").map(Latency::parse).orElse(Latency.NONE),
                        arguments.text("latency").map(Latency::parse).orElse(Latency.NONE),
                        arguments.number("tokens", 100),
                        arguments.number("tokens-per-event", 1),
                        arguments.number("seed", 1));
        List<SimModel> models =
                SimModel.builtIn().stream()
                        .map(model ->
                                model.id().equals("slow")
                                        ? model
                                        : new SimModel(model.id(), model.behaviour(), load))
                        .toList();
        return new SimModels(models, true);
    }
}
