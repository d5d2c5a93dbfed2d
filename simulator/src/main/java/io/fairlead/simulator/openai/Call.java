package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimRequest;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * One request to the simulated provider with everything its answer depends on: the model and its
 * name as asked, the JSON body, the time, an id that no other request has, and the randomness of
 * this request. Confined to one thread.
 */
record Call(
        SimRequest request,
        JsonNode json,
        SimModel model,
        String modelName,
        long createdSeconds,
        String id,
        RandomGenerator random) {

    boolean streams() {
        return json.path("stream").asBoolean(false);
    }

    Load load() {
        return model.load();
    }

    /** How long an answer takes that comes in one piece. */
    Duration untilComplete(int tokens) {
        Duration total = load().firstToken().sample(random);
        if (!load().perToken().equals(Latency.NONE)) {
            for (int i = 1; i < tokens; i++) {
                total = total.plus(load().perToken().sample(random));
            }
        }
        return total;
    }
}
