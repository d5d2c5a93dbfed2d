package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a message of a stream says besides that which follows from the messages before it. Most of
 * the later messages only repeat: the whole text, the whole item, the whole response. The reader
 * keeps the difference between a message and what was to be expected, the writer expects the same
 * and adds the difference. Members of elements of arrays stand under {@code #} and their index.
 * Stateless: any thread.
 */
final class Patch {
    /** Before the path of a member that was expected, but is not there. */
    private static final String WITHOUT = "without:";

    /** The difference: members with another value, and paths of those that are missing. */
    record Difference(Map<String, Json> members, Set<String> forms) {}

    private final Set<String> forms;

    private Patch(Set<String> forms) {
        this.forms = forms;
    }

    static Difference between(Json expected, Json found) {
        Patch patch = new Patch(new HashSet<>());
        Map<String, Json> members = new LinkedHashMap<>();
        patch.object(expected, found, "", members);
        return new Difference(members, patch.forms);
    }

    private void object(Json expected, Json found, String path, Map<String, Json> members) {
        Map<String, Json> wanted = byName(expected);
        Map<String, Json> told = byName(found);
        for (Map.Entry<String, Json> member : told.entrySet()) {
            Json there = wanted.get(member.getKey());
            String at = path + "/" + member.getKey();
            Optional<Json> difference =
                    there == null
                            ? Optional.of(member.getValue())
                            : value(there, member.getValue(), at);
            difference.ifPresent(value -> members.put(member.getKey(), value));
        }
        for (String name : wanted.keySet()) {
            if (!told.containsKey(name)) {
                forms.add(WITHOUT + path + "/" + name);
            }
        }
    }

    private static Map<String, Json> byName(Json object) {
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach(member -> members.put(member.name(), member.value()));
        return members;
    }

    /** Empty if both are the same. */
    private Optional<Json> value(Json expected, Json found, String path) {
        if (expected.isObject() && found.isObject() && !expected.isEmpty()) {
            int before = forms.size();
            Map<String, Json> members = new LinkedHashMap<>();
            object(expected, found, path, members);
            return members.isEmpty() && before == forms.size()
                    ? Optional.empty()
                    : Optional.of(made(members));
        }
        if (expected.isArray() && found.isArray() && !expected.isEmpty()) {
            List<Json> wanted = expected.elements();
            List<Json> there = found.elements();
            if (wanted.size() == there.size()) {
                return array(wanted, there, path);
            }
        } else if (expected.equals(found)) {
            return Optional.empty();
        }
        if (found.isObject()) {
            // It would be taken for a difference of members.
            forms.add(WITHOUT + path);
        }
        return Optional.of(found);
    }

    private Optional<Json> array(List<Json> expected, List<Json> found, String path) {
        int before = forms.size();
        Map<String, Json> elements = new LinkedHashMap<>();
        for (int i = 0; i < expected.size(); i++) {
            String name = "#" + i;
            Optional<Json> difference = value(expected.get(i), found.get(i), path + "/" + name);
            difference.ifPresent(value -> elements.put(name, value));
        }
        return elements.isEmpty() && before == forms.size()
                ? Optional.empty()
                : Optional.of(made(elements));
    }

    private static Json made(Map<String, Json> members) {
        JsonObject object = new JsonObject();
        object.merge(members);
        return object.toJson();
    }

    /** The message that this was the difference of. */
    static JsonObject applied(Json expected, Map<String, Json> members, Set<String> forms) {
        return new Patch(forms).applied(expected, made(members), "");
    }

    private JsonObject applied(Json expected, Json difference, String path) {
        JsonObject object = new JsonObject();
        Map<String, Json> others = byName(difference);
        for (Json.Member member : expected.members()) {
            String at = path + "/" + member.name();
            if (!forms.contains(WITHOUT + at)) {
                Optional<Json> other = Optional.ofNullable(others.get(member.name()));
                put(object, member.name(), member.value(), other, at);
            }
        }
        for (Json.Member member : difference.members()) {
            if (!object.has(member.name())) {
                object.put(member.name(), member.value());
            }
        }
        return object;
    }

    private void put(
            JsonObject object, String name, Json expected, Optional<Json> other, String path) {
        if (other.isEmpty()) {
            object.put(name, expected);
        } else if (expected.isObject() && other.get().isObject()) {
            object.put(name, applied(expected, other.get(), path));
        } else if (expected.isArray() && other.get().isObject()) {
            object.put(name, elements(expected, other.get(), path));
        } else {
            object.put(name, other.get());
        }
    }

    private JsonArray elements(Json expected, Json difference, String path) {
        JsonArray array = new JsonArray();
        Map<String, Json> others = byName(difference);
        int i = 0;
        for (Json element : expected.elements()) {
            JsonObject holder = new JsonObject();
            String name = "#" + i;
            String at = path + "/" + name;
            Optional<Json> other = Optional.ofNullable(others.get(name));
            if (forms.contains(WITHOUT + at) && other.isPresent()) {
                array.add(other.get());
            } else {
                put(holder, "v", element, other, at);
                array.add(holder.toJson().get("v").orElseThrow());
            }
            i++;
        }
        return array;
    }
}
