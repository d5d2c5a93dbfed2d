package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.ToolCall;

import java.util.Optional;

/** A call that is being written. Confined to one thread. */
final class OpenCall implements OpenPart {
    private final OutputItems items;
    private final int index;
    private final ToolCall head;
    private final String id;
    private final StringBuilder arguments = new StringBuilder();
    private Optional<Seal> seal;

    OpenCall(OutputItems items, int index, ToolCall head, String id) {
        this.items = items;
        this.index = index;
        this.head = head;
        this.id = id;
        seal = head.marks().seal();
        items.added(index, item("in_progress"));
        say(head.arguments());
    }

    private JsonObject item(String status) {
        return new JsonObject()
                .put("id", id)
                .put("type", head.custom() ? "custom_tool_call" : "function_call")
                .put("status", status)
                .put("call_id", head.id().isEmpty() ? id : head.id())
                .put("name", head.name())
                .put(head.custom() ? "input" : "arguments", arguments.toString());
    }

    private JsonObject place(String type) {
        return items.emitter().message(type).put("item_id", id).put("output_index", index);
    }

    private void say(String more) {
        if (!more.isEmpty()) {
            arguments.append(more);
            String type = head.custom() ? EventType.INPUT_DELTA : EventType.ARGUMENTS_DELTA;
            items.emitter().send(type, place(type).put("delta", more));
        }
    }

    @Override
    public void grow(Growth growth) {
        if (growth instanceof Growth.MoreArguments(String more)) {
            say(more);
        } else if (growth instanceof Growth.Sealed(Seal now)) {
            seal = Optional.of(now);
        }
    }

    @Override
    public void end() {
        if (!head.custom() && arguments.toString().isBlank()) {
            say("{}");
        }
        if (head.custom()) {
            items.emitter()
                    .send(
                            EventType.INPUT_DONE,
                            place(EventType.INPUT_DONE).put("input", arguments.toString()));
        } else {
            items.emitter()
                    .send(
                            EventType.ARGUMENTS_DONE,
                            place(EventType.ARGUMENTS_DONE)
                                    .put("name", head.name())
                                    .put("arguments", arguments.toString()));
        }
        items.done(index, item(AnswerItems.COMPLETED));
        seal.ifPresent(s -> items.carrier(s, head));
    }
}
