package io.fairlead.protocol.translate;

import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.adapt.AnswerRewrite;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.StreamEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A provider's stream on its way to a client of another protocol. A fault inside the stream is not
 * written: the gateway sees it in {@link #facts}, and tries again or says {@link #fail}. Confined
 * to one thread.
 */
public final class TranslatedStream {
    private final StreamReader reader;
    private final StreamWriter writer;
    private final List<AnswerRewrite> rewrites;
    private final String clientModel;
    private String model = "";
    private Optional<Usage> usage = Optional.empty();
    private Optional<Finish> finish = Optional.empty();
    private Optional<ProviderFault> failure = Optional.empty();
    private boolean output;
    private boolean complete;

    TranslatedStream(
            StreamReader reader,
            StreamWriter writer,
            List<AnswerRewrite> rewrites,
            String clientModel) {
        this.reader = reader;
        this.writer = writer;
        this.rewrites = rewrites;
        this.clientModel = clientModel;
    }

    /**
     * The client's messages that the provider's next one makes, often none or one.
     *
     * @throws Unreadable if it is not what the provider's protocol sends
     */
    public List<Frame> feed(Frame frame) {
        return written(reader.read(frame));
    }

    /** The messages that are left when the provider's body has ended as HTTP says it should. */
    public List<Frame> end() {
        return written(reader.end());
    }

    /** The message that tells the client that the answer broke off. */
    public List<Frame> fail(GatewayError error) {
        return writer.fail(error);
    }

    private List<Frame> written(Batch read) {
        if (read.events().isEmpty()) {
            return read.beside().isEmpty() ? List.of() : writer.write(read);
        }
        Batch now = read;
        for (AnswerRewrite rewrite : rewrites) {
            now = rewrite.apply(now);
        }
        return writer.write(new Batch(seen(now.events()), now.beside()));
    }

    /** Takes note of what the gateway wants to know, and names what the client calls otherwise. */
    private List<StreamEvent> seen(List<StreamEvent> events) {
        List<StreamEvent> passed = new ArrayList<>(events.size());
        for (StreamEvent event : events) {
            switch (event) {
                case StreamEvent.Started started -> {
                    model = started.model();
                    passed.add(
                            new StreamEvent.Started(
                                    "", clientModel, started.created(), started.beside()));
                }
                case StreamEvent.PartStarted started -> {
                    output = true;
                    passed.add(started);
                }
                case StreamEvent.ChoiceEnded ended -> {
                    if (finish.isEmpty() || ended.choice() == 0) {
                        finish = Optional.of(ended.finish());
                    }
                    passed.add(ended);
                }
                case StreamEvent.UsageKnown known -> {
                    usage = Optional.of(known.usage().counts());
                    passed.add(known);
                }
                case StreamEvent.Failed failed -> failure = Optional.of(failed.fault());
                case StreamEvent.Ended ended -> {
                    complete = true;
                    passed.add(ended);
                }
                case StreamEvent.PartGrew grew -> passed.add(grew);
                case StreamEvent.PartEnded ended -> passed.add(ended);
                case StreamEvent.LogProbsKnown known -> passed.add(known);
                case StreamEvent.Other other -> passed.add(other);
            }
        }
        return passed;
    }

    /** What is known so far. */
    public AnswerFacts facts() {
        return new AnswerFacts(model, usage, finish, output, failure, complete);
    }
}
