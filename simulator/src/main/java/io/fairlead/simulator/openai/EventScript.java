package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimStep;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An event stream in the making, at a model's pace. Confined to one thread. */
final class EventScript {
    private final Call call;
    private final List<SimStep> steps = new ArrayList<>();
    private boolean begun;

    EventScript(Call call) {
        this.call = call;
    }

    /** An event without a name. */
    EventScript data(String json) {
        return raw("data: " + json + "\n\n");
    }

    /** An event with a name. */
    EventScript named(String name, String json) {
        return raw("event: " + name + "\ndata: " + json + "\n\n");
    }

    /** A text as events, so many tokens in each, each when its tokens are there. */
    EventScript tokens(String text, UnaryOperator<String> event) {
        List<String> tokens = SimTokens.split(text);
        int perEvent = call.load().tokensPerEvent();
        for (int from = 0; from < tokens.size(); from += perEvent) {
            List<String> part = tokens.subList(from, Math.min(tokens.size(), from + perEvent));
            for (int i = 0; i < part.size(); i++) {
                pause();
            }
            raw(event.apply(String.join("", part)));
        }
        return this;
    }

    SimAnswer.Reply reply() {
        return SimAnswer.eventStream(SimBody.of(steps));
    }

    SimAnswer.Reply done() {
        return raw("data: [DONE]\n\n").reply();
    }

    private EventScript raw(String event) {
        steps.add(new SimStep.Send(event.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    private void pause() {
        Latency latency = begun ? call.load().perToken() : call.load().firstToken();
        begun = true;
        Duration wait = latency.sample(call.random());
        if (!wait.isZero()) {
            steps.add(new SimStep.Wait(wait));
        }
    }
}
