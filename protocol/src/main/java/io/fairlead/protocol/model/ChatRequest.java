package io.fairlead.protocol.model;

import java.util.List;
import java.util.Optional;

/**
 * A conversation to be continued. Immutable.
 *
 * @param model as the client or, after routing, the provider calls it
 * @param turns instructions among them, where they stand
 * @param thinking absent: nothing is said about it
 */
public record ChatRequest(
        String model,
        List<Turn> turns,
        ToolUse tools,
        Sampling sampling,
        Output output,
        Optional<Thinking> thinking,
        Delivery delivery,
        Caller caller,
        Beside beside) {
    public ChatRequest {
        turns = List.copyOf(turns);
    }

    public static ChatRequest of(String model, Turn... turns) {
        return new ChatRequest(
                model,
                List.of(turns),
                ToolUse.NONE,
                Sampling.DEFAULT,
                Output.DEFAULT,
                Optional.empty(),
                Delivery.UNARY,
                Caller.UNKNOWN,
                Beside.NONE);
    }

    public ChatRequest withModel(String value) {
        return new ChatRequest(
                value, turns, tools, sampling, output, thinking, delivery, caller, beside);
    }

    public ChatRequest withTurns(List<Turn> value) {
        return new ChatRequest(
                model, value, tools, sampling, output, thinking, delivery, caller, beside);
    }

    public ChatRequest withTools(ToolUse value) {
        return new ChatRequest(
                model, turns, value, sampling, output, thinking, delivery, caller, beside);
    }

    public ChatRequest withSampling(Sampling value) {
        return new ChatRequest(
                model, turns, tools, value, output, thinking, delivery, caller, beside);
    }

    public ChatRequest withOutput(Output value) {
        return new ChatRequest(
                model, turns, tools, sampling, value, thinking, delivery, caller, beside);
    }

    public ChatRequest withThinking(Optional<Thinking> value) {
        return new ChatRequest(
                model, turns, tools, sampling, output, value, delivery, caller, beside);
    }

    public ChatRequest withDelivery(Delivery value) {
        return new ChatRequest(
                model, turns, tools, sampling, output, thinking, value, caller, beside);
    }

    public ChatRequest withCaller(Caller value) {
        return new ChatRequest(
                model, turns, tools, sampling, output, thinking, delivery, value, beside);
    }

    public ChatRequest withBeside(Beside value) {
        return new ChatRequest(
                model, turns, tools, sampling, output, thinking, delivery, caller, value);
    }
}
