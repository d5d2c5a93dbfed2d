package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.SealedState.Thought;
import io.fairlead.protocol.json.ByteMark;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;

/**
 * Opaque state that travels with tool calls, through clients that bring back nothing else: in their
 * ids (the call's own id, a mark, and the {@link SealedState}), or as a seal of our own in the
 * place of the call's. {@link SealedIdsOut} puts it there. What comes back goes to its place in the
 * conversation, and providers see only plain ids; state of an owner they can't read is taken off
 * like any other ({@link SealRewrites}). Stateless: any thread.
 */
public final class SealedIds {
    /** Stands between an id and the state; the digit is the version. */
    static final String MARK = "_fls1_";

    /** Who owns a seal that is the state of a call and of the reasoning before it. */
    private static final String OWNER = "fairlead";

    private static final ByteMark IN_BYTES = new ByteMark(MARK);

    /** More is not unpacked for one request. */
    private static final int MOST_STATE = 4 * 1024 * 1024;

    private SealedIds() {}

    /** The id without state. */
    public static String plain(String id) {
        int mark = id.indexOf(MARK);
        return mark <= 0 ? id : id.substring(0, mark);
    }

    /** State in the place of a call's own seal. */
    static Seal seal(String state) {
        return Seal.signature(OWNER, state);
    }

    private static boolean isOurs(ToolCall call) {
        return call.marks().seal().isPresent() && call.marks().seal().get().owner().equals(OWNER);
    }

    /**
     * Takes state out of all ids and seals, and puts it where it belongs. Where the client sent
     * sealed reasoning or a call's seal itself, that is what counts.
     */
    public static ChatRequest unpacked(ChatRequest request) {
        return holdsState(request) ? new Unpacking(request).unpacked() : request;
    }

    /** Whether state can be in ids of a request, as its bytes say. */
    public static boolean maybeIn(byte[] body) {
        return IN_BYTES.isIn(body);
    }

    /** As {@link #maybeIn(byte[])}, of what was read: cheaper. */
    public static boolean maybeIn(Json body) {
        return body.hasId(IN_BYTES);
    }

    private static boolean holdsState(ChatRequest request) {
        for (Turn turn : request.turns()) {
            for (Part part : turn.parts()) {
                boolean held =
                        switch (part) {
                            case ToolCall call -> call.id().indexOf(MARK) > 0 || isOurs(call);
                            case ToolResult result -> result.callId().indexOf(MARK) > 0;
                            default -> false;
                        };
                if (held) {
                    return true;
                }
            }
        }
        return false;
    }

    /** One request being unpacked. Confined to one thread. */
    private static final class Unpacking {
        private final ChatRequest request;
        private final List<List<Part>> parts = new ArrayList<>();

        /** Where the parts since the last call of this side begin: turn, and place in it. */
        private int turn;

        private int place;
        private int budget = MOST_STATE;

        Unpacking(ChatRequest request) {
            this.request = request;
        }

        ChatRequest unpacked() {
            List<Turn> turns = request.turns();
            for (int i = 0; i < turns.size(); i++) {
                if (i > 0 && turns.get(i).role() != turns.get(i - 1).role()) {
                    turn = i;
                    place = 0;
                }
                boolean assistant = turns.get(i).role() == Role.ASSISTANT;
                parts.add(new ArrayList<>(turns.get(i).parts().size() + 2));
                for (Part part : turns.get(i).parts()) {
                    switch (part) {
                        case ToolCall call when assistant -> call(call);
                        case ToolCall call -> parts.getLast().add(call.withId(plain(call.id())));
                        case ToolResult result ->
                                parts.getLast().add(result.withCallId(plain(result.callId())));
                        default -> parts.getLast().add(part);
                    }
                }
            }
            List<Turn> made = new ArrayList<>(turns.size());
            for (int i = 0; i < turns.size(); i++) {
                made.add(turns.get(i).withParts(parts.get(i)));
            }
            return request.withTurns(made);
        }

        private void call(ToolCall call) {
            String id = plain(call.id());
            ToolCall now = call.withId(id);
            SealedState state = SealedState.NONE;
            if (isOurs(call)) {
                state = read(call.marks().seal().get().data());
                now = now.withMarks(call.marks().withSeal(state.call()));
            } else if (id.length() < call.id().length()) {
                state = read(call.id().substring(id.length() + MARK.length()));
                if (call.marks().seal().isEmpty() && state.call().isPresent()) {
                    now = now.withMarks(call.marks().withSeal(state.call()));
                }
            }
            // A client that brings seals of thoughts back may have mixed them up.
            int own = sealedReasoningSince();
            if (isOurs(call) ? own <= state.thoughts().size() : own == 0) {
                restore(state.thoughts());
            }
            parts.getLast().add(now);
            turn = parts.size() - 1;
            place = parts.getLast().size();
        }

        private SealedState read(String text) {
            budget -= text.length();
            return budget < 0 ? SealedState.NONE : SealedState.read(text);
        }

        private int sealedReasoningSince() {
            int count = 0;
            for (int i = turn; i < parts.size(); i++) {
                List<Part> those = parts.get(i);
                for (Part part : those.subList(i == turn ? place : 0, those.size())) {
                    if (part instanceof Reasoning && part.marks().seal().isPresent()) {
                        count++;
                    }
                }
            }
            return count;
        }

        /** The thoughts take the place of what the client repeats of them without a seal. */
        private void restore(List<Thought> thoughts) {
            if (thoughts.isEmpty()) {
                return;
            }
            int next = 0;
            int others = 0;
            for (int i = turn; i < parts.size(); i++) {
                List<Part> now = new ArrayList<>();
                List<Part> those = parts.get(i);
                int from = i == turn ? place : 0;
                now.addAll(those.subList(0, from));
                for (Part part : those.subList(from, those.size())) {
                    if (part instanceof Reasoning) {
                        continue;
                    }
                    while (next < thoughts.size() && thoughts.get(next).after() <= others) {
                        now.add(thoughts.get(next++).reasoning());
                    }
                    now.add(part);
                    others++;
                }
                parts.set(i, now);
            }
            while (next < thoughts.size()) {
                parts.getLast().add(thoughts.get(next++).reasoning());
            }
        }
    }
}
