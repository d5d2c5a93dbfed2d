package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.StreamEvent.PartEnded;
import io.fairlead.protocol.model.StreamEvent.PartGrew;
import io.fairlead.protocol.model.StreamEvent.PartStarted;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a stream being written: text and thoughts go out as they come, calls and media when
 * they are whole. Confined to one thread.
 */
final class PartStreams {
    private static final PartWriter PARTS = new PartWriter(true, true);

    /** A part that has begun. */
    private static final class Open {
        Part head;
        final StringBuilder gathered = new StringBuilder();
        final List<Citation> cited = new ArrayList<>();
        boolean streamed;
        boolean summary;
        int section;
        @Nullable JsonObject last;
        @Nullable CandidateDrafts lastIn;

        Open(Part head) {
            this.head = head;
        }
    }

    private record Place(int choice, int part) {}

    private final Map<Place, Open> open = new HashMap<>();
    private final CallIds ids = new CallIds("");

    void start(PartStarted event, CandidateDrafts drafts) {
        Open part = new Open(event.head());
        open.put(new Place(event.choice(), event.part()), part);
        if (ChunkForms.is(event.beside(), ChunkForms.STREAMED)) {
            part.streamed = true;
            write(part, event.head(), drafts.of(event.choice()));
            return;
        }
        switch (event.head()) {
            case Text text -> {
                if (!text.text().isEmpty()) {
                    text(part, text.text(), false, drafts, event.choice(), Marks.NONE);
                }
                text.marks().seal().ifPresent(seal -> seal(part, seal, drafts, event.choice()));
            }
            case Refusal refusal -> {
                if (!refusal.text().isEmpty()) {
                    text(part, refusal.text(), false, drafts, event.choice(), Marks.NONE);
                }
            }
            case Reasoning thought -> {
                if (!thought.text().isEmpty()) {
                    text(part, thought.text(), true, drafts, event.choice(), Marks.NONE);
                }
                thought.marks().seal().ifPresent(seal -> seal(part, seal, drafts, event.choice()));
            }
            case Foreign foreign -> write(part, foreign, drafts.of(event.choice()));
            case ToolCall call -> part.gathered.append(call.arguments());
            case Media ignored -> {}
            case ToolResult ignored -> {}
        }
    }

    void grow(PartGrew event, CandidateDrafts drafts) {
        Open part = open.get(new Place(event.choice(), event.part()));
        if (part == null || ChunkForms.isSilent(event.beside())) {
            return;
        }
        Marks marks = Marks.of(event.beside());
        int choice = event.choice();
        switch (event.growth()) {
            case Growth.MoreText(String more) -> text(part, more, false, drafts, choice, marks);
            case Growth.MoreReasoning(String more, boolean summary, int section) -> {
                boolean other = section != part.section || summary != part.summary;
                boolean next = other && part.gathered.length() > 0;
                part.section = section;
                part.summary = summary;
                text(part, next ? "\n\n" + more : more, true, drafts, choice, marks);
            }
            case Growth.MoreArguments(String more) -> {
                if (ChunkForms.is(event.beside(), ChunkForms.PIECE)) {
                    JsonObject piece = new JsonObject();
                    piece.merge(event.beside().members());
                    drafts.of(choice).add(piece);
                } else {
                    part.gathered.append(more);
                }
            }
            case Growth.MoreMedia(String more) -> part.gathered.append(more);
            case Growth.Cited(var citation) -> {
                if (!Grounding.isDerived(citation)) {
                    part.cited.add(citation);
                }
            }
            case Growth.Sealed(Seal seal) -> seal(part, seal, drafts, choice);
            case Growth.MoreForeign ignored -> {}
        }
    }

    private static void text(
            Open part,
            String more,
            boolean thought,
            CandidateDrafts drafts,
            int choice,
            Marks marks) {
        part.gathered.append(more);
        if (more.isEmpty() && marks.beside().isEmpty() && !drafts.isOfGoogle(choice)) {
            return;
        }
        JsonObject object = new JsonObject().put("text", more);
        if (thought) {
            object.put("thought", true);
        }
        new Spelling(marks.beside()).rest(object);
        add(part, object, drafts, choice);
    }

    /** Onto the piece it came with, else onto a piece without text; calls and media wait. */
    private static void seal(Open part, Seal seal, CandidateDrafts drafts, int choice) {
        boolean thought = part.head instanceof Reasoning;
        if (!thought && !(part.head instanceof Text)) {
            part.head = part.head.withMarks(part.head.marks().withSeal(Optional.of(seal)));
            return;
        }
        JsonObject object = part.last;
        if (object == null || part.lastIn != drafts) {
            object = new JsonObject();
            if (!thought || !drafts.isOfGoogle(choice)) {
                object.put("text", "");
            }
            if (thought) {
                object.put("thought", true);
            }
            add(part, object, drafts, choice);
        }
        object.put("thoughtSignature", Signatures.ofSeal(seal));
    }

    private static void add(Open part, JsonObject object, CandidateDrafts drafts, int choice) {
        drafts.of(choice).add(object);
        part.last = object;
        part.lastIn = drafts;
    }

    void end(PartEnded event, CandidateDrafts drafts) {
        Open part = open.remove(new Place(event.choice(), event.part()));
        if (part != null && !part.cited.isEmpty()) {
            // Its places may lie in text that comes behind the citation.
            drafts.of(event.choice()).citations.addAll(part.cited);
            drafts.of(event.choice()).cited = part.gathered;
        }
        if (part == null || part.streamed) {
            return;
        }
        String gathered = part.gathered.toString();
        switch (part.head) {
            case ToolCall call ->
                    write(part, call.withArguments(gathered), drafts.of(event.choice()));
            case Media media -> write(part, whole(media, gathered), drafts.of(event.choice()));
            case ToolResult result -> write(part, result, drafts.of(event.choice()));
            case Text ignored -> {}
            case Refusal ignored -> {}
            case Reasoning ignored -> {}
            case Foreign ignored -> {}
        }
    }

    private static Media whole(Media media, String gathered) {
        return media.source() instanceof Media.Source.Inline begun
                ? media.withSource(
                        new Media.Source.Inline(begun.mediaType(), begun.base64() + gathered))
                : media;
    }

    private void write(Open part, Part whole, CandidateDrafts.Draft draft) {
        JsonObject written = PARTS.write(whole, ids);
        if (written != null) {
            draft.add(written);
            part.last = written;
        }
    }
}
