package io.fairlead.protocol.cohere;

import static io.fairlead.protocol.cohere.CohereProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a stream: named events, and a last one that says that it is done. One thread. */
final class EventReader implements StreamReader {
    private static final int NONE = -1;

    private final Map<Long, Integer> contents = new HashMap<>();
    private final Map<Long, Integer> calls = new HashMap<>();
    private final Map<Integer, Boolean> thoughts = new HashMap<>();
    private int parts;
    private int plan = NONE;
    private int lastText = NONE;
    private boolean called;
    private boolean finished;
    private boolean ended;

    @Override
    public Batch read(Frame frame) {
        if (frame.isDone()) {
            ended = true;
            return Batch.of(new StreamEvent.Ended(Beside.NONE));
        }
        Fields event = Fields.ofAnswer(Fields.parse(frame.data()));
        List<StreamEvent> events = new ArrayList<>();
        String type = event.text("type").orElse(frame.name());
        Optional<Fields> delta = event.object("delta");
        Optional<Fields> message = delta.flatMap(d -> d.object("message"));
        event.form(type);
        switch (type) {
            case "message-start" -> {
                String id = event.text("id").orElse("");
                events.add(new StreamEvent.Started(id, "", Optional.empty(), Beside.NONE));
            }
            case "content-start" -> contentStart(event, message, events);
            case "content-delta" -> {
                message.flatMap(m -> m.object("content"))
                        .ifPresent(content -> contentDelta(event, content, events));
                List<TokenLogProb> logProbs = LogProbs.read(event.whole());
                if (!logProbs.isEmpty()) {
                    events.add(new StreamEvent.LogProbsKnown(0, logProbs, Beside.NONE));
                }
            }
            case "content-end" -> end(contents.remove(index(event)), events);
            case "tool-plan-delta" ->
                    message.flatMap(m -> m.text("tool_plan")).ifPresent(t -> planned(t, events));
            case "tool-call-start" -> callStart(event, message, events);
            case "tool-call-delta" -> {
                Integer part = calls.get(index(event));
                Optional<String> more =
                        message.flatMap(m -> m.object("tool_calls"))
                                .flatMap(call -> call.object("function"))
                                .filter(ignored -> part != null)
                                .flatMap(function -> function.text("arguments"));
                if (part != null && more.isPresent()) {
                    grew(part, new Growth.MoreArguments(more.get()), events);
                }
            }
            case "tool-call-end" -> end(calls.remove(index(event)), events);
            case "citation-start" -> {
                Optional<Fields> citation = message.flatMap(m -> m.object("citations"));
                if (lastText != NONE && contents.containsValue(lastText) && citation.isPresent()) {
                    Json raw = citation.get().whole();
                    delta.get().take("message");
                    grew(
                            lastText,
                            new Growth.Cited(AnswerReader.citation(Fields.ofAnswer(raw))),
                            events);
                }
            }
            case "message-end" -> finish(delta, events);
            default -> {
                if (event.has("message") && !event.has("delta")) {
                    events.add(
                            new StreamEvent.Failed(
                                    ProviderFaults.inStream(ErrorBody.read(frame.data())),
                                    Beside.NONE));
                }
            }
        }
        return new Batch(events, event.rest(ORIGIN));
    }

    private static long index(Fields event) {
        return event.peek("index")
                .filter(i -> i.kind() == Json.Kind.NUMBER)
                .map(Json::whole)
                .orElse(0L);
    }

    private void start(int part, Part head, List<StreamEvent> events) {
        if (plan != NONE) {
            end(plan, events);
            plan = NONE;
        }
        events.add(new StreamEvent.PartStarted(0, part, head, Beside.NONE));
    }

    private static void grew(int part, Growth growth, List<StreamEvent> events) {
        events.add(new StreamEvent.PartGrew(0, part, growth, Beside.NONE));
    }

    private static void end(
            @org.jspecify.annotations.Nullable Integer part, List<StreamEvent> events) {
        if (part != null) {
            events.add(new StreamEvent.PartEnded(0, part, Beside.NONE));
        }
    }

    private void planned(String text, List<StreamEvent> events) {
        if (plan == NONE) {
            int part = parts++;
            Reasoning head = new Reasoning(List.of(), List.of(), MessageReader.PLAN);
            start(part, head, events);
            plan = part;
        }
        grew(plan, new Growth.MoreReasoning(text, false, 0), events);
    }

    private void contentStart(Fields event, Optional<Fields> message, List<StreamEvent> events) {
        Optional<Fields> content = message.flatMap(m -> m.object("content"));
        boolean thinks =
                content.isPresent()
                        && content.get().peek("type").filter(t -> t.is("thinking")).isPresent();
        end(contents.remove(index(event)), events);
        int part = parts++;
        contents.put(index(event), part);
        thoughts.put(part, thinks);
        if (thinks) {
            start(part, new Reasoning(List.of(), List.of(), Marks.NONE), events);
        } else {
            lastText = part;
            start(part, Text.of(""), events);
        }
        if (content.isPresent()) {
            contentDelta(event, content.get(), events);
        }
    }

    private void contentDelta(Fields event, Fields content, List<StreamEvent> events) {
        Integer part = contents.get(index(event));
        if (part == null) {
            return;
        }
        boolean thinks = thoughts.getOrDefault(part, false);
        String name = thinks ? "thinking" : "text";
        if (content.peek(name).filter(text -> text.is("")).isPresent()) {
            return;
        }
        Optional<String> text = content.text(name);
        text.ifPresent(more ->
                grew(
                        part,
                        thinks
                                ? new Growth.MoreReasoning(more, false, 0)
                                : new Growth.MoreText(more),
                        events));
    }

    private void callStart(Fields event, Optional<Fields> message, List<StreamEvent> events) {
        Optional<Fields> call = message.flatMap(m -> m.object("tool_calls"));
        Optional<Fields> function = call.flatMap(c -> c.object("function"));
        String id = call.flatMap(c -> c.text("id")).orElse("");
        String name = function.flatMap(f -> f.text("name")).orElse("");
        end(calls.remove(index(event)), events);
        int part = parts++;
        calls.put(index(event), part);
        called = true;
        start(part, ToolCall.of(id, name, ""), events);
        function.filter(f -> f.peek("arguments").filter(a -> !a.is("")).isPresent())
                .flatMap(f -> f.text("arguments"))
                .ifPresent(more -> grew(part, new Growth.MoreArguments(more), events));
    }

    private void finish(Optional<Fields> delta, List<StreamEvent> events) {
        if (plan != NONE) {
            end(plan, events);
            plan = NONE;
        }
        contents.values().forEach(part -> end(part, events));
        calls.values().forEach(part -> end(part, events));
        contents.clear();
        calls.clear();
        String word = delta.flatMap(d -> d.text("finish_reason")).orElse("");
        if (!finished) {
            events.add(
                    new StreamEvent.ChoiceEnded(0, AnswerReader.finish(word, called), Beside.NONE));
        }
        finished = true;
        delta.flatMap(d -> d.object("usage"))
                .flatMap(AnswerReader::usage)
                .ifPresent(usage -> events.add(new StreamEvent.UsageKnown(usage, Beside.NONE)));
    }

    @Override
    public Batch end() {
        boolean whole = finished && !ended;
        ended |= whole;
        return whole ? Batch.of(new StreamEvent.Ended(Beside.NONE)) : Batch.EMPTY;
    }
}
