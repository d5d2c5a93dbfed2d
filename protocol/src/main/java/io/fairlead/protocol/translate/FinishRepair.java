package io.fairlead.protocol.translate;

import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Decides by the presence of calls, not by the provider's word, whether an answer ended with tool
 * calls; and gives a streamed choice an end where the provider ends the answer without one. One for
 * each answer; confined to one thread.
 */
final class FinishRepair {
    /** More choices than these are not looked after. */
    private static final int MOST_CHOICES = 128;

    private final BitSet calling = new BitSet();
    private final BitSet open = new BitSet();

    ChatAnswer apply(ChatAnswer answer) {
        List<Choice> choices = new ArrayList<>(answer.choices().size());
        for (Choice choice : answer.choices()) {
            choices.add(
                    choice.callsTools()
                            ? choice.withFinish(choice.finish().map(FinishRepair::withCalls))
                            : choice);
        }
        return answer.withChoices(choices);
    }

    Batch apply(Batch batch) {
        List<StreamEvent> changed = null;
        for (int i = 0; i < batch.events().size(); i++) {
            StreamEvent event = batch.events().get(i);
            switch (event) {
                case StreamEvent.PartStarted started when started.choice() < MOST_CHOICES -> {
                    open.set(started.choice());
                    if (started.head() instanceof ToolCall) {
                        calling.set(started.choice());
                    }
                }
                case StreamEvent.ChoiceEnded ended when ended.choice() < MOST_CHOICES -> {
                    open.clear(ended.choice());
                    if (calling.get(ended.choice())) {
                        changed = changed == null ? new ArrayList<>(batch.events()) : changed;
                        changed.set(
                                i,
                                new StreamEvent.ChoiceEnded(
                                        ended.choice(), withCalls(ended.finish()), ended.beside()));
                    }
                }
                case StreamEvent.Ended ignored when !open.isEmpty() -> {
                    changed = changed == null ? new ArrayList<>(batch.events()) : changed;
                    changed.addAll(changed.size() - (batch.events().size() - i), ends());
                }
                default -> {}
            }
        }
        return changed == null ? batch : new Batch(changed, batch.beside());
    }

    /** The ends that the provider did not say, of choices whose parts it has told. */
    private List<StreamEvent> ends() {
        List<StreamEvent> ends = new ArrayList<>();
        for (int choice = open.nextSetBit(0); choice >= 0; choice = open.nextSetBit(choice + 1)) {
            Finish.Reason reason =
                    calling.get(choice) ? Finish.Reason.TOOL_CALLS : Finish.Reason.STOP;
            ends.add(new StreamEvent.ChoiceEnded(choice, Finish.of(reason, ""), Beside.NONE));
        }
        open.clear();
        return ends;
    }

    /** Broken off is broken off, with calls or without. */
    private static Finish withCalls(Finish finish) {
        return switch (finish.reason()) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, OTHER ->
                    Finish.of(Finish.Reason.TOOL_CALLS, finish.word());
            case LENGTH, CONTENT_FILTER, REFUSAL, PAUSE, CONTEXT_FULL, MALFORMED_CALL, ERROR ->
                    finish;
        };
    }
}
