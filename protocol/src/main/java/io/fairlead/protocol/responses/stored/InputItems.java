package io.fairlead.protocol.responses.stored;

import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The items of a request's input. Stateless: any thread. */
public final class InputItems {
    private static final int MOST = 100;
    private static final int USUAL = 20;

    private InputItems() {}

    /** The items; an input that is a string is one message. */
    static List<Json> of(Json request) {
        Optional<Json> input = request.get("input");
        if (input.isEmpty() || input.get().isNull()) {
            return List.of();
        }
        if (input.get().isString()) {
            JsonObject message = new JsonObject().put("type", "message").put("role", "user");
            message.array("content").addObject().put("type", "input_text").put("text", input.get());
            return List.of(message.toJson());
        }
        if (!input.get().isArray()) {
            throw new Unreadable("input", "must be a string or an array of items");
        }
        return input.get().elements();
    }

    /** The items, each with an id and a type, and with its content as a list. */
    static List<Json> identified(List<Json> items, String idBase) {
        List<Json> all = new ArrayList<>(items.size());
        int i = 0;
        for (Json item : items) {
            if (!item.isObject()) {
                throw new Unreadable("input[" + i + "]", "must be an object");
            }
            all.add(identified(item, idBase + Integer.toHexString(i)));
            i++;
        }
        return all;
    }

    private static Json identified(Json item, String id) {
        Optional<String> type = text(item, "type");
        boolean bareContent = item.get("content").filter(Json::isString).isPresent();
        if (type.isPresent() && text(item, "id").isPresent() && !bareContent) {
            return item;
        }
        JsonObject whole = new JsonObject();
        if (type.isEmpty()) {
            whole.put("type", "message");
        }
        item.members().forEach(member -> whole.put(member.name(), member.value()));
        if (text(item, "id").isEmpty()) {
            whole.put("id", prefix(type.orElse("message")) + id);
        }
        if (bareContent) {
            boolean assistant = text(item, "role").filter("assistant"::equals).isPresent();
            JsonObject part = new JsonObject();
            part.put("type", assistant ? "output_text" : "input_text");
            part.put("text", item.get("content").orElseThrow());
            if (assistant) {
                part.array("annotations");
            }
            whole.put("content", new JsonArray().add(part));
        }
        return whole.toJson();
    }

    private static String prefix(String type) {
        return switch (type) {
            case "message" -> "msg_";
            case "function_call" -> "fc_";
            case "function_call_output" -> "fco_";
            case "custom_tool_call" -> "ctc_";
            case "custom_tool_call_output" -> "ctco_";
            case "reasoning" -> "rs_";
            default -> "item_";
        };
    }

    static Optional<String> text(Json object, String name) {
        return object.get(name).filter(Json::isString).map(Json::text);
    }

    /**
     * A page of {@code GET /responses/{id}/input_items}.
     *
     * @param items all of them, the oldest first
     * @param order {@code asc} or {@code desc}; absent: the newest first
     * @param after the id of the item before the page
     * @param limit 1 to 100; absent: 20
     * @throws Unreadable if a parameter is not what it must be
     */
    public static Json page(
            List<Json> items,
            Optional<String> order,
            Optional<String> after,
            Optional<String> limit) {
        boolean ascending = ascending(order);
        List<Json> ordered = ascending ? items : items.reversed();
        int from = 0;
        if (after.isPresent()) {
            from = place(ordered, after.get()) + 1;
        }
        int to = Math.min(ordered.size(), from + limit(limit));
        JsonObject page = new JsonObject().put("object", "list");
        JsonArray data = page.array("data");
        ordered.subList(from, to).forEach(data::add);
        if (to > from) {
            page.put("first_id", text(ordered.get(from), "id").orElse(""));
            page.put("last_id", text(ordered.get(to - 1), "id").orElse(""));
        } else {
            page.putNull("first_id").putNull("last_id");
        }
        return page.put("has_more", to < ordered.size()).toJson();
    }

    private static boolean ascending(Optional<String> order) {
        return switch (order.orElse("desc")) {
            case "asc" -> true;
            case "desc" -> false;
            default -> throw new Unreadable("order", "is neither 'asc' nor 'desc'");
        };
    }

    private static int place(List<Json> items, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).get("id").filter(there -> there.is(id)).isPresent()) {
                return i;
            }
        }
        throw new Unreadable("after", "is the id of no item of this response");
    }

    private static int limit(Optional<String> limit) {
        int number = -1;
        try {
            number = limit.isEmpty() ? USUAL : Integer.parseInt(limit.get());
        } catch (NumberFormatException none) {
            // As one that is out of range.
        }
        if (number < 1 || number > MOST) {
            throw new Unreadable("limit", "is no number from 1 to " + MOST);
        }
        return number;
    }
}
