package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.StreamEvent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a stream of numbered events. What a message only repeats is compared with what the messages
 * before it told, and is kept only where it differs. Confined to one thread.
 */
final class ResponsesStreamReader implements StreamReader {
    /** Before the type of the message in the forms of a batch. */
    static final String TYPE = "event:";

    /** The message had no name, or one that is not its type. */
    static final String UNNAMED = "unnamed";

    static final String NAMED = "named:";
    static final String DONE = "done";

    private final LiveResponse live = new LiveResponse();
    private final LiveParts parts = new LiveParts(live);

    @Override
    public Batch read(Frame frame) {
        if (frame.isDone()) {
            return batch(List.of(), Map.of(), forms(frame, DONE));
        }
        Json message = Fields.parse(frame.data());
        if (!message.isObject()) {
            throw new Unreadable("", "is " + message.kind().words() + " (expected: an object)");
        }
        String type = LiveResponse.string(message, "type").orElse("");
        Set<String> forms = forms(frame, TYPE + type);
        List<StreamEvent> events = new ArrayList<>(2);
        if (EventType.grows(type)) {
            parts.grew(type, message, events);
            live.saw(type, message);
            return batch(events, restOfGrowth(message), forms);
        }
        parts.told(type, message, events);
        Json expected = live.expected(type, message, new Told(events));
        Patch.Difference difference = Patch.between(expected, message);
        live.saw(type, message);
        forms.addAll(difference.forms());
        return batch(events, difference.members(), forms);
    }

    private static Set<String> forms(Frame frame, String form) {
        Set<String> forms = new HashSet<>(4);
        forms.add(form);
        if (frame.name().isEmpty()) {
            forms.add(UNNAMED);
        } else if (!form.startsWith(TYPE)
                || !form.endsWith(frame.name())
                || form.length() != TYPE.length() + frame.name().length()) {
            forms.add(NAMED + frame.name());
        }
        return forms;
    }

    private static Map<String, Json> restOfGrowth(Json message) {
        Map<String, Json> rest = new LinkedHashMap<>();
        for (Json.Member member : message.members()) {
            boolean known =
                    member.name().equals("type")
                            || member.name().equals("delta") && member.value().isString();
            if (!known) {
                rest.put(member.name(), member.value());
            }
        }
        return rest;
    }

    private static Batch batch(
            List<StreamEvent> events, Map<String, Json> members, Set<String> forms) {
        return new Batch(events, new Beside(Optional.of(Wire.SELF), members, forms));
    }

    @Override
    public Batch end() {
        return Batch.EMPTY;
    }
}
