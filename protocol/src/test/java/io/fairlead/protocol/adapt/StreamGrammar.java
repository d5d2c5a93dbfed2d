package io.fairlead.protocol.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that the events of a stream obey the grammar of {@link StreamEvent}. Confined to one
 * thread.
 */
public final class StreamGrammar {
    private final String what;
    private final Map<Integer, Map<Integer, Part>> open = new HashMap<>();
    private final Map<Integer, Integer> started = new HashMap<>();
    private final Set<Integer> endedChoices = new HashSet<>();
    private boolean begun;
    private boolean over;
    private int count;

    /**
     * @param what is streamed, for failures
     */
    public StreamGrammar(String what) {
        this.what = what;
    }

    /** Checks a stream that came to its end, by completion or by a fault. */
    public static void check(String what, List<Batch> batches) {
        StreamGrammar grammar = new StreamGrammar(what);
        batches.forEach(grammar::next);
        grammar.end();
    }

    /** Checks the next message. */
    public void next(Batch batch) {
        batch.events().forEach(this::next);
    }

    private void next(StreamEvent event) {
        count++;
        if (over) {
            wrong(event, "comes behind the end");
        }
        if (!begun && !(event instanceof StreamEvent.Started)) {
            if (event instanceof StreamEvent.Other || event instanceof StreamEvent.Failed) {
                over = event instanceof StreamEvent.Failed;
                return;
            }
            wrong(event, "comes before Started");
        }
        switch (event) {
            case StreamEvent.Started ignored -> {
                if (begun) {
                    wrong(event, "comes twice");
                }
                begun = true;
            }
            case StreamEvent.PartStarted part -> {
                if (endedChoices.contains(part.choice())) {
                    wrong(event, "belongs to a choice that has ended");
                }
                int number = started.merge(part.choice(), 1, Integer::sum) - 1;
                if (part.part() != number) {
                    wrong(event, "should be part " + number);
                }
                empty(event, part.head());
                open(part.choice()).put(part.part(), part.head());
            }
            case StreamEvent.PartGrew grew -> {
                Part head = open(grew.choice()).get(grew.part());
                if (head == null) {
                    wrong(event, "grows a part that is not open");
                } else if (!fits(head, grew.growth())) {
                    wrong(event, "does not fit its part " + head);
                }
            }
            case StreamEvent.PartEnded ended -> {
                if (open(ended.choice()).remove(ended.part()) == null) {
                    wrong(event, "ends a part that is not open");
                }
            }
            case StreamEvent.ChoiceEnded ended -> {
                if (!open(ended.choice()).isEmpty()) {
                    wrong(event, "leaves parts open: " + open(ended.choice()).keySet());
                }
                if (!endedChoices.add(ended.choice())) {
                    wrong(event, "comes twice");
                }
            }
            case StreamEvent.Ended ignored -> {
                open.forEach((choice, parts) -> {
                    if (!parts.isEmpty()) {
                        wrong(event, "leaves parts open: " + parts.keySet());
                    }
                });
                over = true;
            }
            case StreamEvent.Failed ignored -> over = true;
            case StreamEvent.LogProbsKnown ignored -> {}
            case StreamEvent.UsageKnown ignored -> {}
            case StreamEvent.Other ignored -> {}
        }
    }

    /** Checks that the stream came to its end. */
    public void end() {
        assertThat(over).as("%s: neither Ended nor Failed came", what).isTrue();
    }

    private Map<Integer, Part> open(int choice) {
        return open.computeIfAbsent(choice, c -> new HashMap<>());
    }

    private void empty(StreamEvent event, Part head) {
        boolean empty =
                switch (head) {
                    case Text text -> text.text().isEmpty() && text.citations().isEmpty();
                    case Refusal refusal -> refusal.text().isEmpty();
                    case Reasoning r -> r.content().isEmpty() && r.summary().isEmpty();
                    case ToolCall call -> call.arguments().isEmpty();
                    case Media media ->
                            !(media.source() instanceof Media.Source.Inline inline)
                                    || inline.base64().isEmpty();
                    case Foreign ignored -> true;
                    case io.fairlead.protocol.model.ToolResult ignored -> true;
                };
        if (!empty) {
            wrong(event, "says more than the head of a part");
        }
    }

    private static boolean fits(Part head, Growth growth) {
        return switch (growth) {
            case Growth.MoreText ignored -> head instanceof Text || head instanceof Refusal;
            case Growth.MoreReasoning ignored -> head instanceof Reasoning;
            case Growth.MoreArguments ignored -> head instanceof ToolCall;
            case Growth.Cited ignored -> head instanceof Text;
            case Growth.Sealed ignored -> true;
            case Growth.MoreMedia ignored -> head instanceof Media;
            case Growth.MoreForeign ignored -> head instanceof Foreign;
        };
    }

    private void wrong(StreamEvent event, String why) {
        fail("%s: event %d, %s, %s", what, count, event, why);
    }
}
