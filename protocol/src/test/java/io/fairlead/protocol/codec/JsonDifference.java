package io.fairlead.protocol.codec;

import io.fairlead.protocol.json.Json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where two JSON values differ, place by place, so that a failing test says it. Stateless. */
public final class JsonDifference {
    private final List<String> found = new ArrayList<>();

    private JsonDifference() {}

    public static List<String> between(Json expected, Json actual) {
        JsonDifference difference = new JsonDifference();
        difference.compare("$", expected, actual);
        return difference.found;
    }

    private void compare(String path, Json expected, Json actual) {
        if (expected.isObject() && actual.isObject()) {
            Map<String, Json> wanted = members(expected);
            Map<String, Json> there = members(actual);
            wanted.forEach((name, value) -> {
                Json other = there.remove(name);
                if (other == null) {
                    found.add(path + "." + name + " lost: " + brief(value));
                } else {
                    compare(path + "." + name, value, other);
                }
            });
            there.forEach((name, value) -> found.add(path + "." + name + " new: " + brief(value)));
        } else if (expected.isArray() && actual.isArray()) {
            List<Json> wanted = expected.elements();
            List<Json> there = actual.elements();
            for (int i = 0; i < Math.min(wanted.size(), there.size()); i++) {
                compare(path + "[" + i + "]", wanted.get(i), there.get(i));
            }
            for (int i = there.size(); i < wanted.size(); i++) {
                found.add(path + "[" + i + "] lost: " + brief(wanted.get(i)));
            }
            for (int i = wanted.size(); i < there.size(); i++) {
                found.add(path + "[" + i + "] new: " + brief(there.get(i)));
            }
        } else if (!expected.equals(actual)) {
            found.add(path + ": " + brief(expected) + " became " + brief(actual));
        }
    }

    private static Map<String, Json> members(Json object) {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach(member -> members.put(member.name(), member.value()));
        return members;
    }

    private static String brief(Json value) {
        String text = value.toString();
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }
}
