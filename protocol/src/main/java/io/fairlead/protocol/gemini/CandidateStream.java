package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.StreamEvent.PartEnded;
import io.fairlead.protocol.model.StreamEvent.PartGrew;
import io.fairlead.protocol.model.StreamEvent.PartStarted;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One candidate of a stream being read: text goes on as long as text comes, everything else is
 * whole when it comes, but for calls whose arguments come in pieces. Confined to one thread.
 */
final class CandidateStream {
    private enum Kind {
        NONE,
        TEXT,
        THOUGHT,
        CALL
    }

    private final int choice;
    private final PartReader reader;
    private final StringBuilder text = new StringBuilder();
    private List<StreamEvent> events = new ArrayList<>();
    private Kind open = Kind.NONE;
    private boolean sealed;
    private PartialArguments arguments = new PartialArguments();
    private int part = -1;
    private boolean calls;
    private boolean ended;

    CandidateStream(int choice, CallIds ids) {
        this.choice = choice;
        reader = new PartReader(ids);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Adds what this piece of the candidate says; first of all, what is beside it. */
    void read(ProtoFields candidate, List<StreamEvent> into) {
        events = into;
        int head = events.size();
        candidate.form(ChunkForms.CANDIDATE);
        for (ProtoFields piece : Candidates.partFields(candidate)) {
            if (open == Kind.CALL && isPiece(piece)) {
                arguments(piece);
            } else {
                read(reader.read(piece), piece);
            }
        }
        if (open == Kind.TEXT) {
            for (Citation citation : Grounding.read(candidate, new Utf8Places(text))) {
                grew(new Growth.Cited(citation), ChunkForms.SILENT);
            }
        }
        List<TokenLogProb> logProbs = LogProbs.read(candidate);
        if (!logProbs.isEmpty()) {
            events.add(new StreamEvent.LogProbsKnown(choice, logProbs, ChunkForms.SILENT));
        }
        if (!ended) {
            GeminiFinish.read(candidate, calls)
                    .ifPresent(finish -> {
                        close();
                        ended = true;
                        events.add(new StreamEvent.ChoiceEnded(choice, finish, Beside.NONE));
                    });
        }
        events.add(head, new StreamEvent.Other(candidate.rest()));
    }

    private void read(Part read, ProtoFields piece) {
        switch (read) {
            case Text words -> text(words, piece);
            case Reasoning thought -> thought(thought);
            case ToolCall call -> call(call, piece);
            case Media media -> media(media);
            case Foreign whole -> whole(whole);
            case ToolResult whole -> whole(whole);
            case Refusal whole -> whole(whole);
        }
    }

    private void text(Text words, ProtoFields piece) {
        boolean goesOn = open == Kind.TEXT && !sealed;
        if (!goesOn && words.text().isEmpty() && words.marks().seal().isEmpty()) {
            // A part of its own would be an empty one.
            piece.form(ChunkForms.PART);
            Beside beside =
                    new Beside(
                            Optional.of(ProtoFields.ORIGIN),
                            membersOf(piece.whole()),
                            java.util.Set.of(ChunkForms.PART));
            events.add(new StreamEvent.Other(beside));
            return;
        }
        if (!goesOn) {
            text.setLength(0);
            start(Text.of(""), Kind.TEXT, Beside.NONE);
        }
        text.append(words.text());
        grew(new Growth.MoreText(words.text()), words.marks().beside());
        seal(words.marks());
    }

    private void thought(Reasoning thought) {
        if (open != Kind.THOUGHT || sealed) {
            start(new Reasoning(List.of(), List.of(), Marks.NONE), Kind.THOUGHT, Beside.NONE);
        }
        if (!thought.content().isEmpty()) {
            String more = thought.content().getFirst();
            grew(new Growth.MoreReasoning(more, false, 0), thought.marks().beside());
        }
        seal(thought.marks());
    }

    private void seal(Marks marks) {
        if (marks.seal().isPresent()) {
            sealed = true;
            grew(new Growth.Sealed(marks.seal().get()), Beside.NONE);
        }
    }

    private void call(ToolCall call, ProtoFields piece) {
        calls = true;
        Json function = piece.peek("functionCall").orElse(Json.EMPTY_OBJECT);
        boolean streamed =
                function.get("willContinue").filter(Json.TRUE::equals).isPresent()
                        || function.get("partialArgs").isPresent();
        if (!streamed) {
            start(call.withArguments(""), Kind.CALL, Beside.NONE);
            if (!call.arguments().isEmpty()) {
                grew(new Growth.MoreArguments(call.arguments()), Beside.NONE);
            }
            close();
            return;
        }
        start(call, Kind.CALL, ChunkForms.form(ChunkForms.STREAMED));
        arguments = new PartialArguments();
        String more = added(function);
        if (!more.isEmpty()) {
            grew(new Growth.MoreArguments(more), ChunkForms.SILENT);
        }
        if (function.get("willContinue").filter(Json.TRUE::equals).isEmpty()) {
            close();
        }
    }

    /** Whether this is a call without a name: the next piece of the one that is open. */
    private static boolean isPiece(ProtoFields piece) {
        Optional<Json> function = piece.peek("functionCall").filter(Json::isObject);
        return function.isPresent() && function.get().get("name").isEmpty();
    }

    private void arguments(ProtoFields piece) {
        Json function = piece.peek("functionCall").orElse(Json.EMPTY_OBJECT);
        Beside beside =
                new Beside(
                        Optional.of(ProtoFields.ORIGIN),
                        membersOf(piece.whole()),
                        java.util.Set.of(ChunkForms.PIECE));
        grew(new Growth.MoreArguments(added(function)), beside);
        if (function.get("willContinue").filter(Json.TRUE::equals).isEmpty()) {
            close();
        }
    }

    private String added(Json function) {
        StringBuilder more = new StringBuilder();
        for (Json partial : function.get("partialArgs").orElse(Json.EMPTY_ARRAY).elements()) {
            more.append(arguments.add(partial));
        }
        return more.toString();
    }

    private void media(Media media) {
        if (media.source() instanceof Media.Source.Inline inline) {
            start(
                    media.withSource(new Media.Source.Inline(inline.mediaType(), "")),
                    Kind.NONE,
                    Beside.NONE);
            grew(new Growth.MoreMedia(inline.base64()), Beside.NONE);
            events.add(new PartEnded(choice, part, Beside.NONE));
        } else {
            whole(media);
        }
    }

    private void whole(Part whole) {
        start(whole, Kind.NONE, Beside.NONE);
        events.add(new PartEnded(choice, part, Beside.NONE));
    }

    private void start(Part head, Kind kind, Beside beside) {
        close();
        part++;
        open = kind;
        sealed = false;
        events.add(new PartStarted(choice, part, head, beside));
    }

    private void grew(Growth growth, Beside beside) {
        events.add(new PartGrew(choice, part, growth, beside));
    }

    private void close() {
        if (open == Kind.CALL) {
            String rest = arguments.end();
            if (!rest.isEmpty()) {
                grew(new Growth.MoreArguments(rest), ChunkForms.SILENT);
            }
            arguments = new PartialArguments();
        }
        if (open != Kind.NONE) {
            events.add(new PartEnded(choice, part, Beside.NONE));
            open = Kind.NONE;
        }
    }

    private static java.util.Map<String, Json> membersOf(Json object) {
        java.util.Map<String, Json> members = new java.util.LinkedHashMap<>();
        object.members().forEach(member -> members.put(member.name(), member.value()));
        return members;
    }
}
