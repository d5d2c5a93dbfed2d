package io.fairlead.simulator.openai;

import java.time.Duration;
import java.util.List;

/** A simulated model: its name, how it behaves, and the size and pace of its answers. Immutable. */
public record SimModel(String id, Behaviour behaviour, Load load) {

    /** How a model behaves. */
    public enum Behaviour {
        /** Answers with the last user message. */
        ECHO,
        /** Answers with as many tokens of filler text as its load says. */
        LOREM,
        /** Calls the first tool that is offered, and answers in text once the result is there. */
        TOOLS,
        /** Echoes, and a share of requests fails, each in another way, in a fixed sequence. */
        FLAKY
    }

    /**
     * The models of the built-in provider: {@code echo}, {@code lorem}, {@code tools}, {@code
     * slow}, {@code flaky}.
     */
    public static List<SimModel> builtIn() {
        Load slow =
                Load.instant()
                        .withTokens(20)
                        .withPace(
                                new Latency.Fixed(Duration.ofSeconds(2)),
                                new Latency.Fixed(Duration.ofMillis(150)));
        return List.of(
                new SimModel("echo", Behaviour.ECHO, Load.instant()),
                new SimModel("lorem", Behaviour.LOREM, Load.instant()),
                new SimModel("tools", Behaviour.TOOLS, Load.instant()),
                new SimModel("slow", Behaviour.LOREM, slow),
                new SimModel("flaky", Behaviour.FLAKY, Load.instant()));
    }
}
