package io.fairlead.protocol.responses;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Refusal;
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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of any provider as the messages of this protocol. Gathers the items it wrote, for the
 * last message repeats them all. Confined to one thread.
 */
final class OutputStream {
    private final AnswerContext context;
    private final Emitter emitter;
    private final OutputItems items;
    private final Map<Integer, OpenPart> open = new LinkedHashMap<>();
    private JsonObject echo = new JsonObject();
    private String id = "";
    private String model = "";
    private long created;
    private boolean started;
    private boolean refused;
    private boolean over;
    private Optional<Finish> finish = Optional.empty();
    private Optional<TokenUsage> usage = Optional.empty();
    private Optional<Json> last = Optional.empty();

    OutputStream(AnswerContext context, Emitter emitter) {
        this.context = context;
        this.emitter = emitter;
        items = new OutputItems(emitter, new ItemIds(context.id()));
    }

    /** A message of this protocol was passed on: errors go on from there. */
    void saw(Json message) {
        started = true;
        message.get("response").filter(Json::isObject).ifPresent(r -> last = Optional.of(r));
    }

    void write(StreamEvent event) {
        if (over) {
            return;
        }
        switch (event) {
            case Started begun -> start(begun.id(), begun.model(), begun.created());
            case PartStarted part -> begin(part);
            case PartGrew grew -> {
                OpenPart part = open.get(grew.part());
                if (grew.choice() == 0 && part != null) {
                    part.grow(grew.growth());
                }
            }
            case PartEnded ended -> {
                OpenPart part = ended.choice() == 0 ? open.remove(ended.part()) : null;
                if (part != null) {
                    part.end();
                }
            }
            case LogProbsKnown known -> {
                if (known.choice() == 0) {
                    items.logProbs(known.logProbs());
                }
            }
            case ChoiceEnded ended -> {
                if (ended.choice() == 0) {
                    finish = Optional.of(ended.finish());
                }
            }
            case UsageKnown known -> usage = Optional.of(known.usage());
            case Failed failed -> failed(failed.fault());
            case Ended ignored -> end();
            case Other ignored -> {}
        }
    }

    private void start(String newId, String newModel, Optional<Long> newCreated) {
        if (started) {
            return;
        }
        started = true;
        id = newId.isEmpty() ? new ItemIds(context.id()).response() : newId;
        model = newModel.isEmpty() ? context.model() : newModel;
        created = newCreated.orElse(context.createdSeconds());
        JsonObject repeated = new JsonObject();
        Echo.into(repeated, context.request());
        echo = JsonObject.of(repeated.toJson()); // written once, and sent thrice
        for (String type : List.of(EventType.CREATED, EventType.IN_PROGRESS)) {
            emitter.send(
                    type,
                    emitter.message(type).put("response", whole(response("in_progress", null))));
        }
    }

    private JsonObject response(
            String status, @org.jspecify.annotations.Nullable JsonArray output) {
        JsonObject response =
                new JsonObject()
                        .put("id", id)
                        .put("object", "response")
                        .put("created_at", created)
                        .put("status", status)
                        .put("model", model);
        if (output != null) {
            response.put("output", output);
        }
        return response;
    }

    private JsonObject whole(JsonObject response) {
        response.merge(echo);
        return response;
    }

    private void begin(PartStarted event) {
        if (event.choice() != 0) {
            return;
        }
        start("", "", Optional.empty());
        refused |= event.head() instanceof Refusal;
        Optional<OpenPart> part = items.begin(event.head());
        part.ifPresent(begun -> open.put(event.part(), begun));
    }

    private void end() {
        start("", "", Optional.empty());
        List<OpenPart> rest = new ArrayList<>(open.values());
        open.clear();
        rest.forEach(OpenPart::end);
        items.close();
        Optional<Finish> told = ResponsesFinish.told(finish, refused);
        String status = ResponsesFinish.status(told);
        JsonObject response = response(status, items.output());
        if (status.equals(ResponsesFinish.COMPLETED)) {
            response.put("completed_at", created);
        }
        ResponsesFinish.details(response, told);
        usage.ifPresent(known -> response.put("usage", ResponsesUsage.write(known)));
        String type = "response." + status;
        emitter.send(type, emitter.message(type).put("response", whole(response)));
        over = true;
    }

    private void failed(ProviderFault fault) {
        Optional<String> code =
                fault instanceof ProviderFault.InStreamError error
                        ? error.code()
                        : Optional.empty();
        fail(code.orElse("server_error"), fault.message());
    }

    /** SDKs throw at the {@code error}; who reads on finds a response that says the same. */
    void fail(String code, String words) {
        if (over) {
            return;
        }
        if (!started) {
            start("", "", Optional.empty());
        }
        JsonObject error =
                emitter.message(EventType.ERROR)
                        .put("code", code)
                        .put("message", words)
                        .putNull("param");
        error.object("error")
                .put("type", code)
                .put("code", code)
                .put("message", words)
                .putNull("param");
        emitter.send(EventType.ERROR, error);
        JsonObject response;
        if (last.isPresent()) {
            response = LiveItem.copy(last.get()).put("status", ResponsesFinish.FAILED);
        } else {
            response = response(ResponsesFinish.FAILED, items.output());
        }
        response.put("error", new JsonObject().put("code", codeOf(code)).put("message", words));
        usage.ifPresent(known -> response.put("usage", ResponsesUsage.write(known)));
        emitter.send(
                EventType.FAILED,
                emitter.message(EventType.FAILED).put("response", whole(response)));
        over = true;
    }

    /** A response knows but few codes. */
    private static String codeOf(String code) {
        return switch (code) {
            case "rate_limit_exceeded", "rate_limited" -> "rate_limit_exceeded";
            case "invalid_prompt" -> code;
            default -> "server_error";
        };
    }
}
