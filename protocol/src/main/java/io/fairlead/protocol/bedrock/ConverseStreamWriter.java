package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.TokenUsage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a stream of ConverseStream. Every delta names its block, so parts may overlap. The usage
 * of other protocols is held back until the end, as the metadata come last. Only the first choice
 * has a place. Confined to one thread.
 */
final class ConverseStreamWriter implements StreamWriter {
    /** A message being made. */
    record Message(String name, JsonObject body) {}

    private final BlockWriter blocks;
    private boolean own;
    private boolean failed;
    private @Nullable TokenUsage held;

    ConverseStreamWriter(AnswerContext context) {
        blocks = new BlockWriter(context.id());
    }

    @Override
    public List<Frame> write(Batch batch) {
        if (failed) {
            return List.of();
        }
        Map<String, Json> rest = batch.beside().of(ORIGIN);
        List<Message> messages = new ArrayList<>(2);
        for (StreamEvent event : batch.events()) {
            write(event, rest, messages);
        }
        if (messages.isEmpty()) {
            return List.of();
        }
        if (!rest.isEmpty()) {
            messages.getLast().body().merge(rest);
        }
        List<Frame> frames = new ArrayList<>(messages.size());
        for (Message message : messages) {
            frames.add(new Frame(message.name(), message.body().toBytes()));
        }
        return frames;
    }

    private void write(StreamEvent event, Map<String, Json> rest, List<Message> messages) {
        switch (event) {
            case StreamEvent.Started started -> {
                own = started.beside().form(ORIGIN, ConverseStreamReader.MESSAGE);
                JsonObject body = new JsonObject();
                if (!rest.containsKey("role")) {
                    body.put("role", "assistant");
                }
                messages.add(new Message("messageStart", body));
            }
            case StreamEvent.PartStarted start -> {
                if (start.choice() == 0) {
                    blocks.start(start, own, rest, messages);
                }
            }
            case StreamEvent.PartGrew grew -> {
                if (grew.choice() == 0) {
                    blocks.grow(grew, rest, messages);
                }
            }
            case StreamEvent.PartEnded end -> {
                if (end.choice() == 0) {
                    blocks.end(end.part(), own, rest, messages);
                }
            }
            case StreamEvent.ChoiceEnded end -> {
                if (end.choice() == 0) {
                    JsonObject body = new JsonObject();
                    if (!rest.containsKey("stopReason")) {
                        body.put("stopReason", Finishes.word(end.finish()));
                    }
                    messages.add(new Message("messageStop", body));
                }
            }
            case StreamEvent.UsageKnown known -> {
                held = known.usage();
                if (own) {
                    metadata(rest, messages);
                }
            }
            case StreamEvent.Failed fault -> failed(fault, messages);
            case StreamEvent.Ended ignored -> metadata(rest, messages);
            case StreamEvent.Other other -> other(other.beside(), messages);
            case StreamEvent.LogProbsKnown ignored -> {
                // There is no word for them.
            }
        }
    }

    private void metadata(Map<String, Json> rest, List<Message> messages) {
        if (held == null) {
            return;
        }
        JsonObject body = new JsonObject();
        Usages.write(held, body.object("usage"), Optional.ofNullable(rest.get("usage")));
        if (!own) {
            body.object("metrics").put("latencyMs", 0);
        }
        held = null;
        messages.add(new Message("metadata", body));
    }

    private void failed(StreamEvent.Failed fault, List<Message> messages) {
        if (!other(fault.beside(), messages)) {
            JsonObject body = StreamFaults.body(fault.fault().message());
            messages.add(new Message(StreamFaults.name(fault.fault()), body));
        }
        failed = true;
    }

    /** A message of our own that was not understood goes on as it was. */
    private static boolean other(Beside beside, List<Message> messages) {
        if (beside.origin().filter(ORIGIN::equals).isEmpty()) {
            return false;
        }
        for (String form : beside.forms()) {
            if (form.startsWith(ConverseStreamReader.MESSAGE)) {
                JsonObject body = new JsonObject();
                body.merge(beside.of(ORIGIN));
                String name = form.substring(ConverseStreamReader.MESSAGE.length());
                messages.add(new Message(name, body));
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Frame> fail(GatewayError error) {
        if (failed) {
            return List.of();
        }
        failed = true;
        return List.of(StreamFaults.frame(error));
    }
}
