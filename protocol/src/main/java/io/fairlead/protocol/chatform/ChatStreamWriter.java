package io.fairlead.protocol.chatform;

import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.error.ErrorShapes;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.TokenUsage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a stream of chunks: the role first, then deltas, the end of each choice in a chunk of its
 * own, the usage last and only if it was asked for, then {@code [DONE]}. Confined to one thread.
 */
final class ChatStreamWriter implements StreamWriter {
    private final Dialect dialect;
    private final AnswerContext context;
    private final boolean usageAsked;
    private final Map<Integer, ChoiceWriter> choices = new LinkedHashMap<>();
    private String id = "";
    private String model = "";
    private long created;
    private @Nullable TokenUsage usage;

    ChatStreamWriter(Dialect dialect, AnswerContext context) {
        this.dialect = dialect;
        this.context = context;
        this.usageAsked =
                !dialect.usageOption()
                        || context.request().delivery().usageInStream().orElse(false);
    }

    @Override
    public List<Frame> write(Batch batch) {
        List<Frame> frames = new ArrayList<>();
        if (Own.is(batch.beside(), dialect.protocol())) {
            own(batch, frames);
        } else {
            batch.events().forEach(event -> event(event, frames));
        }
        return frames;
    }

    private void own(Batch batch, List<Frame> frames) {
        Beside beside = batch.beside();
        if (beside.form(dialect.protocol(), ChatStreamReader.DONE)) {
            frames.add(Frame.of("", Frame.DONE));
            return;
        }
        for (StreamEvent event : batch.events()) {
            if (event instanceof StreamEvent.Started started) {
                id = started.id();
                model = started.model();
                created = started.created().orElse(0L);
            } else if (event instanceof StreamEvent.Ended) {
                return;
            }
        }
        JsonObject chunk = new OwnChunk(dialect).of(batch);
        if (!beside.form(dialect.protocol(), ChatStreamReader.SILENT)) {
            if (!id.isEmpty() && !chunk.has("id")) {
                chunk.put("id", id);
            }
            if (!model.isEmpty() && !chunk.has("model")) {
                chunk.put("model", model);
            }
            if (created > 0 && !chunk.has("created")) {
                chunk.put("created", created);
            }
        }
        String name = "";
        for (String form : beside.forms()) {
            if (form.startsWith(ChatStreamReader.NAMED)) {
                name = form.substring(ChatStreamReader.NAMED.length());
            }
        }
        frames.add(new Frame(name, chunk.toBytes()));
    }

    private void event(StreamEvent event, List<Frame> frames) {
        switch (event) {
            case StreamEvent.Started started -> {
                id = Ids.answer(started.id(), context);
                model = started.model().isEmpty() ? context.model() : started.model();
                created = started.created().orElse(context.createdSeconds());
                choice(0).open(frames);
            }
            case StreamEvent.PartStarted begun ->
                    choice(begun.choice()).began(begun.part(), begun.head(), frames);
            case StreamEvent.PartGrew grew ->
                    choice(grew.choice()).grew(grew.part(), grew.growth(), frames);
            case StreamEvent.PartEnded ended -> choice(ended.choice()).ended(ended.part(), frames);
            case StreamEvent.LogProbsKnown known ->
                    choice(known.choice()).logProbs(known.logProbs(), frames);
            case StreamEvent.ChoiceEnded ended ->
                    choice(ended.choice()).finished(ended.finish(), frames);
            case StreamEvent.UsageKnown known -> usage = known.usage();
            case StreamEvent.Ended ignored -> end(frames);
            case StreamEvent.Failed ignored -> {}
            case StreamEvent.Other ignored -> {}
        }
    }

    private ChoiceWriter choice(int index) {
        return choices.computeIfAbsent(
                index, i -> new ChoiceWriter(i, dialect, context, this::chunk));
    }

    /** A chunk without its choices. */
    private JsonObject chunk() {
        JsonObject chunk = new JsonObject();
        chunk.put("id", id.isEmpty() ? Ids.answer("", context) : id);
        chunk.put("object", "chat.completion.chunk");
        chunk.put("created", created == 0 ? context.createdSeconds() : created);
        chunk.put("model", model.isEmpty() ? context.model() : model);
        if (usageAsked && dialect.usageOption()) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    private void end(List<Frame> frames) {
        TokenUsage known = usage;
        if (usageAsked && known != null) {
            JsonObject last = chunk();
            last.array("choices");
            last.put("usage", UsageForm.write(known, dialect));
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
