package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One choice of a stream that is read. Text, refusal and thoughts follow each other: one ends where
 * another kind begins. Calls have numbers of their own, and may grow by turns. Confined to one
 * thread.
 */
final class ChoiceReader {
    /** What the part that grows now is. */
    private enum Kind {
        NOTHING,
        TEXT,
        REFUSAL,
        REASONING
    }

    private final int index;
    private final Dialect dialect;
    private final LogProbsForm logProbs;
    private final DeltaReasoning thoughts;
    private final CallsReader calls;
    private final DeltaMedia media;
    private int parts;
    private int open = -1;
    private Kind kind = Kind.NOTHING;
    private boolean ended;

    ChoiceReader(int index, Dialect dialect) {
        this.index = index;
        this.dialect = dialect;
        this.logProbs = new LogProbsForm(dialect);
        this.thoughts = new DeltaReasoning(dialect);
        this.calls = new CallsReader(this, dialect);
        this.media = new DeltaMedia(this, dialect);
    }

    boolean ended() {
        return ended;
    }

    int index() {
        return index;
    }

    /** The number of the next part. */
    int nextPart() {
        return parts++;
    }

    void read(Fields choice, List<StreamEvent> events) {
        Optional<Fields> delta = choice.object("delta");
        if (delta.isPresent() && !ended) {
            Fields said = delta.get();
            for (DeltaReasoning.Step step : thoughts.read(said)) {
                grow(Kind.REASONING, step.growth(), events, step.beside());
            }
            content(said, events);
            Own.words(said, "refusal")
                    .ifPresent(text ->
                            grow(
                                    Kind.REFUSAL,
                                    new Growth.MoreText(text),
                                    events,
                                    Own.form(dialect.protocol(), OwnChunk.REFUSAL)));
            media.read(said, events);
            for (Citation citation : Annotations.read(said, dialect)) {
                grow(Kind.TEXT, new Growth.Cited(citation), events, Beside.NONE);
            }
            calls.read(said, events);
        }
        List<TokenLogProb> tokens = logProbs.read(choice);
        if (!tokens.isEmpty()) {
            events.add(new StreamEvent.LogProbsKnown(index, tokens, Beside.NONE));
        }
        if (!ended) {
            Own.words(choice, "finish_reason").ifPresent(word -> finish(word, events));
        }
    }

    private void content(Fields delta, List<StreamEvent> events) {
        Optional<Json> content = delta.peek("content");
        if (content.isPresent() && content.get().isArray()) {
            for (Part part : new PartReader(dialect).readAll(delta, "content")) {
                switch (part) {
                    case Text text ->
                            grow(
                                    Kind.TEXT,
                                    new Growth.MoreText(text.text()),
                                    events,
                                    Own.forms(dialect.protocol(), MessageReader.PARTS));
                    case Reasoning reasoning ->
                            grow(
                                    Kind.REASONING,
                                    new Growth.MoreReasoning(reasoning.text(), false, 0),
                                    events,
                                    inParts(reasoning));
                    default -> whole(part, Beside.NONE, events);
                }
            }
            return;
        }
        Own.words(delta, "content")
                .ifPresent(text -> grow(Kind.TEXT, new Growth.MoreText(text), events, Beside.NONE));
    }

    private Beside inParts(Part part) {
        return new Beside(
                Optional.of(dialect.protocol()),
                part.marks().beside().of(dialect.protocol()),
                Set.of(MessageReader.PARTS));
    }

    /** A part that comes at once. */
    void whole(Part part, Beside beside, List<StreamEvent> events) {
        close(events);
        int number = nextPart();
        events.add(new StreamEvent.PartStarted(index, number, part, beside));
        events.add(new StreamEvent.PartEnded(index, number, Beside.NONE));
    }

    private void grow(Kind wanted, Growth growth, List<StreamEvent> events, Beside beside) {
        if (kind != wanted) {
            close(events);
            open = nextPart();
            kind = wanted;
            Part head =
                    switch (wanted) {
                        case REFUSAL -> Refusal.of("");
                        case REASONING -> new Reasoning(List.of(), List.of(), Marks.NONE);
                        case TEXT, NOTHING -> Text.of("");
                    };
            events.add(new StreamEvent.PartStarted(index, open, head, Beside.NONE));
        }
        events.add(new StreamEvent.PartGrew(index, open, growth, beside));
    }

    /** Ends what grows, calls aside. */
    void close(List<StreamEvent> events) {
        if (open >= 0) {
            events.add(new StreamEvent.PartEnded(index, open, Beside.NONE));
            open = -1;
            kind = Kind.NOTHING;
        }
    }

    void closeAll(List<StreamEvent> events) {
        close(events);
        media.close(events);
        calls.close(events);
    }

    private void finish(String word, List<StreamEvent> events) {
        closeAll(events);
        ended = true;
        events.add(
                new StreamEvent.ChoiceEnded(
                        index, FinishWords.read(word, calls.any()), Beside.NONE));
    }
}
