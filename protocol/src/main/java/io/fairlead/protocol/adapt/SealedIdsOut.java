package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.SealedState.Thought;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.StreamEvent.PartEnded;
import io.fairlead.protocol.model.StreamEvent.PartGrew;
import io.fairlead.protocol.model.StreamEvent.PartStarted;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the opaque state of an answer into the ids of its tool calls, or into their seals ({@link
 * SealedIds}). In a stream an id is sent when its call begins, so it takes along what is known by
 * then; a seal that comes in the same message as the call is known. Confined to one thread, one for
 * each answer.
 */
public final class SealedIdsOut implements AnswerRewrite {
    /** What of the state the client's protocol has no place for. */
    public enum Load {
        /** All of it: the client may bring back nothing but ids. */
        ALL,
        /** Seals of calls; reasoning finds its own way. */
        CALL_SEALS,
        /** All of it, as the seal of the call: the client may bring back no thoughts. */
        ALL_AS_SEAL
    }

    private final Load load;
    private final Map<Integer, Side> sides = new HashMap<>();

    public SealedIdsOut(Load load) {
        this.load = load;
    }

    @Override
    public ChatAnswer apply(ChatAnswer answer) {
        List<Choice> choices = new ArrayList<>(answer.choices().size());
        boolean changed = false;
        for (Choice choice : answer.choices()) {
            Side side = new Side();
            List<Part> parts = new ArrayList<>(choice.parts().size());
            boolean other = false;
            for (Part part : choice.parts()) {
                Part now = part instanceof ToolCall call ? side.packed(call) : part;
                if (part instanceof Reasoning reasoning) {
                    side.thought(reasoning);
                } else if (!(part instanceof ToolCall)) {
                    side.others++;
                }
                other |= !Identity.same(now, part);
                parts.add(now);
            }
            changed |= other;
            choices.add(other ? choice.withParts(parts) : choice);
        }
        return changed ? answer.withChoices(choices) : answer;
    }

    @Override
    public Batch apply(Batch batch) {
        List<StreamEvent> events = batch.events();
        List<StreamEvent> changed = null;
        for (int i = 0; i < events.size(); i++) {
            StreamEvent event = events.get(i);
            StreamEvent now = event;
            switch (event) {
                case PartStarted started -> now = started(started, events, i);
                case PartGrew grew -> side(grew.choice()).grew(grew.part(), grew.growth());
                case PartEnded ended -> side(ended.choice()).ended(ended.part());
                default -> {}
            }
            if (!Identity.same(now, event) && changed == null) {
                changed = new ArrayList<>(events);
            }
            if (changed != null) {
                changed.set(i, now);
            }
        }
        return changed == null ? batch : new Batch(changed, batch.beside());
    }

    private Side side(int choice) {
        return sides.computeIfAbsent(choice, ignored -> new Side());
    }

    private PartStarted started(PartStarted started, List<StreamEvent> events, int at) {
        Side side = side(started.choice());
        switch (started.head()) {
            case Reasoning reasoning -> side.open.put(started.part(), new Open(reasoning));
            case ToolCall call -> {
                Optional<Seal> seal = call.marks().seal().or(() -> laterSeal(started, events, at));
                ToolCall now = side.packed(call.withMarks(call.marks().withSeal(seal)));
                if (load == Load.ALL_AS_SEAL || !now.id().equals(call.id())) {
                    return new PartStarted(
                            started.choice(),
                            started.part(),
                            load == Load.ALL_AS_SEAL ? now : call.withId(now.id()),
                            started.beside());
                }
            }
            default -> side.others++;
        }
        return started;
    }

    private static Optional<Seal> laterSeal(PartStarted started, List<StreamEvent> events, int at) {
        for (StreamEvent event : events.subList(at + 1, events.size())) {
            if (event instanceof PartGrew grew
                    && grew.choice() == started.choice()
                    && grew.part() == started.part()
                    && grew.growth() instanceof Growth.Sealed(Seal seal)) {
                return Optional.of(seal);
            }
        }
        return Optional.empty();
    }

    /** Reasoning that is being streamed. */
    private static final class Open {
        private final List<StringBuilder> content = new ArrayList<>();
        private final List<StringBuilder> summary = new ArrayList<>();
        private Optional<Seal> seal;
        private int size;

        Open(Reasoning head) {
            head.content().forEach(text -> content.add(new StringBuilder(text)));
            head.summary().forEach(text -> summary.add(new StringBuilder(text)));
            seal = head.marks().seal();
        }

        void grew(Growth growth) {
            switch (growth) {
                case Growth.MoreReasoning more -> {
                    List<StringBuilder> sections = more.summary() ? summary : content;
                    int section = Math.clamp(more.section(), 0, sections.size());
                    if (section == sections.size()) {
                        sections.add(new StringBuilder());
                    }
                    size += more.text().length();
                    // What is too long for an id need not be kept to the end.
                    if (size <= 8 * SealedState.LONGEST) {
                        sections.get(section).append(more.text());
                    }
                }
                case Growth.Sealed(Seal given) -> seal = Optional.of(given);
                default -> {}
            }
        }

        Reasoning whole() {
            Optional<Seal> useful = size <= 8 * SealedState.LONGEST ? seal : Optional.empty();
            return new Reasoning(
                    content.stream().map(StringBuilder::toString).toList(),
                    summary.stream().map(StringBuilder::toString).toList(),
                    useful.isEmpty()
                            ? Marks.NONE
                            : Marks.of(useful, io.fairlead.protocol.model.Beside.NONE));
        }
    }

    /** One choice: what has been thought and said since its last call. */
    private final class Side {
        private final Map<Integer, Open> open = new HashMap<>();
        private List<Thought> thoughts = new ArrayList<>();
        private int others;

        void grew(int part, Growth growth) {
            Open growing = open.get(part);
            if (growing != null) {
                growing.grew(growth);
            }
        }

        void ended(int part) {
            Open ended = open.remove(part);
            if (ended != null) {
                thought(ended.whole());
            }
        }

        void thought(Reasoning reasoning) {
            if (load != Load.CALL_SEALS && reasoning.marks().seal().isPresent()) {
                thoughts.add(new Thought(others, reasoning));
            }
        }

        ToolCall packed(ToolCall call) {
            SealedState state = new SealedState(call.marks().seal(), thoughts);
            thoughts = new ArrayList<>();
            others = 0;
            boolean asSeal = load == Load.ALL_AS_SEAL;
            boolean needless = asSeal ? state.thoughts().isEmpty() : state.isEmpty();
            String text = needless ? "" : state.write();
            if (text.isEmpty()) {
                return call;
            }
            if (asSeal) {
                return call.withMarks(call.marks().withSeal(Optional.of(SealedIds.seal(text))));
            }
            String id = SealedIds.plain(call.id());
            return call.withId((id.isEmpty() ? made(text) : id) + SealedIds.MARK + text);
        }

        /** An id for calls that have none; the state is like no other, so the id is. */
        private static String made(String text) {
            long hash = 1125899906842597L;
            for (int i = 0; i < text.length(); i++) {
                hash = 31 * hash + text.charAt(i);
            }
            return "call_" + Long.toHexString(hash);
        }
    }
}
