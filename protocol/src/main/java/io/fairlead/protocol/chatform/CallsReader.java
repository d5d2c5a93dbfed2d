package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.ToolCall;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls of one choice of a stream that is read. Each has a number on the wire; a call ends when
 * its arguments are whole and another begins, or with the choice. Confined to one thread.
 */
final class CallsReader {
    /** The number of the call in {@code function_call}. */
    private static final long LEGACY = -1;

    private static final class Call {
        private final int part;
        private final String id;
        private final JsonEnd arguments = new JsonEnd();
        private boolean ended;

        Call(int part, String id) {
            this.part = part;
            this.id = id;
        }
    }

    private final ChoiceReader choice;
    private final Dialect dialect;
    private final Map<Long, Call> calls = new LinkedHashMap<>();
    private boolean any;

    CallsReader(ChoiceReader choice, Dialect dialect) {
        this.choice = choice;
        this.dialect = dialect;
    }

    boolean any() {
        return any;
    }

    void read(Fields delta, List<StreamEvent> events) {
        if (Own.list(delta, "tool_calls").isPresent()) {
            int position = 0;
            for (Fields entry : delta.objects("tool_calls")) {
                entry(entry, number(entry, position), events);
                position++;
            }
        }
        Optional<Fields> legacy = delta.object(CallForm.LEGACY);
        if (legacy.isPresent() && !legacy.get().whole().isEmpty()) {
            legacy(legacy.get(), events);
        }
    }

    private static long number(Fields entry, int position) {
        return entry.peek("index")
                .filter(index -> index.kind() == Json.Kind.NUMBER)
                .map(Json::whole)
                .orElse((long) position);
    }

    private void entry(Fields entry, long number, List<StreamEvent> events) {
        boolean custom = entry.peek("type").filter(type -> type.is("custom")).isPresent();
        Optional<Fields> function =
                entry.object(custom || entry.has("custom") ? "custom" : "function");
        Call call = calls.get(number);
        String id = entry.peek("id").filter(Json::isString).map(Json::text).orElse("");
        // Some imitators give every call the number 0, but ids of their own.
        boolean other = call != null && !id.isEmpty() && !id.equals(call.id) && !call.id.isEmpty();
        boolean begins = call == null || other;
        if (call == null || other) {
            call = begin(number, id, events);
        }
        String member = function.isPresent() && function.get().has("input") ? "input" : "arguments";
        if (begins) {
            ToolCall head = head(entry, function, id, custom);
            String text = function.flatMap(f -> Own.words(f, member)).orElse("");
            events.add(
                    new StreamEvent.PartStarted(
                            choice.index(), call.part, head, entry.rest(dialect.protocol())));
            if (!text.isEmpty()) {
                call.arguments.add(text);
                events.add(growth(call, text, Own.form(dialect.protocol(), OwnChunk.SAME_ENTRY)));
            }
        } else if (!call.ended) {
            String text = function.flatMap(f -> Own.words(f, member)).orElse("");
            call.arguments.add(text);
            events.add(growth(call, text, entry.rest(dialect.protocol())));
        }
    }

    private Call begin(long number, String id, List<StreamEvent> events) {
        choice.close(events);
        endWhole(events);
        any = true;
        Call call = new Call(choice.nextPart(), id);
        Call before = calls.put(number, call);
        if (before != null && !before.ended) {
            end(before, events);
        }
        return call;
    }

    private static ToolCall head(
            Fields entry, Optional<Fields> function, String id, boolean custom) {
        if (!id.isEmpty()) {
            entry.take("id");
        }
        String name = function.flatMap(f -> Own.words(f, "name")).orElse("");
        return new ToolCall(id, name, "", custom, Marks.of(CallForm.extraSeal(entry), Beside.NONE));
    }

    private StreamEvent growth(Call call, String text, Beside beside) {
        return new StreamEvent.PartGrew(
                choice.index(), call.part, new Growth.MoreArguments(text), beside);
    }

    /** Ends the calls that can't grow any more. */
    private void endWhole(List<StreamEvent> events) {
        for (Call call : calls.values()) {
            if (!call.ended && call.arguments.reached()) {
                end(call, events);
            }
        }
    }

    private void legacy(Fields function, List<StreamEvent> events) {
        Beside beside = Own.form(dialect.protocol(), CallForm.LEGACY);
        Call call = calls.get(LEGACY);
        if (call == null) {
            choice.close(events);
            any = true;
            call = new Call(choice.nextPart(), "");
            calls.put(LEGACY, call);
            ToolCall head =
                    new ToolCall(
                            "",
                            Own.words(function, "name").orElse(""),
                            "",
                            false,
                            Marks.of(beside));
            events.add(new StreamEvent.PartStarted(choice.index(), call.part, head, beside));
        }
        Optional<String> more = Own.words(function, "arguments");
        if (more.isPresent()) {
            events.add(growth(call, more.get(), beside));
        }
    }

    void close(List<StreamEvent> events) {
        for (Call call : calls.values()) {
            if (!call.ended) {
                end(call, events);
            }
        }
    }

    private void end(Call call, List<StreamEvent> events) {
        call.ended = true;
        events.add(new StreamEvent.PartEnded(choice.index(), call.part, Beside.NONE));
    }
}
