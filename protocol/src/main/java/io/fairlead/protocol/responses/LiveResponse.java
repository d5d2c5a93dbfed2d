package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A response as far as the messages of a stream have told it, and what a message must therefore
 * say. Reader and writer of a stream each have one and show it the same messages. Confined to one
 * thread.
 */
final class LiveResponse {
    private final Map<Long, LiveItem> items = new TreeMap<>();
    private Json response = Json.EMPTY_OBJECT;

    LiveItem item(long index) {
        return items.computeIfAbsent(index, i -> new LiveItem());
    }

    /** The item if there is one, or else an empty one that belongs to nothing. */
    LiveItem glance(long index) {
        LiveItem there = items.get(index);
        return there == null ? new LiveItem() : there;
    }

    boolean knows(long index) {
        return items.containsKey(index);
    }

    static long index(Json message, String name) {
        return message.get(name)
                .filter(value -> value.kind() == Json.Kind.NUMBER)
                .map(Json::whole)
                .orElse(0L);
    }

    private LiveItem item(Json message) {
        return item(index(message, "output_index"));
    }

    private LiveItem.Section content(Json message) {
        return item(message).content(index(message, "content_index"));
    }

    private LiveItem.Section summary(Json message) {
        return item(message).summary(index(message, "summary_index"));
    }

    /** The text that has grown so far at the place this message speaks of. */
    StringBuilder text(String type, Json message) {
        return switch (type) {
            case EventType.ARGUMENTS_DELTA,
                    EventType.ARGUMENTS_DONE,
                    EventType.INPUT_DELTA,
                    EventType.INPUT_DONE ->
                    item(message).arguments;
            case EventType.SUMMARY_DELTA,
                    EventType.SUMMARY_DONE,
                    EventType.SUMMARY_PART_ADDED,
                    EventType.SUMMARY_PART_DONE ->
                    summary(message).text;
            default -> content(message).text;
        };
    }

    /**
     * What a message of this type at this place must say.
     *
     * @param told what its own events say
     */
    Json expected(String type, Json place, Told told) {
        if (type.isEmpty()) {
            return Json.EMPTY_OBJECT;
        }
        JsonObject message = new JsonObject().put("type", type);
        switch (type) {
            case EventType.CREATED -> message.put("response", told.started());
            case EventType.TEXT_DONE, EventType.REASONING_DONE, EventType.SUMMARY_DONE ->
                    message.put("text", text(type, place).toString());
            case EventType.REFUSAL_DONE -> message.put("refusal", text(type, place).toString());
            case EventType.ARGUMENTS_DONE -> message.put("arguments", text(type, place).toString());
            case EventType.INPUT_DONE -> message.put("input", text(type, place).toString());
            case EventType.PART_DONE -> message.put("part", content(place).whole());
            case EventType.SUMMARY_PART_DONE -> message.put("part", summary(place).whole());
            case EventType.ITEM_DONE -> message.put("item", item(place).whole());
            case EventType.IN_PROGRESS, EventType.QUEUED -> message.put("response", response);
            case EventType.COMPLETED, EventType.INCOMPLETE, EventType.FAILED ->
                    message.put("response", ended(type, told));
            default -> {}
        }
        return message.toJson();
    }

    private JsonObject ended(String type, Told told) {
        JsonObject body = LiveItem.copy(response);
        body.put("status", type.substring(type.indexOf('.') + 1));
        if (!type.equals(EventType.FAILED)) {
            body.put("output", output());
        }
        told.usage().ifPresent(usage -> body.put("usage", ResponsesUsage.write(usage)));
        return body;
    }

    JsonArray output() {
        JsonArray output = new JsonArray();
        for (LiveItem item : items.values()) {
            output.add(item.done == null ? item.whole() : item.done);
        }
        return output;
    }

    /** Takes note of what a message said. */
    void saw(String type, Json message) {
        switch (type) {
            case EventType.CREATED ->
                    response = message.get("response").filter(Json::isObject).orElse(response);
            case EventType.ITEM_ADDED -> {
                LiveItem item = item(message);
                item.head = message.get("item").orElse(Json.EMPTY_OBJECT);
                string(item.head, "arguments")
                        .or(() -> string(item.head, "input"))
                        .ifPresent(item.arguments::append);
            }
            case EventType.ITEM_DONE ->
                    item(message).done = message.get("item").orElse(Json.EMPTY_OBJECT);
            case EventType.PART_ADDED -> added(content(message), message);
            case EventType.SUMMARY_PART_ADDED -> added(summary(message), message);
            case EventType.TEXT_DELTA -> {
                LiveItem.Section section = content(message);
                grow(section.text, message);
                message.get("logprobs")
                        .ifPresent(logProbs -> section.logProbs.addAll(logProbs.elements()));
            }
            case EventType.REASONING_DELTA,
                    EventType.REFUSAL_DELTA,
                    EventType.SUMMARY_DELTA,
                    EventType.ARGUMENTS_DELTA,
                    EventType.INPUT_DELTA ->
                    grow(text(type, message), message);
            case EventType.ANNOTATION ->
                    message.get("annotation")
                            .ifPresent(annotation -> content(message).annotations.add(annotation));
            default -> {}
        }
    }

    private static void added(LiveItem.Section section, Json message) {
        section.head = message.get("part").filter(Json::isObject).orElse(Json.EMPTY_OBJECT);
        section.text.setLength(0);
        string(section.head, "text")
                .or(() -> string(section.head, "refusal"))
                .ifPresent(section.text::append);
    }

    private static void grow(StringBuilder text, Json message) {
        string(message, "delta").ifPresent(text::append);
    }

    static Optional<String> string(Json object, String name) {
        return object.get(name).filter(Json::isString).map(Json::text);
    }
}
