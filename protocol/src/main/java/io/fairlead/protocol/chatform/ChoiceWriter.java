package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.ToolCall;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One choice of a stream that is written for a client. Confined to one thread. */
final class ChoiceWriter {
    private final int index;
    private final Dialect dialect;
    private final AnswerContext context;
    private final Supplier<JsonObject> chunks;
    private final boolean legacy;
    private final Deltas deltas;
    private final Map<Integer, OpenPart> parts = new HashMap<>();
    private boolean open;
    private int calls;
    private int details;
    private int written;

    /**
     * @param chunks new chunks of this answer, without choices
     */
    ChoiceWriter(int index, Dialect dialect, AnswerContext context, Supplier<JsonObject> chunks) {
        this.index = index;
        this.dialect = dialect;
        this.context = context;
        this.chunks = chunks;
        this.legacy = ToolsForm.isLegacy(context.request().tools(), dialect);
        this.deltas = new Deltas(dialect, legacy);
    }

    /** Begins the choice, unless it has begun: the role comes first. */
    void open(List<Frame> frames) {
        if (!open) {
            open = true;
            JsonObject delta = new JsonObject().put("role", "assistant").put("content", "");
            send(delta, frames);
        }
    }

    void began(int number, Part head, List<Frame> frames) {
        open(frames);
        OpenPart part = new OpenPart(head);
        parts.put(number, part);
        switch (head) {
            case ToolCall call -> call(call, part, frames);
            case Text text -> text(text.text(), "content", frames);
            case Refusal refusal -> text(refusal.text(), "refusal", frames);
            case Reasoning reasoning -> thought(part, reasoning.text(), frames);
            default -> {}
        }
        if (head instanceof Text text) {
            text.citations().forEach(citation -> cited(citation, frames));
        }
    }

    private void call(ToolCall call, OpenPart part, List<Frame> frames) {
        part.call = calls++;
        if (!legacy) { // the older kind has no ids
            part.id = Ids.call(call.id(), index, part.call, context);
        }
        send(deltas.call(call, part.id, part.call), frames);
        arguments(part, call.arguments(), frames);
        if (call.marks().seal().isPresent()) {
            part.seal = call.marks().seal().get();
        }
    }

    void grew(int number, Growth growth, List<Frame> frames) {
        OpenPart part = parts.get(number);
        if (part == null) {
            return;
        }
        switch (growth) {
            case Growth.MoreText(String text) ->
                    text(text, part.head instanceof Refusal ? "refusal" : "content", frames);
            case Growth.MoreReasoning more -> thought(part, more, frames);
            case Growth.MoreArguments(String text) -> arguments(part, text, frames);
            case Growth.Cited(var citation) -> cited(citation, frames);
            case Growth.Sealed(var seal) -> part.seal = seal;
            case Growth.MoreMedia(String base64) -> part.text.append(base64);
            case Growth.MoreForeign ignored -> {}
        }
    }

    private void text(String text, String member, List<Frame> frames) {
        if (!text.isEmpty()) {
            if (member.equals("content")) {
                written += text.length();
            }
            send(new JsonObject().put(member, text), frames);
        }
    }

    /** The summary counts only where the thoughts themselves are not told. */
    private void thought(OpenPart part, Growth.MoreReasoning more, List<Frame> frames) {
        if (more.summary() && part.told) {
            return;
        }
        part.told |= !more.summary();
        boolean next = more.section() != part.section && !part.text.isEmpty();
        part.section = more.section();
        part.summary = more.summary();
        thought(part, next ? "\n\n" + more.text() : more.text(), frames);
    }

    private void thought(OpenPart part, String text, List<Frame> frames) {
        if (text.isEmpty()) {
            return;
        }
        part.text.append(text);
        long number = deltas.numbersThoughts() ? detailOf(part) : -1;
        send(deltas.thought(text, part.summary, number), frames);
    }

    private long detailOf(OpenPart part) {
        if (part.detail < 0) {
            part.detail = details++;
        }
        return part.detail;
    }

    private void arguments(OpenPart part, String text, List<Frame> frames) {
        if (text.isEmpty()) {
            return;
        }
        part.told = true;
        boolean custom = part.head instanceof ToolCall call && call.custom();
        send(deltas.arguments(text, custom, part.call), frames);
    }

    private void cited(Citation citation, List<Frame> frames) {
        JsonArray array = new JsonArray();
        Annotations.write(List.of(citation), 0, written, dialect, array);
        if (!array.isEmpty()) {
            send(new JsonObject().put("annotations", array), frames);
        }
    }

    void ended(int number, List<Frame> frames) {
        OpenPart part = parts.remove(number);
        if (part == null) {
            return;
        }
        switch (part.head) {
            case ToolCall call -> {
                if (!part.told && !call.custom()) {
                    arguments(part, "{}", frames);
                }
                sealed(part, frames);
            }
            case Reasoning ignored -> sealed(part, frames);
            case Text ignored -> sealed(part, frames);
            case Media media -> media(media, part, frames);
            default -> {}
        }
    }

    /** The seal of a part, with all that it vouches for, so that it can come back in one piece. */
    private void sealed(OpenPart part, List<Frame> frames) {
        Seal seal = part.seal;
        if (seal == null || dialect.reasoning() == Dialect.ReasoningPlace.PARTS) {
            return;
        }
        JsonArray array = new JsonArray();
        long number = detailOf(part);
        if (part.head instanceof Reasoning) {
            Reasoning whole =
                    part.text.isEmpty()
                            ? new Reasoning(List.of(), List.of(), Marks.NONE)
                            : Reasoning.of(part.text.toString());
            DetailForm.streamed(whole, seal, deltas.numbersThoughts(), number, array);
        } else {
            Optional<String> id = part.id.isEmpty() ? Optional.empty() : Optional.of(part.id);
            DetailForm.sealed(seal, id, number, array);
        }
        send(new JsonObject().put(ReasoningForm.DETAILS, array), frames);
    }

    private void media(Media media, OpenPart part, List<Frame> frames) {
        Media whole = media;
        if (media.source() instanceof Media.Source.Inline inline && !part.text.isEmpty()) {
            whole =
                    media.withSource(
                            new Media.Source.Inline(
                                    inline.mediaType(), inline.base64() + part.text));
        }
        deltas.media(whole, context.id()).ifPresent(delta -> send(delta, frames));
    }

    void logProbs(List<TokenLogProb> tokens, List<Frame> frames) {
        open(frames);
        JsonObject chunk = chunks.get();
        JsonObject choice = choice(new JsonObject(), chunk);
        new LogProbsForm(dialect).write(tokens, choice);
        choice.object("logprobs").putNull("refusal");
        choice.putNull("finish_reason");
        frames.add(new Frame("", chunk.toBytes()));
    }

    void finished(Finish finish, List<Frame> frames) {
        open(frames);
        Finish said = calls > 0 ? Finish.of(Finish.Reason.TOOL_CALLS, "") : finish;
        JsonObject chunk = chunks.get();
        JsonObject choice = choice(new JsonObject(), chunk).putNull("logprobs");
        choice.put("finish_reason", FinishWords.write(said, false, legacy));
        frames.add(new Frame("", chunk.toBytes()));
    }

    private void send(JsonObject delta, List<Frame> frames) {
        JsonObject chunk = chunks.get();
        choice(delta, chunk).putNull("logprobs").putNull("finish_reason");
        frames.add(new Frame("", chunk.toBytes()));
    }

    private JsonObject choice(JsonObject delta, JsonObject chunk) {
        return chunk.array("choices").addObject().put("index", index).put("delta", delta);
    }
}
