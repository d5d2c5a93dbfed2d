package io.fairlead.protocol.anthropic;

import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.error.ErrorShapes;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.TokenUsage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a stream for Anthropic's clients. A message of Anthropic's own becomes that message again;
 * of all others the finish waits for the usage, which stand in one message here. Confined to one
 * thread.
 */
final class MessagesStreamWriter implements StreamWriter {
    private final AnswerContext context;
    private final BlockQueue blocks;

    private @Nullable JsonObject startedNow;
    private @Nullable Finish finish;
    private TokenUsage usage = TokenUsage.of(Usage.NONE);
    private boolean toldNow;
    private boolean deltaWritten;
    private boolean over;

    MessagesStreamWriter(AnswerContext context) {
        this.context = context;
        this.blocks = new BlockQueue(context);
    }

    @Override
    public List<Frame> write(Batch batch) {
        if (over || batch.events().isEmpty()) {
            return List.of();
        }
        boolean own = Own.isWhole(batch.beside());
        List<StreamMessage> messages = new ArrayList<>(2);
        startedNow = null;
        toldNow = false;
        for (StreamEvent event : batch.events()) {
            write(event, own, messages);
        }
        if (own && toldNow) {
            messages.add(messageDelta(true));
        }
        if (own) {
            Map<String, Json> rest = batch.beside().of(Own.ORIGIN);
            if (messages.isEmpty()) {
                Json type = rest.getOrDefault("type", Json.NULL);
                String name = type.isString() ? type.text() : "";
                messages.add(new StreamMessage(name, new JsonObject()));
            }
            messages.getLast().body().merge(rest);
        }
        return frames(messages);
    }

    private static List<Frame> frames(List<StreamMessage> messages) {
        List<Frame> frames = new ArrayList<>(messages.size());
        for (StreamMessage message : messages) {
            frames.add(message.frame());
        }
        return frames;
    }

    private void write(StreamEvent event, boolean own, List<StreamMessage> messages) {
        switch (event) {
            case StreamEvent.Started started -> messages.add(messageStart(started, own));
            case StreamEvent.PartStarted started -> {
                if (started.choice() == 0) {
                    blocks.started(started.part(), started.head(), own, messages);
                }
            }
            case StreamEvent.PartGrew grew -> {
                if (grew.choice() == 0) {
                    blocks.grew(grew.part(), grew.growth(), messages);
                }
            }
            case StreamEvent.PartEnded ended -> {
                if (ended.choice() == 0) {
                    blocks.ended(ended.part(), messages);
                }
            }
            case StreamEvent.ChoiceEnded ended -> {
                if (ended.choice() == 0) {
                    finish = ended.finish();
                    toldNow = true;
                }
            }
            case StreamEvent.UsageKnown known -> usage(known.usage());
            case StreamEvent.Ended ignored -> {
                blocks.endAll(messages);
                if (!own && !deltaWritten) {
                    messages.add(messageDelta(false));
                }
                messages.add(StreamMessage.of("message_stop"));
                over = true;
            }
            case StreamEvent.Failed(ProviderFault fault, var ignored) -> {
                over = true;
                if (!own) {
                    messages.add(error(fault));
                }
            }
            case StreamEvent.LogProbsKnown ignored -> {}
            case StreamEvent.Other ignored -> {}
        }
    }

    private StreamMessage messageStart(StreamEvent.Started started, boolean own) {
        StreamMessage start = StreamMessage.of("message_start");
        JsonObject message =
                start.body()
                        .object("message")
                        .put("id", started.id().isEmpty() ? "msg_" + context.id() : started.id())
                        .put("type", "message")
                        .put("role", "assistant")
                        .put(
                                "model",
                                started.model().isEmpty() ? context.model() : started.model());
        startedNow = message;
        if (!own) {
            message.put("content", Json.EMPTY_ARRAY)
                    .putNull("stop_reason")
                    .putNull("stop_sequence")
                    .putNull("stop_details")
                    .putNull("container")
                    .put("usage", UsageCounts.whole(usage.counts()));
        }
        return start;
    }

    private void usage(TokenUsage known) {
        usage = known;
        if (startedNow == null) {
            toldNow = true;
        } else {
            boolean own = Own.isWhole(known.beside());
            startedNow.put(
                    "usage", own ? UsageCounts.same(known) : UsageCounts.whole(known.counts()));
        }
    }

    private StreamMessage messageDelta(boolean own) {
        deltaWritten = true;
        StreamMessage message = StreamMessage.of("message_delta");
        JsonObject delta = message.body().object("delta");
        if (own) {
            Optional<Finish> told = Optional.ofNullable(finish);
            delta.put("stop_reason", told.map(StopReasons::same))
                    .put("stop_sequence", told.flatMap(Finish::stopSequence));
            if (toldNow && Own.isWhole(usage.beside())) {
                message.body().put("usage", UsageCounts.same(usage));
            }
            return message;
        }
        Finish.Reason reason = finish == null ? Finish.Reason.STOP : finish.reason();
        if (blocks.refused() && reason == Finish.Reason.STOP) {
            reason = Finish.Reason.REFUSAL;
        }
        delta.put("stop_reason", StopReasons.word(reason, blocks.called()));
        Optional<String> stop = finish == null ? Optional.empty() : finish.stopSequence();
        delta.put("stop_sequence", stop.map(Json::of).orElse(Json.NULL))
                .putNull("stop_details")
                .putNull("container");
        message.body().put("usage", UsageCounts.cumulative(usage.counts()));
        return message;
    }

    private static StreamMessage error(ProviderFault fault) {
        StreamMessage message = StreamMessage.of("error");
        message.body().object("error").put("type", "api_error").put("message", fault.message());
        return message;
    }

    @Override
    public List<Frame> fail(GatewayError error) {
        if (over) {
            return List.of();
        }
        over = true;
        byte[] body = ErrorShapes.body(ErrorShapes.Shape.ANTHROPIC, error, "req_" + context.id());
        return List.of(new Frame("error", body));
    }
}
