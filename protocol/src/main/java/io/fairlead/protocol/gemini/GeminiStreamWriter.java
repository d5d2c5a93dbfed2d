package io.fairlead.protocol.gemini;

import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.error.ErrorShapes;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.ChoiceEnded;
import io.fairlead.protocol.model.StreamEvent.Ended;
import io.fairlead.protocol.model.StreamEvent.Failed;
import io.fairlead.protocol.model.StreamEvent.LogProbsKnown;
import io.fairlead.protocol.model.StreamEvent.Other;
import io.fairlead.protocol.model.StreamEvent.PartEnded;
import io.fairlead.protocol.model.StreamEvent.PartGrew;
import io.fairlead.protocol.model.StreamEvent.PartStarted;
import io.fairlead.protocol.model.StreamEvent.Started;
import io.fairlead.protocol.model.StreamEvent.UsageKnown;
import io.fairlead.protocol.model.TokenUsage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes a stream: each message is an answer with what is new, the last one has finish reasons and
 * usage. Arguments of calls are gathered, for clients take calls whole. Confined to one thread.
 */
final class GeminiStreamWriter implements StreamWriter {
    private final PartStreams parts = new PartStreams();
    private final Map<Integer, Finish> held = new TreeMap<>();
    private String id;
    private String model;
    private Optional<String> created = Optional.empty();
    private @Nullable TokenUsage usage;
    private boolean finished;

    GeminiStreamWriter(AnswerContext context) {
        id = context.id();
        model = context.model();
    }

    @Override
    public List<Frame> write(Batch batch) {
        boolean own = ChunkForms.is(batch.beside(), ChunkForms.CHUNK);
        CandidateDrafts drafts = new CandidateDrafts();
        boolean usageCame = false;
        boolean ended = false;
        for (StreamEvent event : batch.events()) {
            switch (event) {
                case Started(String newId, String newModel, Optional<Long> when, var ignored) -> {
                    id = newId.isEmpty() ? id : newId;
                    model = newModel.isEmpty() ? model : newModel;
                    created = when.map(seconds -> Instant.ofEpochSecond(seconds).toString());
                }
                case Other other -> other(other, drafts);
                case PartStarted start -> parts.start(start, drafts);
                case PartGrew growth -> parts.grow(growth, drafts);
                case PartEnded end -> parts.end(end, drafts);
                case LogProbsKnown known -> {
                    if (!ChunkForms.isSilent(known.beside())) {
                        drafts.of(known.choice()).logProbs.addAll(known.logProbs());
                    }
                }
                case ChoiceEnded end -> {
                    if (own && !ChunkForms.isSilent(end.beside())) {
                        drafts.of(end.choice()).finish = end.finish();
                    } else if (!own) {
                        held.put(end.choice(), end.finish());
                    }
                }
                case UsageKnown known -> {
                    usage = known.usage();
                    usageCame = true;
                }
                case Ended ignored -> ended = true;
                case Failed ignored -> {}
            }
        }
        if (own) {
            return List.of(frame(ownChunk(batch, drafts, usageCame)));
        }
        return foreignChunk(drafts, usageCame, ended);
    }

    private static void other(Other other, CandidateDrafts drafts) {
        if (ChunkForms.is(other.beside(), ChunkForms.CANDIDATE)) {
            drafts.begin(other.beside());
        } else if (ChunkForms.is(other.beside(), ChunkForms.PART)) {
            JsonObject part = new JsonObject();
            part.merge(other.beside().members());
            drafts.current().add(part);
        }
    }

    private JsonObject ownChunk(Batch batch, CandidateDrafts drafts, boolean usageCame) {
        JsonObject chunk = new JsonObject();
        Spelling spelling = new Spelling(batch.beside());
        drafts.write(chunk, spelling);
        if (usage != null && usageCame) {
            GeminiUsage.write(usage, chunk);
        }
        if (!spelling.form(ChunkForms.NO_MODEL)) {
            chunk.put("modelVersion", model);
        }
        if (!spelling.form(ChunkForms.NO_ID)) {
            chunk.put("responseId", id);
        }
        spelling.rest(chunk);
        return chunk;
    }

    private List<Frame> foreignChunk(CandidateDrafts drafts, boolean usageCame, boolean ended) {
        boolean last = !held.isEmpty() && (usageCame || ended);
        boolean usageOnly = finished && usageCame;
        if (last) {
            finished = true;
            held.forEach((choice, finish) -> drafts.of(choice).finish = finish);
            held.clear();
        }
        if (drafts.isEmpty() && !last && !usageOnly) {
            return List.of();
        }
        JsonObject chunk = new JsonObject();
        drafts.write(chunk, new Spelling(Beside.NONE));
        if (usage != null && (last || usageOnly)) {
            GeminiUsage.write(usage, chunk);
        }
        chunk.put("modelVersion", model);
        chunk.put("createTime", created);
        chunk.put("responseId", id);
        return List.of(frame(chunk));
    }

    private static Frame frame(JsonObject chunk) {
        return new Frame("", chunk.toBytes());
    }

    @Override
    public List<Frame> fail(GatewayError error) {
        return List.of(new Frame("", ErrorShapes.body(ErrorShapes.Shape.GEMINI, error, "")));
    }
}
