package io.fairlead.conformance;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a document lost or changed against the original, one line each; members that were added are
 * fine. Stateless.
 */
final class JsonChanges {
    private JsonChanges() {}

    static List<String> between(JsonNode original, JsonNode got) {
        List<String> changes = new ArrayList<>();
        compare("", original, got, changes);
        return changes;
    }

    private static void compare(String at, JsonNode original, JsonNode got, List<String> changes) {
        if (original.isObject() && got.isObject()) {
            for (Map.Entry<String, JsonNode> member : original.properties()) {
                String path = at + "/" + member.getKey();
                if (got.has(member.getKey())) {
                    compare(path, member.getValue(), got.get(member.getKey()), changes);
                } else {
                    changes.add(path + " is lost");
                }
            }
        } else if (original.isArray() && got.isArray() && original.size() == got.size()) {
            for (int i = 0; i < original.size(); i++) {
                compare(at + "/" + i, original.get(i), got.get(i), changes);
            }
        } else if (!original.equals(got)) {
            changes.add(at + " was " + shortened(original) + " and is " + shortened(got));
        }
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() < 120 ? text : text.substring(0, 120) + "…";
    }
}
