package io.fairlead.protocol.chatform;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one chunk again of what one chunk of this protocol said: nothing is added to it. Confined
 * to one thread.
 */
final class OwnChunk {
    /** These arguments stand in the entry that began the call. */
    static final String SAME_ENTRY = "same-entry";

    /** A text that is a refusal's. */
    static final String REFUSAL = "refusal";

    private final Dialect dialect;
    private final PartWriter parts;
    private final LogProbsForm logProbs;
    private final JsonObject chunk = new JsonObject();
    private final Map<Integer, JsonObject> choices = new LinkedHashMap<>();
    private final Map<Integer, Map<String, Json>> rests = new HashMap<>();

    /** The entry of the call that began last, by choice. */
    private final Map<Integer, JsonObject> last = new HashMap<>();

    OwnChunk(Dialect dialect) {
        this.dialect = dialect;
        this.parts = new PartWriter(dialect);
        this.logProbs = new LogProbsForm(dialect);
    }

    JsonObject of(Batch batch) {
        Map<String, Json> members = new LinkedHashMap<>(batch.beside().of(dialect.protocol()));
        Json rest = members.remove("choices");
        if (rest != null) {
            open(rest);
        }
        batch.events().forEach(this::event);
        choices.forEach((index, choice) -> choice.merge(rests.getOrDefault(index, Map.of())));
        chunk.merge(members);
        return chunk;
    }

    private void open(Json rest) {
        JsonArray array = chunk.array("choices");
        for (Json one : rest.elements()) {
            Map<String, Json> members = new LinkedHashMap<>();
            one.members().forEach(member -> members.put(member.name(), member.value()));
            Json index = members.remove("index");
            JsonObject choice = array.addObject();
            if (index != null) {
                int number = (int) index.whole();
                choice.put("index", number);
                choices.put(number, choice);
                rests.put(number, members);
            }
        }
    }

    private JsonObject choice(int index) {
        return choices.computeIfAbsent(
                index, i -> chunk.array("choices").addObject().put("index", i));
    }

    private JsonObject delta(int choice) {
        return choice(choice).object("delta");
    }

    private void event(StreamEvent event) {
        switch (event) {
            case StreamEvent.PartStarted begun -> began(begun);
            case StreamEvent.PartGrew grew -> grew(grew);
            case StreamEvent.LogProbsKnown known ->
                    logProbs.write(known.logProbs(), choice(known.choice()));
            case StreamEvent.ChoiceEnded ended ->
                    choice(ended.choice())
                            .put("finish_reason", FinishWords.write(ended.finish(), true, false));
            case StreamEvent.UsageKnown known -> {
                if (!known.beside().form(dialect.protocol(), ChatStreamReader.SILENT)) {
                    chunk.put("usage", UsageForm.write(known.usage(), dialect));
                }
            }
            case StreamEvent.Started ignored -> {}
            case StreamEvent.PartEnded ignored -> {}
            case StreamEvent.Failed ignored -> {}
            case StreamEvent.Ended ignored -> {}
            case StreamEvent.Other ignored -> {}
        }
    }

    private boolean isInRest(Beside beside) {
        return beside.form(dialect.protocol(), ChatStreamReader.SILENT);
    }

    private void began(StreamEvent.PartStarted begun) {
        if (isInRest(begun.beside())) {
            return;
        }
        if (begun.head() instanceof ToolCall call) {
            if (begun.beside().form(dialect.protocol(), CallForm.LEGACY)) {
                delta(begun.choice()).object(CallForm.LEGACY).put("name", call.name());
                return;
            }
            JsonObject entry = delta(begun.choice()).array("tool_calls").addObject();
            if (!call.id().isEmpty()) {
                entry.put("id", call.id());
            }
            if (!call.name().isEmpty()) {
                entry.object(call.custom() ? "custom" : "function").put("name", call.name());
            }
            entry.merge(begun.beside().of(dialect.protocol()));
            last.put(begun.choice(), entry);
        } else if (parts.isContent(begun.head()) && !(begun.head() instanceof Text)) {
            parts.write(begun.head(), delta(begun.choice()).array("content"));
        }
    }

    private void grew(StreamEvent.PartGrew grew) {
        Beside forms = grew.beside();
        if (isInRest(forms)) {
            return;
        }
        switch (grew.growth()) {
            case Growth.MoreText(String text) -> text(text, grew, forms);
            case Growth.MoreReasoning more -> thought(more.text(), grew, forms);
            case Growth.MoreArguments(String text) -> arguments(text, grew, forms);
            case Growth.Cited(var citation) ->
                    Annotations.write(
                            List.of(citation),
                            0,
                            0,
                            dialect,
                            delta(grew.choice()).array("annotations"));
            case Growth.Sealed ignored -> {}
            case Growth.MoreMedia ignored -> {}
            case Growth.MoreForeign ignored -> {}
        }
    }

    private void text(String text, StreamEvent.PartGrew grew, Beside forms) {
        JsonObject delta = delta(grew.choice());
        if (forms.form(dialect.protocol(), MessageReader.PARTS)) {
            delta.array("content").addObject().put("type", "text").put("text", text);
        } else {
            delta.put(forms.form(dialect.protocol(), REFUSAL) ? "refusal" : "content", text);
        }
    }

    private void thought(String text, StreamEvent.PartGrew grew, Beside forms) {
        JsonObject delta = delta(grew.choice());
        if (forms.form(dialect.protocol(), MessageReader.PARTS)) {
            JsonObject part = delta.array("content").addObject().put("type", "thinking");
            part.array("thinking").addObject().put("type", "text").put("text", text);
            part.merge(forms.of(dialect.protocol()));
            return;
        }
        if (forms.form(dialect.protocol(), ReasoningForm.PLAIN)) {
            delta.put(ReasoningForm.PLAIN, text);
        }
        if (forms.form(dialect.protocol(), ReasoningForm.CONTENT)) {
            delta.put(ReasoningForm.CONTENT, text);
        }
    }

    private void arguments(String text, StreamEvent.PartGrew grew, Beside forms) {
        if (forms.form(dialect.protocol(), CallForm.LEGACY)) {
            delta(grew.choice()).object(CallForm.LEGACY).put("arguments", text);
            return;
        }
        JsonObject begun = last.get(grew.choice());
        boolean same = begun != null && forms.form(dialect.protocol(), SAME_ENTRY);
        JsonObject entry =
                begun != null && same
                        ? begun
                        : delta(grew.choice()).array("tool_calls").addObject();
        Map<String, Json> rest = forms.of(dialect.protocol());
        if (!text.isEmpty()) {
            boolean custom = rest.containsKey("custom") || entry.has("custom");
            entry.object(custom ? "custom" : "function").put(custom ? "input" : "arguments", text);
        }
        entry.merge(rest);
    }
}
