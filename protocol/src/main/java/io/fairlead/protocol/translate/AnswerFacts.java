package io.fairlead.protocol.translate;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.StreamSignal;
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
import io.fairlead.protocol.model.ToolResult;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * What the gateway must know of a streamed answer, gathered event by event. One for each stream;
 * confined to one thread.
 */
final class AnswerFacts {
    private @Nullable Usage usage;
    private @Nullable ProviderFault fault;
    private String model = "";
    private String finish = "";
    private long characters;
    private boolean output;
    private boolean finished;
    private boolean ended;

    /** Takes what the next message said, and says what that means for the exchange. */
    StreamSignal accept(Batch batch) {
        boolean outputHere = false;
        boolean finishHere = false;
        boolean endHere = false;
        for (StreamEvent event : batch.events()) {
            switch (event) {
                case StreamEvent.Started started -> {
                    if (!started.model().isEmpty()) {
                        model = started.model();
                    }
                }
                case StreamEvent.PartStarted started -> outputHere |= isOutput(started.head());
                case StreamEvent.PartGrew grew -> outputHere |= grew(grew.growth());
                case StreamEvent.ChoiceEnded choice -> {
                    finishHere = true;
                    if (finish.isEmpty()) {
                        finish = choice.finish().word();
                    }
                }
                case StreamEvent.UsageKnown known -> usage = known.usage().counts();
                case StreamEvent.Failed failed -> fault = failed.fault();
                case StreamEvent.Ended ignored -> endHere = true;
                case StreamEvent.PartEnded ignored -> {}
                case StreamEvent.LogProbsKnown ignored -> {}
                case StreamEvent.Other ignored -> {}
            }
        }
        output |= outputHere;
        finished |= finishHere;
        ended |= endHere;
        if (fault != null) {
            return StreamSignal.ERROR;
        }
        if (endHere) {
            return StreamSignal.DONE;
        }
        if (outputHere) {
            return StreamSignal.OUTPUT;
        }
        return finishHere ? StreamSignal.FINISH : StreamSignal.NOTHING_YET;
    }

    /** What came can't be read. */
    void unreadable(String problem) {
        fault = new ProviderFault.Malformed("the provider sent what can't be read: " + problem);
    }

    /** A part that is output by its beginning alone: texts are, once they have a character. */
    private static boolean isOutput(Part head) {
        return switch (head) {
            case Text text -> !text.words().isEmpty();
            case Refusal refusal -> !refusal.text().isEmpty();
            case Reasoning reasoning -> !reasoning.text().isEmpty();
            case ToolCall ignored -> true;
            case Media ignored -> true;
            case Foreign ignored -> true;
            case ToolResult ignored -> true;
        };
    }

    private boolean grew(Growth growth) {
        int length =
                switch (growth) {
                    case Growth.MoreText more -> more.text().length();
                    case Growth.MoreReasoning more -> more.text().length();
                    case Growth.MoreArguments more -> more.text().length();
                    case Growth.MoreMedia more -> more.base64().length();
                    case Growth.MoreForeign ignored -> 1;
                    case Growth.Cited ignored -> 0;
                    case Growth.Sealed ignored -> 0;
                };
        characters += length;
        return length > 0;
    }

    Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    Optional<String> model() {
        return model.isEmpty() ? Optional.empty() : Optional.of(model);
    }

    Optional<String> finish() {
        return finish.isEmpty() ? Optional.empty() : Optional.of(finish);
    }

    long characters() {
        return characters;
    }

    /**
     * What is wrong so far.
     *
     * @param over the provider has ended its body, so that what is missing won't come
     */
    Optional<ProviderFault> fault(boolean over) {
        if (fault != null) {
            return Optional.of(fault);
        }
        if (!over && !ended) {
            return Optional.empty();
        }
        if (!output && !finished) {
            return Optional.of(
                    new ProviderFault.Empty("the provider's stream has neither output nor end"));
        }
        return ended
                ? Optional.empty()
                : Optional.of(
                        new ProviderFault.Broken("the provider's stream ended before its end"));
    }
}
