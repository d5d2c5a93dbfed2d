package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.StreamEvent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a stream of chunks. What a chunk says besides its events is beside its batch; what its
 * choices say besides is there too, under {@code choices}, in their order. Confined to one thread.
 */
final class ChatStreamReader implements StreamReader {
    /** The stream's last word. */
    static final String DONE = "done";

    /** Nothing was sent for this. */
    static final String SILENT = "silent";

    /** Before the name of an event that has one. */
    static final String NAMED = "event:";

    private final Dialect dialect;
    private final Map<Integer, ChoiceReader> choices = new LinkedHashMap<>();
    private boolean started;
    private boolean over;
    private String id = "";
    private String model = "";
    private long created = -1;

    ChatStreamReader(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public Batch read(Frame frame) {
        if (frame.isDone()) {
            return end(DONE);
        }
        Json body = Fields.parse(frame.data());
        Fields chunk = Fields.ofAnswer(body);
        if (!frame.name().isEmpty()) {
            chunk.form(NAMED + frame.name());
        }
        List<StreamEvent> events = new ArrayList<>();
        if (over) {
            return batch(events, chunk, List.of());
        }
        if (chunk.peek("choices").filter(Json::isArray).isPresent()) {
            start(chunk, events);
        } else {
            chunk.form(SILENT);
        }
        List<ChoiceRest> rests = choices(chunk, events);
        chunk.object("usage")
                .ifPresent(usage -> {
                    chunk.take("usage");
                    events.add(usage(usage));
                });
        if (!chunk.has("usage")) {
            chunk.peek("x_groq")
                    .flatMap(groq -> groq.get("usage"))
                    .filter(Json::isObject)
                    .ifPresent(usage -> events.add(groqUsage(usage)));
        }
        if (chunk.has("error")) {
            over = true;
            byte[] error = new JsonObject().put("error", chunk.whole().get("error")).toBytes();
            events.add(
                    new StreamEvent.Failed(
                            ProviderFaults.inStream(ErrorBody.read(error)), Beside.NONE));
        }
        return batch(events, chunk, rests);
    }

    /** What was left of a choice, and which it is, for those without an event. */
    private record ChoiceRest(long index, Beside rest) {}

    private StreamEvent usage(Fields usage) {
        var read = UsageForm.read(usage, dialect);
        return new StreamEvent.UsageKnown(read, Beside.NONE);
    }

    /** Groq tells it here, also to those who did not ask; it stays in the rest. */
    private StreamEvent groqUsage(Json usage) {
        var read = UsageForm.read(Fields.ofAnswer(usage), dialect);
        return new StreamEvent.UsageKnown(read, Own.form(dialect.protocol(), SILENT));
    }

    private void start(Fields chunk, List<StreamEvent> events) {
        String chunkId = text(chunk, "id");
        String chunkModel = text(chunk, "model");
        long chunkCreated = created(chunk);
        if (!started) {
            started = true;
            id = chunkId;
            model = chunkModel;
            created = chunkCreated;
            events.add(
                    new StreamEvent.Started(
                            id,
                            model,
                            created > 0 ? Optional.of(created) : Optional.empty(),
                            Beside.NONE));
        }
        if (chunkId.equals(id) && !id.isEmpty()) {
            chunk.take("id");
        }
        if (chunkModel.equals(model) && !model.isEmpty()) {
            chunk.take("model");
        }
        if (chunkCreated == created && created > 0) {
            chunk.take("created");
        }
    }

    private static String text(Fields chunk, String name) {
        return chunk.peek(name).filter(Json::isString).map(Json::text).orElse("");
    }

    private static long created(Fields chunk) {
        return chunk.peek("created")
                .filter(v -> v.kind() == Json.Kind.NUMBER)
                .map(Json::whole)
                .orElse(-1L);
    }

    private List<ChoiceRest> choices(Fields chunk, List<StreamEvent> events) {
        if (Own.list(chunk, "choices").isEmpty()) {
            return List.of();
        }
        List<ChoiceRest> rests = new ArrayList<>(1);
        for (Fields choice : chunk.objects("choices")) {
            int index = choice.count("index").orElse(0L).intValue();
            choices.computeIfAbsent(index, i -> new ChoiceReader(i, dialect)).read(choice, events);
            rests.add(new ChoiceRest(index, choice.rest(dialect.protocol())));
        }
        return rests;
    }

    private Batch batch(List<StreamEvent> events, Fields chunk, List<ChoiceRest> choiceRests) {
        Beside rest = Own.marked(chunk, dialect.protocol());
        return new Batch(
                events,
                choiceRests.isEmpty()
                        ? rest
                        : Beside.later(
                                dialect.protocol(),
                                () -> members(rest, choiceRests),
                                rest.forms()));
    }

    private static Map<String, Json> members(Beside chunk, List<ChoiceRest> choiceRests) {
        JsonArray choices = new JsonArray();
        for (ChoiceRest choice : choiceRests) {
            JsonObject object = choices.addObject();
            object.put("index", choice.index());
            object.merge(choice.rest().members());
        }
        Map<String, Json> members = new LinkedHashMap<>(chunk.members());
        members.put("choices", choices.toJson());
        return members;
    }

    @Override
    public Batch end() {
        boolean complete = started && !choices.isEmpty();
        for (ChoiceReader choice : choices.values()) {
            complete &= choice.ended();
        }
        return complete && !over ? end(SILENT) : Batch.EMPTY;
    }

    /** Some imitators leave out the last word; then the choices' ends are the end. */
    private Batch end(String form) {
        Beside beside =
                new Beside(Optional.of(dialect.protocol()), Map.of(), Set.of(Own.FORM, form));
        if (over || !started) {
            return new Batch(List.of(), beside);
        }
        over = true;
        List<StreamEvent> events = new ArrayList<>();
        choices.values().forEach(choice -> choice.closeAll(events));
        events.add(new StreamEvent.Ended(Beside.NONE));
        return new Batch(events, beside);
    }
}
