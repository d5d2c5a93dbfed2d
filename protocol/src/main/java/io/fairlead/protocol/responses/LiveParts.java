package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.ChoiceEnded;
import io.fairlead.protocol.model.StreamEvent.Ended;
import io.fairlead.protocol.model.StreamEvent.Failed;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.StreamEvent.LogProbsKnown;
import io.fairlead.protocol.model.StreamEvent.Started;
import io.fairlead.protocol.model.StreamEvent.UsageKnown;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.responses.LiveNumbers.Place;

import java.util.List;
import java.util.Optional;

/**
 * Makes events of the messages of a stream: each content part of a message is a part, and so is
 * each other item. What a provider leaves out (an item that was never added, a text that comes only
 * with its end) is made up for, so that the grammar of events holds. Confined to one thread.
 */
final class LiveParts {
    static final int CHOICE = 0;

    private final LiveResponse live;
    private final LiveNumbers numbers = new LiveNumbers();
    private boolean started;
    private boolean over;

    LiveParts(LiveResponse live) {
        this.live = live;
    }

    private static long item(Json message) {
        return LiveResponse.index(message, "output_index");
    }

    /** A message that brings the next piece of a text. */
    void grew(String type, Json message, List<StreamEvent> events) {
        Optional<String> delta = LiveResponse.string(message, "delta");
        if (over || delta.isEmpty()) {
            return;
        }
        start(message, events);
        int part = part(type, message, events);
        if (part == LiveNumbers.ENDED) {
            return;
        }
        message.get("logprobs")
                .filter(array -> array.isArray() && !array.isEmpty())
                .ifPresent(array ->
                        events.add(new LogProbsKnown(CHOICE, LogProbs.read(array), Beside.NONE)));
        events.add(Growths.grew(part, Growths.growth(type, message, delta.get())));
    }

    /** The part that such a message speaks of; begun now, if it never was. */
    private int part(String type, Json message, List<StreamEvent> events) {
        long item = item(message);
        return switch (type) {
            case EventType.ARGUMENTS_DELTA, EventType.ARGUMENTS_DONE ->
                    numbers.item(item, ToolCall.of("", "", ""), events);
            case EventType.INPUT_DELTA, EventType.INPUT_DONE ->
                    numbers.item(item, new ToolCall("", "", "", true, Marks.NONE), events);
            case EventType.SUMMARY_DELTA,
                    EventType.SUMMARY_DONE,
                    EventType.REASONING_DELTA,
                    EventType.REASONING_DONE ->
                    numbers.item(item, new Reasoning(List.of(), List.of(), Marks.NONE), events);
            case EventType.REFUSAL_DELTA, EventType.REFUSAL_DONE ->
                    numbers.content(place(message), Refusal.of(""), events);
            default -> numbers.content(place(message), Text.of(""), events);
        };
    }

    private static Place place(Json message) {
        return new Place(item(message), LiveResponse.index(message, "content_index"));
    }

    /** Any other message. */
    void told(String type, Json message, List<StreamEvent> events) {
        if (over) {
            return;
        }
        if (type.equals(EventType.ERROR) || type.isEmpty() && message.get("error").isPresent()) {
            over = true;
            start(message, events);
            events.add(new Failed(ResponsesFault.of(message), Beside.NONE));
            return;
        }
        start(message, events);
        switch (type) {
            case EventType.ITEM_ADDED ->
                    added(item(message), object(message, "item"), true, events);
            case EventType.ITEM_DONE -> done(item(message), object(message, "item"), events);
            case EventType.PART_ADDED -> partAdded(place(message), object(message, "part"), events);
            case EventType.PART_DONE -> partDone(place(message), object(message, "part"), events);
            case EventType.TEXT_DONE, EventType.REASONING_DONE, EventType.SUMMARY_DONE ->
                    caughtUp(type, message, "text", events);
            case EventType.REFUSAL_DONE -> caughtUp(type, message, "refusal", events);
            case EventType.ARGUMENTS_DONE -> caughtUp(type, message, "arguments", events);
            case EventType.INPUT_DONE -> caughtUp(type, message, "input", events);
            case EventType.ANNOTATION -> cited(message, events);
            case EventType.COMPLETED, EventType.INCOMPLETE, EventType.FAILED ->
                    ended(type, object(message, "response"), events);
            default -> {}
        }
    }

    private static Json object(Json message, String name) {
        return message.get(name).filter(Json::isObject).orElse(Json.EMPTY_OBJECT);
    }

    private void start(Json message, List<StreamEvent> events) {
        if (started) {
            return;
        }
        started = true;
        Json response = object(message, "response");
        Optional<Long> created =
                response.get("created_at")
                        .filter(value -> value.kind() == Json.Kind.NUMBER)
                        .map(Json::whole);
        events.add(
                new Started(
                        LiveResponse.string(response, "id").orElse(""),
                        LiveResponse.string(response, "model").orElse(""),
                        created,
                        Beside.NONE));
    }

    /**
     * @param withText whether the arguments that the item already has are told
     */
    private void added(long index, Json item, boolean withText, List<StreamEvent> events) {
        String type = LiveResponse.string(item, "type").orElse("");
        switch (type) {
            case "message" -> {}
            case "function_call", "custom_tool_call" -> {
                boolean custom = type.equals("custom_tool_call");
                ToolCall head =
                        new ToolCall(
                                LiveResponse.string(item, "call_id").orElse(""),
                                LiveResponse.string(item, "name").orElse(""),
                                "",
                                custom,
                                Marks.NONE);
                int part = numbers.item(index, head, events);
                LiveResponse.string(item, custom ? "input" : "arguments")
                        .filter(text -> withText && part != LiveNumbers.ENDED && !text.isEmpty())
                        .ifPresent(text ->
                                events.add(Growths.grew(part, new Growth.MoreArguments(text))));
            }
            case "reasoning" ->
                    numbers.item(index, new Reasoning(List.of(), List.of(), Marks.NONE), events);
            // An image is told when it is there.
            case ImageItems.TYPE -> {}
            default -> numbers.item(index, Foreign.of(Wire.SELF, type, item), events);
        }
    }

    private void partAdded(Place place, Json part, List<StreamEvent> events) {
        boolean refusal = part.get("type").filter(t -> t.is("refusal")).isPresent();
        if (part.get("type").filter(t -> t.is("reasoning_text")).isPresent()) {
            return;
        }
        int number = numbers.content(place, refusal ? Refusal.of("") : Text.of(""), events);
        LiveResponse.string(part, refusal ? "refusal" : "text")
                .filter(text -> number != LiveNumbers.ENDED && !text.isEmpty())
                .ifPresent(text -> events.add(Growths.grew(number, new Growth.MoreText(text))));
    }

    private void partDone(Place place, Json part, List<StreamEvent> events) {
        if (part.get("type").filter(t -> t.is("reasoning_text")).isPresent()) {
            return;
        }
        boolean refusal = part.get("type").filter(t -> t.is("refusal")).isPresent();
        int number = numbers.content(place, refusal ? Refusal.of("") : Text.of(""), events);
        if (number == LiveNumbers.ENDED) {
            return;
        }
        LiveItem.Section known = live.glance(place.item()).glance(place.content(), false);
        LiveResponse.string(part, refusal ? "refusal" : "text")
                .flatMap(text -> Growths.more(known.text, text))
                .ifPresent(text -> events.add(Growths.grew(number, new Growth.MoreText(text))));
        if (known.annotations.isEmpty()) {
            Growths.cited(part, number, events);
        }
        numbers.endContent(place, events);
    }

    private void cited(Json message, List<StreamEvent> events) {
        int number = numbers.content(place(message), Text.of(""), events);
        Json annotation = object(message, "annotation");
        if (number != LiveNumbers.ENDED && !annotation.isEmpty()) {
            events.add(Growths.grew(number, new Growth.Cited(Annotations.readOne(annotation))));
        }
    }

    /** The end of a text tells it whole: what was not told before comes now. */
    private void caughtUp(String type, Json message, String name, List<StreamEvent> events) {
        StringBuilder known = live.text(type, message);
        Optional<String> more =
                LiveResponse.string(message, name).flatMap(text -> Growths.more(known, text));
        if (more.isEmpty()) {
            return;
        }
        int part = part(type, message, events);
        if (part != LiveNumbers.ENDED) {
            events.add(Growths.grew(part, Growths.growth(type, message, more.get())));
            known.append(more.get());
        }
    }

    private void done(long index, Json item, List<StreamEvent> events) {
        String type = LiveResponse.string(item, "type").orElse("");
        if (type.equals("message")) {
            long i = 0;
            for (Json content : item.get("content").orElse(Json.EMPTY_ARRAY).elements()) {
                if (content.isObject()) {
                    partDone(new Place(index, i), content, events);
                }
                i++;
            }
            return;
        }
        if (type.equals(ImageItems.TYPE)) {
            numbers.item(index, ImageItems.read(Fields.ofAnswer(item)), events);
        } else if (!numbers.hasItem(index)) {
            added(index, item, false, events);
        }
        int part = numbers.ofItem(index);
        if (part == LiveNumbers.ENDED) {
            return;
        }
        LiveItem known = live.glance(index);
        switch (type) {
            case "function_call", "custom_tool_call" ->
                    LiveResponse.string(item, type.equals("function_call") ? "arguments" : "input")
                            .flatMap(text -> Growths.more(known.arguments, text))
                            .ifPresent(text ->
                                    events.add(Growths.grew(part, new Growth.MoreArguments(text))));
            case "reasoning" -> Growths.thought(item, part, known, events);
            case ImageItems.TYPE -> {}
            default -> {
                if (!item.equals(known.head)) {
                    events.add(Growths.grew(part, new Growth.MoreForeign(item)));
                }
            }
        }
        numbers.endItem(index, events);
    }

    private void ended(String type, Json response, List<StreamEvent> events) {
        if (!type.equals(EventType.FAILED)) {
            long index = 0;
            for (Json item : response.get("output").orElse(Json.EMPTY_ARRAY).elements()) {
                if (item.isObject() && !live.knows(index)) {
                    done(index, item, events);
                }
                index++;
            }
        }
        numbers.close(events);
        over = true;
        Fields fields = Fields.ofAnswer(response);
        response.get("usage")
                .filter(Json::isObject)
                .map(Fields::ofAnswer)
                .map(ResponsesUsage::read)
                .ifPresent(usage -> events.add(new UsageKnown(usage, Beside.NONE)));
        if (type.equals(EventType.FAILED)) {
            events.add(new Failed(ResponsesFault.of(response), Beside.NONE));
            return;
        }
        Optional<Finish> finish =
                ResponsesFinish.read(fields, numbers.hadCalls(), numbers.hadRefusal());
        events.add(
                new ChoiceEnded(
                        CHOICE, finish.orElse(Finish.of(Finish.Reason.OTHER, "")), Beside.NONE));
        events.add(new Ended(Beside.NONE));
    }
}
