package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.ToolCall;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a stream of Anthropic's. What is beside stands with the batch, since each message is one.
 * Confined to one thread.
 */
final class MessagesStreamReader implements StreamReader {
    /** A block that is not whole yet. */
    private record Open(int part, Part head) {}

    private final Map<Long, Open> open = new LinkedHashMap<>();
    private final UsageCounts usage = new UsageCounts();
    private int parts;
    private boolean started;
    private boolean calls;
    private boolean finished;

    @Override
    public Batch read(Frame frame) {
        Fields message = Fields.ofAnswer(Fields.parse(frame.data()));
        String type =
                message.peek("type").filter(Json::isString).map(Json::text).orElse(frame.name());
        List<StreamEvent> events = new ArrayList<>(2);
        if (!started && !type.equals("message_start")) {
            if (!type.startsWith("content_block") && !type.startsWith("message")) {
                return type.equals("error") ? failed(message, frame) : Batch.EMPTY;
            }
            start(events, "", "");
        }
        switch (type) {
            case "message_start" -> messageStart(message, events);
            case "content_block_start" -> blockStart(message, events);
            case "content_block_delta" -> blockDelta(message, events);
            case "content_block_stop" -> blockStop(message, events);
            case "message_delta" -> messageDelta(message, events);
            case "message_stop" -> {
                message.take("type");
                endOpen(events);
                events.add(new StreamEvent.Ended(Beside.NONE));
            }
            case "error" -> {
                return failed(message, frame);
            }
            default -> {}
        }
        if (events.isEmpty()) {
            events.add(new StreamEvent.Other(Beside.NONE));
        }
        return new Batch(events, Own.wholeRest(message));
    }

    private static Batch failed(Fields message, Frame frame) {
        StreamEvent event =
                new StreamEvent.Failed(
                        ProviderFaults.inStream(ErrorBody.read(frame.data())), Beside.NONE);
        return new Batch(List.of(event), Own.wholeRest(message));
    }

    private void start(List<StreamEvent> events, String id, String model) {
        started = true;
        events.add(new StreamEvent.Started(id, model, Optional.empty(), Beside.NONE));
    }

    private void messageStart(Fields message, List<StreamEvent> events) {
        Optional<Fields> inner = message.object("message");
        if (started || inner.isEmpty()) {
            return;
        }
        message.take("type");
        Fields fields = inner.get();
        start(events, fields.text("id").orElse(""), fields.text("model").orElse(""));
        usage(fields, events);
    }

    private void usage(Fields holder, List<StreamEvent> events) {
        Optional<Fields> fields = holder.object("usage");
        if (fields.isPresent()) {
            events.add(new StreamEvent.UsageKnown(usage.read(fields.get()), Beside.NONE));
            holder.take("usage");
        }
    }

    private void blockStart(Fields message, List<StreamEvent> events) {
        Optional<Long> index = index(message);
        Optional<Fields> block = message.object("content_block");
        if (index.isEmpty() || block.isEmpty()) {
            return;
        }
        taken(message);
        Part part = PartReader.read(block.get());
        message.take("content_block");
        Open before = open.remove(index.get());
        if (before != null) {
            events.add(new StreamEvent.PartEnded(0, before.part(), Beside.NONE));
        }
        PartHead head = PartHead.of(part);
        calls |= part instanceof ToolCall;
        Open opened = new Open(parts++, head.part());
        open.put(index.get(), opened);
        events.add(new StreamEvent.PartStarted(0, opened.part(), head.part(), Beside.NONE));
        for (Growth growth : head.growths()) {
            events.add(new StreamEvent.PartGrew(0, opened.part(), growth, Beside.NONE));
        }
    }

    private static Optional<Long> index(Fields message) {
        return message.peek("index").filter(i -> i.kind() == Json.Kind.NUMBER).map(Json::whole);
    }

    private static void taken(Fields message) {
        message.take("type");
        message.take("index");
    }

    private @Nullable Open opened(Fields message) {
        return index(message).map(open::get).orElse(null);
    }

    private void blockDelta(Fields message, List<StreamEvent> events) {
        Open block = opened(message);
        Optional<Fields> delta = message.object("delta");
        if (block == null || delta.isEmpty()) {
            return;
        }
        Optional<Growth> growth = Deltas.read(block.head(), delta.get());
        if (growth.isEmpty()) {
            return;
        }
        taken(message);
        if (growth.get() instanceof Growth.MoreForeign) {
            message.take("delta");
        }
        events.add(new StreamEvent.PartGrew(0, block.part(), growth.get(), Beside.NONE));
    }

    private void blockStop(Fields message, List<StreamEvent> events) {
        Open block = opened(message);
        if (block == null) {
            return;
        }
        open.remove(index(message).orElseThrow());
        taken(message);
        events.add(new StreamEvent.PartEnded(0, block.part(), Beside.NONE));
    }

    private void messageDelta(Fields message, List<StreamEvent> events) {
        message.take("type");
        usage(message, events);
        Optional<Finish> finish =
                finished
                        ? Optional.empty()
                        : message.object("delta").flatMap(d -> StopReasons.read(d, calls));
        if (finish.isPresent()) {
            finished = true;
            endOpen(events);
            events.add(new StreamEvent.ChoiceEnded(0, finish.get(), Beside.NONE));
        }
    }

    /** Imitators forget to end their blocks. */
    private void endOpen(List<StreamEvent> events) {
        for (Open block : open.values()) {
            events.add(new StreamEvent.PartEnded(0, block.part(), Beside.NONE));
        }
        open.clear();
    }

    /** The last message says that an answer is complete; a body that just ends does not. */
    @Override
    public Batch end() {
        return Batch.EMPTY;
    }
}
