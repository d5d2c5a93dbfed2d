package io.fairlead.protocol.responses;

import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.PartEnded;
import io.fairlead.protocol.model.StreamEvent.PartStarted;
import io.fairlead.protocol.model.ToolCall;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts that a stream's items and contents are, by their numbers: each begins when it is first
 * spoken of, and ends once. Confined to one thread.
 */
final class LiveNumbers {
    /** In place of a number: that part has ended. */
    static final int ENDED = -1;

    private final Map<Long, Integer> ofItem = new LinkedHashMap<>();
    private final Map<Place, Integer> ofContent = new LinkedHashMap<>();
    private int next;
    private boolean calls;
    private boolean refused;

    /** Where a content part of a message stands. */
    record Place(long item, long content) {}

    /** The number of the part that an item is; begun with {@code head}, if it never was. */
    int item(long item, Part head, List<StreamEvent> events) {
        return ofItem.computeIfAbsent(item, i -> begin(head, events));
    }

    /** The number of the part that a content is; begun with {@code head}, if it never was. */
    int content(Place place, Part head, List<StreamEvent> events) {
        return ofContent.computeIfAbsent(place, p -> begin(head, events));
    }

    private int begin(Part head, List<StreamEvent> events) {
        calls |= head instanceof ToolCall;
        refused |= head instanceof Refusal;
        int part = next++;
        events.add(new PartStarted(LiveParts.CHOICE, part, head, Beside.NONE));
        return part;
    }

    /** Whether the part that an item is has begun. */
    boolean hasItem(long item) {
        return ofItem.containsKey(item);
    }

    /** The number of the part that an item is; {@link #ENDED} also if it never began. */
    int ofItem(long item) {
        return ofItem.getOrDefault(item, ENDED);
    }

    void endItem(long item, List<StreamEvent> events) {
        end(ofItem, item, events);
    }

    void endContent(Place place, List<StreamEvent> events) {
        end(ofContent, place, events);
    }

    private static <K> void end(Map<K, Integer> parts, K key, List<StreamEvent> events) {
        Integer number = parts.put(key, ENDED);
        if (number != null && number != ENDED) {
            events.add(new PartEnded(LiveParts.CHOICE, number, Beside.NONE));
        }
    }

    /** Ends all that have not ended. */
    void close(List<StreamEvent> events) {
        close(ofItem, events);
        close(ofContent, events);
    }

    private static <K> void close(Map<K, Integer> parts, List<StreamEvent> events) {
        for (Map.Entry<K, Integer> part : parts.entrySet()) {
            if (part.getValue() != ENDED) {
                events.add(new PartEnded(LiveParts.CHOICE, part.getValue(), Beside.NONE));
                part.setValue(ENDED);
            }
        }
    }

    /** Whether one of them was a call of a tool. */
    boolean hadCalls() {
        return calls;
    }

    /** Whether one of them was a refusal. */
    boolean hadRefusal() {
        return refused;
    }
}
