package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An output item as far as a stream has told it. Confined to one thread. */
final class LiveItem {
    /** A part of its content, or of its summary. */
    static final class Section {
        Json head = Json.EMPTY_OBJECT;
        final StringBuilder text = new StringBuilder();
        final List<Json> annotations = new ArrayList<>();
        final List<Json> logProbs = new ArrayList<>();

        /** The part as it must be in the end. */
        JsonObject whole() {
            JsonObject part = copy(head);
            boolean refusal = head.get("type").filter(type -> type.is("refusal")).isPresent();
            part.put(refusal ? "refusal" : "text", text.toString());
            fill(part, "annotations", annotations);
            fill(part, "logprobs", logProbs);
            return part;
        }

        private static void fill(JsonObject part, String name, List<Json> more) {
            if (!more.isEmpty()) {
                part.put(name, array(more));
            }
        }
    }

    Json head = Json.EMPTY_OBJECT;

    /** As the end of the item told it; null before. */
    @org.jspecify.annotations.Nullable Json done;

    final StringBuilder arguments = new StringBuilder();
    final Map<Long, Section> content = new TreeMap<>();
    final Map<Long, Section> summary = new TreeMap<>();

    Section content(long index) {
        return content.computeIfAbsent(index, i -> new Section());
    }

    Section summary(long index) {
        return summary.computeIfAbsent(index, i -> new Section());
    }

    /** The section if there is one, or else an empty one that belongs to nothing. */
    Section glance(long index, boolean ofSummary) {
        Section there = (ofSummary ? summary : content).get(index);
        return there == null ? new Section() : there;
    }

    String type() {
        return head.get("type").filter(Json::isString).map(Json::text).orElse("");
    }

    /** The item as it must be in the end. */
    Json whole() {
        JsonObject item = copy(head);
        if (item.has("status")) {
            item.put("status", "completed");
        }
        switch (type()) {
            case "function_call" -> item.put("arguments", arguments.toString());
            case "custom_tool_call" -> item.put("input", arguments.toString());
            case "reasoning" -> {
                item.put("summary", sections(summary));
                if (!content.isEmpty()) {
                    item.put("content", sections(content));
                }
            }
            case "message" -> item.put("content", sections(content));
            default -> {}
        }
        return item.toJson();
    }

    private static JsonArray sections(Map<Long, Section> sections) {
        JsonArray array = new JsonArray();
        sections.values().forEach(section -> array.add(section.whole()));
        return array;
    }

    static JsonArray array(List<Json> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }

    static JsonObject copy(Json object) {
        JsonObject copy = new JsonObject();
        object.members().forEach(member -> copy.put(member.name(), member.value()));
        return copy;
    }
}
