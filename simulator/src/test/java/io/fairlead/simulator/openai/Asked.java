package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.SimStep;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** An answer of a simulated provider, read. Immutable. */
record Asked(SimAnswer.Reply reply) {
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T00:00:00Z"));

    static OpenAiSimulator simulator() {
        return new OpenAiSimulator(SimModels.builtIn(), CLOCK);
    }

    static Asked post(String path, String json) {
        return post(simulator(), path, json);
    }

    static Asked post(SimProvider provider, String path, String json) {
        return new Asked((SimAnswer.Reply) provider.answer(SimRequest.post(path, json)));
    }

    String text() {
        return new String(reply.body().allBytes(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return Json.MAPPER.readTree(text());
    }

    /** The data of the events, {@code [DONE]} too. */
    List<String> data() {
        List<String> data = new ArrayList<>();
        for (String event : text().split("\n\n", -1)) {
            int at = event.indexOf("data: ");
            if (at >= 0) {
                data.add(event.substring(at + 6));
            }
        }
        return data;
    }

    /** The data of the events as JSON, without {@code [DONE]}. */
    List<JsonNode> events() {
        return data().stream()
                .filter(data -> !data.equals("[DONE]"))
                .map(Json.MAPPER::readTree)
                .toList();
    }

    List<SimStep> steps() {
        List<SimStep> steps = new ArrayList<>();
        for (Iterator<SimStep> each = reply.body().steps(); each.hasNext(); ) {
            steps.add(each.next());
        }
        return steps;
    }
}
