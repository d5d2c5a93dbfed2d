package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.ChoiceEnded;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.StreamEvent.PartEnded;
import io.fairlead.protocol.model.StreamEvent.PartGrew;
import io.fairlead.protocol.model.StreamEvent.PartStarted;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link AnswerUnwrapped} does with one choice of a streamed answer. Texts are held back until
 * it is known whether the answer comes as a call, in which case they are left out. Confined to one
 * thread.
 */
final class AnswerUnwrappedStream {
    private final AnswerUnwrapped answer;

    /** New numbers of parts by the provider's. */
    private final Map<Integer, Integer> numbers = new HashMap<>();

    private final List<StreamEvent> held = new ArrayList<>();
    private final Set<Integer> texts = new HashSet<>();
    private int answerPart = -1;
    private Optional<MemberStream> member = Optional.empty();
    private boolean grew;
    private boolean calls;

    AnswerUnwrappedStream(AnswerUnwrapped answer) {
        this.answer = answer;
    }

    void on(PartStarted started, List<StreamEvent> out) {
        if (started.head() instanceof Text) {
            texts.add(started.part());
            hold(started);
        } else if (answer.isAnswer(started.head())) {
            held.clear();
            if (answerPart < 0) {
                answerPart = started.part();
                member = answer.memberStream();
                Text text = new Text("", List.of(), started.head().marks());
                start(started.choice(), started.part(), text, started.beside(), out);
            }
        } else {
            if (started.head() instanceof ToolCall) {
                calls = true;
                // What was said led to this call.
                release(out);
            }
            start(started.choice(), started.part(), started.head(), started.beside(), out);
        }
    }

    private void start(
            int choice,
            int part,
            io.fairlead.protocol.model.Part head,
            Beside beside,
            List<StreamEvent> out) {
        int number = numbers.size();
        numbers.put(part, number);
        out.add(new PartStarted(choice, number, head, beside));
    }

    void on(PartGrew more, List<StreamEvent> out) {
        if (texts.contains(more.part())) {
            hold(more);
            return;
        }
        Integer number = numbers.get(more.part());
        if (number == null) {
            return;
        }
        if (more.part() == answerPart
                && more.growth() instanceof Growth.MoreArguments(String piece)) {
            say(more.choice(), number, member.map(m -> m.feed(piece)).orElse(piece), out);
        } else {
            out.add(new PartGrew(more.choice(), number, more.growth(), more.beside()));
        }
    }

    private void say(int choice, int number, String text, List<StreamEvent> out) {
        if (!text.isEmpty()) {
            grew = true;
            out.add(new PartGrew(choice, number, new Growth.MoreText(text), Beside.NONE));
        }
    }

    void on(PartEnded ended, List<StreamEvent> out) {
        if (texts.contains(ended.part())) {
            hold(ended);
            return;
        }
        Integer number = numbers.get(ended.part());
        if (number == null) {
            return;
        }
        if (ended.part() == answerPart) {
            say(ended.choice(), number, member.map(MemberStream::end).orElse(""), out);
            say(ended.choice(), number, grew ? "" : "{}", out);
        }
        out.add(new PartEnded(ended.choice(), number, ended.beside()));
    }

    void on(ChoiceEnded ended, List<StreamEvent> out) {
        release(out);
        boolean stop = answerPart >= 0 && !calls;
        out.add(
                stop
                        ? new ChoiceEnded(
                                ended.choice(),
                                AnswerUnwrapped.stopped(ended.finish()),
                                ended.beside())
                        : ended);
    }

    private void hold(StreamEvent event) {
        if (answerPart < 0) {
            held.add(event);
        }
    }

    /** A part that has started: its number here. */
    private int number(int part) {
        return Objects.requireNonNull(numbers.get(part));
    }

    /** The answer did not come as a call: what was said is what there is. */
    void release(List<StreamEvent> out) {
        for (StreamEvent event : held) {
            switch (event) {
                case PartStarted(int choice, int part, var head, Beside beside) ->
                        start(choice, part, head, beside, out);
                case PartGrew(int choice, int part, Growth growth, Beside beside) ->
                        out.add(new PartGrew(choice, number(part), growth, beside));
                case PartEnded(int choice, int part, Beside beside) ->
                        out.add(new PartEnded(choice, number(part), beside));
                case StreamEvent.Started ignored -> {}
                case ChoiceEnded ignored -> {}
                case StreamEvent.LogProbsKnown ignored -> {}
                case StreamEvent.UsageKnown ignored -> {}
                case StreamEvent.Failed ignored -> {}
                case StreamEvent.Ended ignored -> {}
                case StreamEvent.Other ignored -> {}
            }
        }
        held.clear();
        texts.clear();
    }
}
