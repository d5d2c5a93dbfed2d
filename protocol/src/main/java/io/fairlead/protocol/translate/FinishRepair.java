package io.fairlead.protocol.translate;

import io.fairlead.protocol.model.Batch;
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
 * calls. One for each answer; confined to one thread.
 */
final class FinishRepair {
    /** More choices than these are not looked after. */
    private static final int MOST_CHOICES = 128;

    private final BitSet calling = new BitSet();

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
            if (event instanceof StreamEvent.PartStarted started
                    && started.head() instanceof ToolCall
                    && started.choice() < MOST_CHOICES) {
                calling.set(started.choice());
            } else if (event instanceof StreamEvent.ChoiceEnded ended
                    && ended.choice() < MOST_CHOICES
                    && calling.get(ended.choice())) {
                if (changed == null) {
                    changed = new ArrayList<>(batch.events());
                }
                changed.set(
                        i,
                        new StreamEvent.ChoiceEnded(
                                ended.choice(), withCalls(ended.finish()), ended.beside()));
            }
        }
        return changed == null ? batch : new Batch(changed, batch.beside());
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
