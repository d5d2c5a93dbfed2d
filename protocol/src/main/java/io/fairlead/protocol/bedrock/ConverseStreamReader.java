package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.codec.AwsEventStreamFraming;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.StreamEvent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a stream of ConverseStream. The answer is complete when it has stopped and its metadata,
 * which come last, or the end of the stream have come. A message of no known kind is an event of
 * its own with all it says beside. Confined to one thread.
 */
final class ConverseStreamReader implements StreamReader {
    /** The form of a message that is not understood, before its name. */
    static final String MESSAGE = "message:";

    private final BlockReader blocks = new BlockReader();
    private boolean started;
    private boolean stopped;
    private boolean ended;

    @Override
    public Batch read(Frame frame) {
        if (ended) {
            return Batch.EMPTY;
        }
        if (AwsEventStreamFraming.isException(frame)) {
            ended = true;
            return Batch.of(new StreamEvent.Failed(StreamFaults.read(frame), message(frame)));
        }
        Fields root = Fields.ofAnswer(Fields.parse(frame.data()));
        List<StreamEvent> events = new ArrayList<>(4);
        if (!started) {
            started = true;
            events.add(new StreamEvent.Started("", "", Optional.empty(), own()));
        }
        int before = events.size();
        switch (frame.name()) {
            case "messageStart" -> {
                if (root.peek("role").filter(role -> role.is("assistant")).isPresent()) {
                    root.take("role");
                }
                return new Batch(events, root.rest(ORIGIN));
            }
            case "contentBlockStart" -> blocks.start(root, events);
            case "contentBlockDelta" -> blocks.delta(root, events);
            case "contentBlockStop" -> blocks.stop(root, events);
            case "messageStop" -> stop(root, events);
            case "metadata" -> metadata(root, events);
            default -> {
                // As below.
            }
        }
        if (events.size() == before) {
            events.add(new StreamEvent.Other(message(frame)));
            return new Batch(events, Beside.NONE);
        }
        return new Batch(events, root.rest(ORIGIN));
    }

    private void stop(Fields root, List<StreamEvent> events) {
        Optional<Finish> finish = AnswerReader.finish(root, blocks.called());
        if (stopped || finish.isEmpty()) {
            return;
        }
        blocks.endAll(events);
        stopped = true;
        events.add(new StreamEvent.ChoiceEnded(0, finish.get(), Beside.NONE));
    }

    private void metadata(Fields root, List<StreamEvent> events) {
        root.object("usage")
                .map(Usages::read)
                .ifPresent(usage -> events.add(new StreamEvent.UsageKnown(usage, Beside.NONE)));
        if (stopped && !events.isEmpty()) {
            ended = true;
            events.add(new StreamEvent.Ended(Beside.NONE));
        }
    }

    @Override
    public Batch end() {
        if (!stopped || ended) {
            return Batch.EMPTY;
        }
        ended = true;
        return Batch.of(new StreamEvent.Ended(Beside.NONE));
    }

    private static Beside own() {
        return new Beside(Optional.of(ORIGIN), Map.of(), Set.of(MESSAGE));
    }

    /** All of a message, with its name. */
    private static Beside message(Frame frame) {
        Map<String, Json> members = new LinkedHashMap<>();
        try {
            Json payload = Fields.parse(frame.data());
            for (Json.Member member : payload.members()) {
                members.put(member.name(), member.value());
            }
        } catch (Unreadable empty) {
            // An exception is one whatever its payload.
        }
        return new Beside(Optional.of(ORIGIN), members, Set.of(MESSAGE + frame.name()));
    }
}
