package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Brings turns into the order and shape that a protocol takes. Stateless: any thread. */
public final class TurnRewrites {
    /** Said by the user where the conversation must not begin with the assistant. */
    static final String BEGINNING = "(The conversation begins.)";

    /** Said by the user where the conversation must not end with the assistant. */
    static final String GO_ON =
            "Continue your last message exactly where it ends, without repeating any of it.";

    /** Said where something must be said and nothing was. */
    static final String NOTHING = "(no text)";

    private TurnRewrites() {}

    /** For SYSTEM_MIDWAY: all instructions stand before the conversation, in their order. */
    public static Rewrite mergedIntoFirst() {
        return (request, model) -> {
            List<Turn> turns = new ArrayList<>(request.turns().size());
            for (Turn turn : request.turns()) {
                if (turn.role().instructs()) {
                    turns.add(turn);
                }
            }
            for (Turn turn : request.turns()) {
                if (!turn.role().instructs()) {
                    turns.add(turn);
                }
            }
            return turns.equals(request.turns()) ? request : request.withTurns(turns);
        };
    }

    /**
     * For SYSTEM_MIDWAY: an instruction amid the conversation is said by the user where it stands,
     * marked as what it is.
     */
    public static Rewrite asUserText() {
        return (request, model) -> {
            List<Turn> turns = new ArrayList<>(request.turns().size());
            boolean talk = false;
            boolean changed = false;
            for (Turn turn : request.turns()) {
                boolean instructs = turn.role().instructs();
                talk |= !instructs;
                changed |= instructs && talk;
                turns.add(instructs && talk ? marked(turn) : turn);
            }
            return changed ? request.withTurns(turns) : request;
        };
    }

    private static Turn marked(Turn turn) {
        List<Part> parts = new ArrayList<>(turn.parts().size());
        for (Part part : turn.parts()) {
            parts.add(
                    part instanceof Text text && !text.words().isBlank()
                            ? text.withText("<system>\n" + text.text() + "\n</system>")
                            : part);
        }
        return turn.withRole(Role.USER).withParts(parts);
    }

    /** For DEVELOPER: it is the system that says it. */
    public static Rewrite developerAsSystem() {
        return each(turn -> turn.role() == Role.DEVELOPER, turn -> turn.withRole(Role.SYSTEM));
    }

    /** For NO_USER_TURN: the last instruction is said by the user. */
    public static Rewrite lastSystemAsUser() {
        return (request, model) -> {
            List<Turn> turns = new ArrayList<>(request.turns());
            for (Turn turn : turns) {
                if (!turn.role().instructs()) {
                    return request;
                }
            }
            turns.add(
                    turns.isEmpty()
                            ? Turn.of(Role.USER, Text.of(NOTHING))
                            : turns.removeLast().withRole(Role.USER));
            return request.withTurns(turns);
        };
    }

    /** For CONSECUTIVE_ROLES: neighbours become one turn. */
    public static Rewrite rolesMerged() {
        return (request, model) -> {
            List<Turn> turns = new ArrayList<>(request.turns().size());
            for (Turn turn : request.turns()) {
                Turn last = turns.isEmpty() ? null : turns.getLast();
                if (last == null || last.role() != turn.role() || turn.role().instructs()) {
                    turns.add(turn);
                } else {
                    boolean same = last.name().equals(turn.name());
                    Turn first = same ? last : named(last);
                    List<Part> both = new ArrayList<>(first.parts());
                    both.addAll(same ? turn.parts() : named(turn).parts());
                    turns.set(turns.size() - 1, first.withParts(both));
                }
            }
            return turns.size() == request.turns().size() ? request : request.withTurns(turns);
        };
    }

    /**
     * For EMPTY_CONTENT: texts and turns that say nothing are left out; if nobody says anything, a
     * user turn stays and says so.
     */
    public static Rewrite emptyLeftOut() {
        return (request, model) -> {
            ChatRequest without =
                    PartRewrite.everywhere(
                            request, part -> FeatureScan.isBlank(part) ? null : part);
            List<Turn> turns = new ArrayList<>(without.turns().size());
            boolean talk = false;
            boolean talked = false;
            for (Turn turn : without.turns()) {
                talked |= !turn.role().instructs();
                if (!turn.parts().isEmpty()) {
                    talk |= !turn.role().instructs();
                    turns.add(turn);
                }
            }
            if (talked && !talk) {
                turns.add(Turn.of(Role.USER, Text.of(NOTHING)));
            }
            return turns.equals(request.turns()) ? request : request.withTurns(turns);
        };
    }

    /** For ASSISTANT_FIRST: the user begins. */
    public static Rewrite userFirst() {
        return (request, model) -> {
            List<Turn> turns = new ArrayList<>(request.turns());
            for (int i = 0; i < turns.size(); i++) {
                Role role = turns.get(i).role();
                if (role == Role.ASSISTANT) {
                    turns.add(i, Turn.of(Role.USER, Text.of(BEGINNING)));
                    return request.withTurns(turns);
                }
                if (role == Role.USER) {
                    return request;
                }
            }
            return request;
        };
    }

    /** For ASSISTANT_LAST: the user asks to go on. */
    public static Rewrite userLast() {
        return (request, model) -> {
            for (Turn turn : request.turns().reversed()) {
                if (turn.role() == Role.USER) {
                    return request;
                }
                if (turn.role() == Role.ASSISTANT) {
                    List<Turn> turns = new ArrayList<>(request.turns());
                    turns.add(Turn.of(Role.USER, Text.of(GO_ON)));
                    return request.withTurns(turns);
                }
            }
            return request;
        };
    }

    /** For PARTICIPANT_NAME: the name stands before what is said. */
    public static Rewrite nameBeforeText() {
        return each(turn -> turn.name().isPresent(), TurnRewrites::named);
    }

    private static Turn named(Turn turn) {
        if (turn.name().isEmpty()) {
            return turn;
        }
        String prefix = turn.name().get() + ": ";
        List<Part> parts = new ArrayList<>(turn.parts());
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Text text) {
                parts.set(i, text.withText(prefix + text.text()));
                return turn.withoutName().withParts(parts);
            }
        }
        return turn.withoutName();
    }

    /** For REFUSAL: what the model declined with is its text. */
    public static Rewrite refusalAsText() {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof Refusal refusal
                                        ? new Text(refusal.text(), List.of(), refusal.marks())
                                        : part);
    }

    private static Rewrite each(Predicate<Turn> concerned, UnaryOperator<Turn> change) {
        return (request, model) -> {
            List<Turn> turns = new ArrayList<>(request.turns().size());
            boolean changed = false;
            for (Turn turn : request.turns()) {
                boolean now = concerned.test(turn);
                changed |= now;
                turns.add(now ? change.apply(turn) : turn);
            }
            return changed ? request.withTurns(turns) : request;
        };
    }

    /** The request with one more instruction behind those it begins with. */
    static ChatRequest instructed(ChatRequest request, String instruction) {
        List<Turn> turns = new ArrayList<>(request.turns());
        int leading = 0;
        while (leading < turns.size() && turns.get(leading).role().instructs()) {
            leading++;
        }
        Text text = Text.of(instruction);
        if (leading == 0) {
            turns.addFirst(Turn.of(Role.SYSTEM, text));
        } else {
            Turn last = turns.get(leading - 1);
            List<Part> parts = new ArrayList<>(last.parts());
            parts.add(text);
            turns.set(leading - 1, last.withParts(parts));
        }
        return request.withTurns(turns);
    }
}
