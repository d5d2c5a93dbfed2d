package io.fairlead.protocol.completions;

import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.error.ErrorShapes;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.TokenUsage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Writes a stream of pieces of text. Confined to one thread. */
final class CompletionsStreamWriter implements StreamWriter {
    private final AnswerContext context;
    private final boolean usageAsked;
    private String id = "";
    private String model = "";
    private long created;
    private @Nullable TokenUsage usage;

    CompletionsStreamWriter(AnswerContext context) {
        this.context = context;
        this.usageAsked = context.request().delivery().usageInStream().orElse(false);
        this.created = context.createdSeconds();
    }

    @Override
    public List<Frame> write(Batch batch) {
        List<Frame> frames = new ArrayList<>();
        batch.events().forEach(event -> event(event, frames));
        return frames;
    }

    private void event(StreamEvent event, List<Frame> frames) {
        switch (event) {
            case StreamEvent.Started started -> {
                id = started.id();
                model = started.model();
                created = started.created().orElse(created);
            }
            case StreamEvent.PartGrew grew -> {
                if (grew.growth() instanceof Growth.MoreText(String text) && !text.isEmpty()) {
                    choice(grew.choice(), text, List.of(), null, frames);
                }
            }
            case StreamEvent.LogProbsKnown known ->
                    choice(known.choice(), "", known.logProbs(), null, frames);
            case StreamEvent.ChoiceEnded ended ->
                    choice(
                            ended.choice(),
                            "",
                            List.of(),
                            CompletionsClient.word(ended.finish()),
                            frames);
            case StreamEvent.UsageKnown known -> usage = known.usage();
            case StreamEvent.Ended ignored -> end(frames);
            case StreamEvent.PartStarted ignored -> {}
            case StreamEvent.PartEnded ignored -> {}
            case StreamEvent.Failed ignored -> {}
            case StreamEvent.Other ignored -> {}
        }
    }

    private void choice(
            int index,
            String text,
            List<TokenLogProb> tokens,
            @Nullable String finish,
            List<Frame> frames) {
        JsonObject chunk = chunk();
        JsonObject choice = chunk.array("choices").addObject();
        choice.put("text", text).put("index", index);
        CompletionsClient.logProbs(tokens, choice);
        if (finish == null) {
            choice.putNull("finish_reason");
        } else {
            choice.put("finish_reason", finish);
        }
        frames.add(new Frame("", chunk.toBytes()));
    }

    private JsonObject chunk() {
        JsonObject chunk = CompletionsClient.head(id, model, context).put("created", created);
        return usageAsked ? chunk.putNull("usage") : chunk;
    }

    private void end(List<Frame> frames) {
        TokenUsage known = usage;
        if (usageAsked && known != null) {
            JsonObject last = chunk();
            last.array("choices");
            last.put("usage", CompletionsClient.usage(known));
            frames.add(new Frame("", last.toBytes()));
        }
        frames.add(Frame.of("", Frame.DONE));
    }

    @Override
    public List<Frame> fail(GatewayError error) {
        byte[] body = ErrorShapes.body(ErrorShapes.Shape.OPENAI, error, context.id());
        JsonObject event = new JsonObject();
        event.put("error", Json.parse(body).get("error"));
        event.put("request_id", context.id());
        return List.of(new Frame("", event.toBytes()));
    }
}
