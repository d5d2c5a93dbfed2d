package io.fairlead.protocol.cohere;

import static io.fairlead.protocol.cohere.CohereProtocol.ORIGIN;

import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a stream, of the first choice. Confined to one thread. */
final class EventWriter implements StreamWriter {
    /** What a part is in the stream. */
    private enum Kind {
        TEXT,
        THINKING,
        PLAN,
        CALL
    }

    private record Open(Kind kind, int index, StringBuilder text) {}

    private final AnswerContext context;
    private final Map<Integer, Open> open = new HashMap<>();
    private int contents;
    private int calls;
    private int citations;
    private Optional<Finish> finish = Optional.empty();
    private Optional<TokenUsage> usage = Optional.empty();
    private boolean ended;

    EventWriter(AnswerContext context) {
        this.context = context;
    }

    @Override
    public List<Frame> write(Batch batch) {
        Beside beside = batch.beside();
        boolean own = beside.isOf(ORIGIN);
        List<JsonObject> messages = new ArrayList<>();
        boolean done = false;
        for (StreamEvent event : batch.events()) {
            done |= event instanceof StreamEvent.Ended;
            event(event, own, messages);
        }
        boolean whole = beside.form(ORIGIN, "message-end");
        if ((whole || done) && !ended) {
            ended = true;
            messages.add(end(own));
        }
        if (own) {
            if (messages.isEmpty()) {
                String type = beside.forms().isEmpty() ? "" : beside.forms().iterator().next();
                messages.add(new JsonObject().put("type", type));
            }
            messages.getLast().merge(beside.of(ORIGIN));
        }
        List<Frame> frames = new ArrayList<>();
        for (JsonObject message : messages) {
            frames.add(new Frame(type(message), message.toBytes()));
        }
        if (done) {
            frames.add(Frame.of("", Frame.DONE));
        }
        return frames;
    }

    private static String type(JsonObject message) {
        return message.toJson().get("type").orElseThrow().text();
    }

    private void event(StreamEvent event, boolean own, List<JsonObject> out) {
        switch (event) {
            case StreamEvent.Started started -> {
                JsonObject message = message("message-start");
                if (!own || !started.id().isEmpty()) {
                    message.put("id", started.id().isEmpty() ? context.id() : started.id());
                }
                if (!own) {
                    message.object("delta")
                            .object("message")
                            .put("role", "assistant")
                            .put("content", new JsonArray())
                            .put("tool_plan", "")
                            .put("tool_calls", new JsonArray())
                            .put("citations", new JsonArray());
                }
                out.add(message);
            }
            case StreamEvent.PartStarted(int choice, int part, Part head, Beside _)
                    when choice == 0 ->
                    started(part, head, own, out);
            case StreamEvent.PartGrew(int choice, int part, Growth growth, Beside _)
                    when choice == 0 -> {
                Open growing = open.get(part);
                if (growing != null) {
                    grew(growing, growth, own, out);
                }
            }
            case StreamEvent.PartEnded(int choice, int part, Beside _) when choice == 0 -> {
                Open ending = open.remove(part);
                if (ending != null && ending.kind() != Kind.PLAN) {
                    boolean call = ending.kind() == Kind.CALL;
                    if (call && !own && ending.text().isEmpty()) {
                        grew(ending, new Growth.MoreArguments("{}"), false, out);
                    }
                    out.add(
                            message(call ? "tool-call-end" : "content-end")
                                    .put("index", ending.index()));
                }
            }
            case StreamEvent.ChoiceEnded(int choice, Finish why, Beside _) when choice == 0 ->
                    finish = Optional.of(why);
            case StreamEvent.UsageKnown known -> usage = Optional.of(known.usage());
            default -> {}
        }
    }

    private static JsonObject message(String type) {
        return new JsonObject().put("type", type);
    }

    private void started(int part, Part head, boolean own, List<JsonObject> out) {
        switch (head) {
            case ToolCall call -> {
                Open opened = new Open(Kind.CALL, calls++, new StringBuilder());
                open.put(part, opened);
                JsonObject message = message("tool-call-start").put("index", opened.index());
                JsonObject said = message.object("delta").object("message").object("tool_calls");
                said.put("id", call.id());
                if (!own) {
                    said.put("type", "function");
                }
                said.object("function").put("name", call.name());
                if (!own) {
                    said.object("function").put("arguments", call.arguments());
                    opened.text().append(call.arguments());
                }
                out.add(message);
            }
            case Text _, Refusal _ -> content(part, Kind.TEXT, own, out);
            case Reasoning reasoning -> {
                if (reasoning.marks().beside().form(ORIGIN, "tool_plan")) {
                    open.put(part, new Open(Kind.PLAN, 0, new StringBuilder()));
                } else {
                    content(part, Kind.THINKING, own, out);
                }
            }
            default -> {}
        }
    }

    private void content(int part, Kind kind, boolean own, List<JsonObject> out) {
        Open opened = new Open(kind, contents++, new StringBuilder());
        open.put(part, opened);
        JsonObject message = message("content-start").put("index", opened.index());
        if (!own) {
            String name = kind == Kind.TEXT ? "text" : "thinking";
            message.object("delta")
                    .object("message")
                    .object("content")
                    .put("type", name)
                    .put(name, "");
        }
        out.add(message);
    }

    private void grew(Open part, Growth growth, boolean own, List<JsonObject> out) {
        switch (growth) {
            case Growth.MoreText(String text) -> {
                part.text().append(text);
                out.add(delta(part, "text", text));
            }
            case Growth.MoreReasoning more ->
                    out.add(
                            part.kind() == Kind.PLAN
                                    ? planned(more.text())
                                    : delta(part, "thinking", more.text()));
            case Growth.MoreArguments(String text) -> {
                part.text().append(text);
                JsonObject message = message("tool-call-delta").put("index", part.index());
                message.object("delta")
                        .object("message")
                        .object("tool_calls")
                        .object("function")
                        .put("arguments", text);
                out.add(message);
            }
            case Growth.Cited(var citation) -> {
                JsonObject message = message("citation-start").put("index", citations++);
                message.object("delta")
                        .object("message")
                        .put("citations", AnswerWriter.citation(citation, part.text().toString()));
                out.add(message);
                if (!own) {
                    out.add(message("citation-end").put("index", citations - 1));
                }
            }
            default -> {}
        }
    }

    private static JsonObject delta(Open part, String name, String text) {
        JsonObject message = message("content-delta").put("index", part.index());
        message.object("delta").object("message").object("content").put(name, text);
        return message;
    }

    private static JsonObject planned(String text) {
        JsonObject message = message("tool-plan-delta");
        message.object("delta").object("message").put("tool_plan", text);
        return message;
    }

    private JsonObject end(boolean own) {
        JsonObject message = message("message-end");
        JsonObject delta = message.object("delta");
        if (!own || finish.filter(why -> !why.word().isEmpty()).isPresent()) {
            Finish why = finish.orElse(Finish.of(Finish.Reason.STOP, ""));
            delta.put("finish_reason", AnswerWriter.word(why));
        }
        usage.ifPresent(used -> AnswerWriter.usage(used, delta));
        return message;
    }

    @Override
    public List<Frame> fail(GatewayError error) {
        return List.of(Frame.of("", new JsonObject().put("message", error.message()).toString()));
    }
}
