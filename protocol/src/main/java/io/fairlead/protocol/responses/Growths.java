package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.StreamEvent.PartGrew;

import java.util.List;
import java.util.Optional;

/** What parts have more of, as messages of a stream say it. Stateless: any thread. */
final class Growths {
    private Growths() {}

    static PartGrew grew(int part, Growth growth) {
        return new PartGrew(LiveParts.CHOICE, part, growth, Beside.NONE);
    }

    static Growth growth(String type, Json message, String text) {
        return switch (type) {
            case EventType.ARGUMENTS_DELTA,
                    EventType.ARGUMENTS_DONE,
                    EventType.INPUT_DELTA,
                    EventType.INPUT_DONE ->
                    new Growth.MoreArguments(text);
            case EventType.SUMMARY_DELTA, EventType.SUMMARY_DONE ->
                    new Growth.MoreReasoning(text, true, section(message, "summary_index"));
            case EventType.REASONING_DELTA, EventType.REASONING_DONE ->
                    new Growth.MoreReasoning(text, false, section(message, "content_index"));
            default -> new Growth.MoreText(text);
        };
    }

    private static int section(Json message, String name) {
        return Math.clamp(LiveResponse.index(message, name), 0, Integer.MAX_VALUE);
    }

    /** What of this text has not been told yet; empty if nothing, or if it is another text. */
    static Optional<String> more(CharSequence known, String text) {
        return text.length() > known.length() && text.startsWith(known.toString())
                ? Optional.of(text.substring(known.length()))
                : Optional.empty();
    }

    static void cited(Json part, int number, List<StreamEvent> events) {
        part.get("annotations")
                .ifPresent(annotations ->
                        Annotations.read(annotations)
                                .forEach(citation ->
                                        events.add(grew(number, new Growth.Cited(citation)))));
    }

    static void thought(Json item, int part, LiveItem known, List<StreamEvent> events) {
        sections(item, "summary", true, part, known, events);
        sections(item, "content", false, part, known, events);
        LiveResponse.string(item, "encrypted_content")
                .filter(data -> !data.isEmpty())
                .ifPresent(data ->
                        events.add(
                                grew(
                                        part,
                                        new Growth.Sealed(
                                                new Seal(
                                                        Seal.Kind.ENCRYPTED,
                                                        Seal.OPENAI,
                                                        data,
                                                        LiveResponse.string(item, "id"))))));
    }

    private static void sections(
            Json item,
            String name,
            boolean summary,
            int part,
            LiveItem known,
            List<StreamEvent> events) {
        int i = 0;
        for (Json section : item.get(name).orElse(Json.EMPTY_ARRAY).elements()) {
            int number = i;
            StringBuilder told = known.glance(i, summary).text;
            LiveResponse.string(section, "text")
                    .flatMap(text -> more(told, text))
                    .ifPresent(text ->
                            events.add(
                                    grew(part, new Growth.MoreReasoning(text, summary, number))));
            i++;
        }
    }
}
