package io.fairlead.protocol.gemini;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.StreamEvent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a stream: each message is an answer with what is new. Nothing marks its end but the finish
 * reasons of all candidates and the end of the body. Confined to one thread.
 */
final class GeminiStreamReader implements StreamReader {
    private final Map<Integer, CandidateStream> candidates = new HashMap<>();
    private CallIds ids = new CallIds("call_");
    private String id = "";
    private String model = "";
    private boolean started;
    private boolean blocked;
    private boolean failed;

    @Override
    public Batch read(Frame frame) {
        Json body = Fields.parse(frame.data());
        ProtoFields chunk = ProtoFields.of(Fields.ofAnswer(body));
        List<StreamEvent> events = new ArrayList<>();
        chunk.form(ChunkForms.CHUNK);
        if (body.get("error").filter(Json::isObject).isPresent()) {
            failed = true;
            ProviderFault fault = ProviderFaults.inStream(ErrorBody.read(frame.data()));
            events.add(new StreamEvent.Failed(fault, ChunkForms.SILENT));
            return new Batch(events, chunk.rest());
        }
        start(chunk, events);
        int position = 0;
        for (ProtoFields candidate : chunk.list("candidates")) {
            int index = Candidates.index(candidate, position);
            candidates
                    .computeIfAbsent(index, i -> new CandidateStream(i, ids))
                    .read(candidate, events);
            position++;
        }
        blocked(chunk, events);
        GeminiUsage.read(chunk)
                .ifPresent(usage -> events.add(new StreamEvent.UsageKnown(usage, Beside.NONE)));
        return new Batch(events, chunk.rest());
    }

    /** Every message repeats the answer's id and model. */
    private void start(ProtoFields chunk, List<StreamEvent> events) {
        Optional<String> saidId = chunk.peek("responseId").filter(Json::isString).map(Json::text);
        Optional<String> saidModel =
                chunk.peek("modelVersion").filter(Json::isString).map(Json::text);
        if (!started) {
            started = true;
            id = saidId.orElse("");
            model = saidModel.orElse("");
            ids = CallIds.ofAnswer(id);
            events.add(
                    new StreamEvent.Started(id, model, AnswerReader.created(chunk), Beside.NONE));
        }
        repeated(chunk, "responseId", saidId, id, ChunkForms.NO_ID);
        repeated(chunk, "modelVersion", saidModel, model, ChunkForms.NO_MODEL);
    }

    private static void repeated(
            ProtoFields chunk, String name, Optional<String> said, String known, String otherwise) {
        if (!known.isEmpty() && said.isPresent() && said.get().equals(known)) {
            chunk.take(name);
        } else {
            chunk.form(otherwise);
        }
    }

    private void blocked(ProtoFields chunk, List<StreamEvent> events) {
        if (candidates.isEmpty() && !blocked) {
            AnswerReader.blocked(chunk)
                    .ifPresent(finish -> {
                        blocked = true;
                        events.add(new StreamEvent.ChoiceEnded(0, finish, ChunkForms.SILENT));
                    });
        }
    }

    @Override
    public Batch end() {
        boolean complete = blocked || !candidates.isEmpty();
        for (CandidateStream candidate : candidates.values()) {
            complete &= candidate.hasEnded();
        }
        return complete && !failed ? Batch.of(new StreamEvent.Ended(Beside.NONE)) : Batch.EMPTY;
    }
}
