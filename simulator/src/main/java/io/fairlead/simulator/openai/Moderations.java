package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Locale;

/**
 * {@code POST /v1/moderations}: whatever contains the word "violence" is flagged as that.
 * Stateless.
 */
final class Moderations {
    private static final List<String> CATEGORIES =
            List.of(
                    "harassment",
                    "harassment/threatening",
                    "sexual",
                    "hate",
                    "hate/threatening",
                    "illicit",
                    "illicit/violent",
                    "self-harm/intent",
                    "self-harm/instructions",
                    "self-harm",
                    "sexual/minors",
                    "violence",
                    "violence/graphic");

    private Moderations() {}

    static SimAnswer answer(Call call) {
        JsonNode input = call.json().path("input");
        ObjectNode answer =
                Json.MAPPER
                        .createObjectNode()
                        .put("id", "modr-" + call.id())
                        .put("model", call.modelName());
        ArrayNode results = answer.putArray("results");
        if (input.isArray() && input.path(0).isString()) {
            input.forEach(text -> results.add(result(text.asString(""))));
        } else {
            results.add(result(input.toString()));
        }
        return SimAnswer.json(200, answer.toString()).after(call.untilComplete(0));
    }

    private static ObjectNode result(String text) {
        boolean flagged = text.toLowerCase(Locale.ROOT).contains("violence");
        ObjectNode result = Json.MAPPER.createObjectNode().put("flagged", flagged);
        ObjectNode categories = result.putObject("categories");
        ObjectNode scores = result.putObject("category_scores");
        ObjectNode applied = result.putObject("category_applied_input_types");
        for (String category : CATEGORIES) {
            boolean hit = flagged && category.equals("violence");
            categories.put(category, hit);
            scores.put(category, hit ? 0.9 : 0.000001);
            ArrayNode types = applied.putArray(category);
            if (hit) {
                types.add("text");
            }
        }
        return result;
    }
}
