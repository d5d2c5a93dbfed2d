package io.fairlead.protocol.adapt;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.TokenUsage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers the events of a stream to the whole answer they make. Confined to one thread. */
public final class AnswerGather {
    private final long maxChars;
    private final Map<Integer, Gathered> choices = new TreeMap<>();
    private long chars;
    private String id = "";
    private String model = "";
    private Optional<Long> created = Optional.empty();
    private Optional<TokenUsage> usage = Optional.empty();
    private Optional<ProviderFault> failure = Optional.empty();
    private Beside beside = Beside.NONE;
    private boolean ended;

    /**
     * @param maxChars the largest answer taken, counted in characters of all its texts
     */
    public AnswerGather(long maxChars) {
        this.maxChars = maxChars;
    }

    /**
     * Takes the next events.
     *
     * @throws Unreadable if the answer is larger than allowed
     */
    public void add(Batch batch) {
        for (StreamEvent event : batch.events()) {
            add(event);
        }
    }

    private void add(StreamEvent event) {
        switch (event) {
            case StreamEvent.Started started -> {
                id = started.id();
                model = started.model();
                created = started.created();
                beside = started.beside();
            }
            case StreamEvent.PartStarted started -> {
                GatheredPart part = new GatheredPart(started.head());
                count(32);
                choice(started.choice()).parts.put(started.part(), part);
            }
            case StreamEvent.PartGrew grew -> {
                GatheredPart part = choice(grew.choice()).parts.get(grew.part());
                if (part != null) {
                    count(size(grew.growth()));
                    part.add(grew.growth());
                }
            }
            case StreamEvent.PartEnded ignored -> {}
            case StreamEvent.LogProbsKnown known -> {
                count(32L * known.logProbs().size());
                choice(known.choice()).logProbs.addAll(known.logProbs());
            }
            case StreamEvent.ChoiceEnded choiceEnded ->
                    choice(choiceEnded.choice()).finish = Optional.of(choiceEnded.finish());
            case StreamEvent.UsageKnown known -> usage = Optional.of(known.usage());
            case StreamEvent.Failed failed -> failure = Optional.of(failed.fault());
            case StreamEvent.Ended ignored -> ended = true;
            case StreamEvent.Other ignored -> {}
        }
    }

    private static long size(Growth growth) {
        return switch (growth) {
            case Growth.MoreText(String text) -> text.length();
            case Growth.MoreReasoning more -> more.text().length() + 8L * more.section();
            case Growth.MoreArguments(String text) -> text.length();
            case Growth.Cited(var citation) -> 64 + citation.cited().map(String::length).orElse(0);
            case Growth.Sealed(var seal) -> seal.data().length();
            case Growth.MoreMedia(String base64) -> base64.length();
            case Growth.MoreForeign ignored -> 0;
        };
    }

    private void count(long more) {
        chars += more;
        if (chars > maxChars) {
            throw new Unreadable("", "the answer is larger than allowed");
        }
    }

    private Gathered choice(int index) {
        Gathered choice = choices.get(index);
        if (choice == null) {
            count(32);
            choice = new Gathered();
            choices.put(index, choice);
        }
        return choice;
    }

    /** Whether the provider said that the answer is complete. */
    public boolean complete() {
        return ended;
    }

    /** The fault that the provider reported inside the stream. */
    public Optional<ProviderFault> failure() {
        return failure;
    }

    /** What has come so far, as a whole answer. */
    public ChatAnswer answer() {
        List<Choice> all = new ArrayList<>(choices.size());
        choices.forEach((index, choice) -> all.add(choice.whole(index)));
        return new ChatAnswer(id, model, created, all, usage, Optional.empty(), beside);
    }

    private static final class Gathered {
        private final Map<Integer, GatheredPart> parts = new TreeMap<>();
        private final List<TokenLogProb> logProbs = new ArrayList<>();
        private Optional<Finish> finish = Optional.empty();

        Choice whole(int index) {
            List<Part> whole = new ArrayList<>(parts.size());
            parts.values().forEach(part -> whole.add(part.whole()));
            return new Choice(index, whole, finish, logProbs, Beside.NONE);
        }
    }
}
