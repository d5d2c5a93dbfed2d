package io.fairlead.protocol.ollama;

import static io.fairlead.protocol.ollama.OllamaProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.ToolCall;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a stream: each line is an answer with what is new in it, the last one is done. Confined to
 * one thread.
 */
final class LineReader implements StreamReader {
    private static final int NONE = -1;

    private boolean started;
    private boolean calls;
    private int parts;
    private int current = NONE;
    private @Nullable Class<? extends Part> open;

    @Override
    public Batch read(Frame frame) {
        Fields line = Fields.ofAnswer(Fields.parse(frame.data()));
        List<StreamEvent> events = new ArrayList<>();
        if (line.has("error")) {
            events.add(
                    new StreamEvent.Failed(
                            ProviderFaults.inStream(ErrorBody.read(frame.data())), Beside.NONE));
            return new Batch(events, line.rest(ORIGIN));
        }
        String model = line.text("model").orElse("");
        if (!started) {
            started = true;
            events.add(new StreamEvent.Started("", model, AnswerReader.created(line), Beside.NONE));
        }
        for (Part part : AnswerReader.parts(line)) {
            part(part, events);
        }
        List<TokenLogProb> logProbs = LogProbs.read(line.whole());
        if (!logProbs.isEmpty()) {
            events.add(new StreamEvent.LogProbsKnown(0, logProbs, Beside.NONE));
        }
        Optional<Finish> finish = AnswerReader.finish(line, calls);
        if (finish.isPresent()) {
            close(events);
            events.add(new StreamEvent.ChoiceEnded(0, finish.get(), Beside.NONE));
        }
        AnswerReader.usage(line)
                .ifPresent(usage -> events.add(new StreamEvent.UsageKnown(usage, Beside.NONE)));
        if (finish.isPresent()) {
            events.add(new StreamEvent.Ended(Beside.NONE));
        }
        line.form("line");
        return new Batch(events, line.rest(ORIGIN));
    }

    private void part(Part part, List<StreamEvent> events) {
        switch (part) {
            case Text text -> {
                goOn(Text.of(""), Text.class, events);
                events.add(grew(new Growth.MoreText(text.text())));
            }
            case Reasoning reasoning -> {
                goOn(
                        new Reasoning(List.of(), List.of(), reasoning.marks()),
                        Reasoning.class,
                        events);
                events.add(grew(new Growth.MoreReasoning(reasoning.text(), false, 0)));
            }
            case ToolCall call -> {
                calls = true;
                goOn(call.withArguments(""), null, events);
                events.add(grew(new Growth.MoreArguments(call.arguments())));
                close(events);
            }
            case Media media -> {
                goOn(media, null, events);
                close(events);
            }
            default -> {}
        }
    }

    private void goOn(Part head, @Nullable Class<? extends Part> kind, List<StreamEvent> events) {
        if (kind != null && kind == open) {
            return;
        }
        close(events);
        open = kind;
        current = parts++;
        events.add(new StreamEvent.PartStarted(0, current, head, Beside.NONE));
    }

    private void close(List<StreamEvent> events) {
        if (current != NONE) {
            events.add(new StreamEvent.PartEnded(0, current, Beside.NONE));
        }
        current = NONE;
        open = null;
    }

    private StreamEvent grew(Growth growth) {
        return new StreamEvent.PartGrew(0, current, growth, Beside.NONE);
    }

    @Override
    public Batch end() {
        return Batch.EMPTY;
    }
}
