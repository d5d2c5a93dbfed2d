package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reasoning item that is being written. Clients show the summary, so all thoughts go there,
 * section by section. Confined to one thread.
 */
final class OpenThought implements OpenPart {
    private final OutputItems items;
    private final int index;
    private final String id;
    private final List<String> content = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean open;
    private boolean ofSummary;
    private int section;
    private Optional<Seal> seal;

    OpenThought(OutputItems items, int index, Reasoning head, String made) {
        this.items = items;
        this.index = index;
        seal = head.marks().seal();
        id = seal.filter(ItemIds::known).flatMap(Seal::id).orElse(made);
        items.added(index, item());
        int i = 0;
        for (String words : head.content()) {
            say(words, false, i++);
        }
        for (String words : head.summary()) {
            say(words, true, i++);
        }
    }

    private JsonObject item() {
        Reasoning reasoning = new Reasoning(content, sections, Marks.NONE);
        JsonObject item = new JsonObject().put("id", id).put("type", "reasoning");
        item.put("summary", ItemWriter.sections(sections, "summary_text"));
        return item.put("encrypted_content", seal.map(s -> Sealing.pack(s, reasoning)));
    }

    private JsonObject place(String type) {
        return items.emitter()
                .message(type)
                .put("item_id", id)
                .put("output_index", index)
                .put("summary_index", sections.size());
    }

    private void say(String more, boolean summary, int number) {
        if (open && (summary != ofSummary || number != section)) {
            closeSection();
        }
        if (more.isEmpty()) {
            return;
        }
        if (!open) {
            open = true;
            ofSummary = summary;
            section = number;
            part(EventType.SUMMARY_PART_ADDED, "");
        }
        text.append(more);
        items.emitter()
                .send(EventType.SUMMARY_DELTA, place(EventType.SUMMARY_DELTA).put("delta", more));
    }

    private void part(String type, String words) {
        JsonObject message = place(type);
        message.object("part").put("type", "summary_text").put("text", words);
        items.emitter().send(type, message);
    }

    private void closeSection() {
        String words = text.toString();
        items.emitter()
                .send(EventType.SUMMARY_DONE, place(EventType.SUMMARY_DONE).put("text", words));
        part(EventType.SUMMARY_PART_DONE, words);
        if (!ofSummary) {
            content.add(words);
        }
        sections.add(words);
        text.setLength(0);
        open = false;
    }

    @Override
    public void grow(Growth growth) {
        if (growth instanceof Growth.MoreReasoning(String more, boolean summary, int number)) {
            say(more, summary, number);
        } else if (growth instanceof Growth.MoreText(String more)) {
            say(more, false, 0);
        } else if (growth instanceof Growth.Sealed(Seal now)) {
            seal = Optional.of(now);
        }
    }

    @Override
    public void end() {
        if (open) {
            closeSection();
        }
        items.done(index, item());
    }
}
