package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes whole answers. Immutable: any thread. */
final class AnswerWriter {
    /** Tiers OpenAI's types know; a client of theirs need not understand others. */
    static final Set<String> TIERS = Set.of("auto", "default", "flex", "scale", "priority", "fast");

    private final Dialect dialect;
    private final PartWriter parts;
    private final CallForm calls;
    private final ReasoningForm reasoning;
    private final LogProbsForm logProbs;

    AnswerWriter(Dialect dialect) {
        this.dialect = dialect;
        this.parts = new PartWriter(dialect);
        this.calls = new CallForm(dialect);
        this.reasoning = new ReasoningForm(dialect);
        this.logProbs = new LogProbsForm(dialect);
    }

    byte[] write(ChatAnswer answer, AnswerContext context) {
        boolean own = Own.is(answer.beside(), dialect.protocol());
        Beside beside = answer.beside();
        JsonObject body = new JsonObject();
        if (own) {
            if (!answer.id().isEmpty()) {
                body.put("id", answer.id());
            }
            if (!answer.model().isEmpty()) {
                body.put("model", answer.model());
            }
            body.put("created", answer.created());
            body.put("service_tier", answer.serviceTier());
        } else {
            body.put("id", Ids.answer(answer.id(), context));
            body.put("object", "chat.completion");
            body.put("created", answer.created().orElse(context.createdSeconds()));
            body.put("model", answer.model().isEmpty() ? context.model() : answer.model());
            body.put("service_tier", answer.serviceTier().filter(TIERS::contains));
        }
        JsonArray choices = body.array("choices");
        for (Choice choice : answer.choices()) {
            choice(choice, own, context, choices.addObject());
        }
        answer.usage().ifPresent(usage -> body.put("usage", UsageForm.write(usage, dialect)));
        body.merge(beside.of(dialect.protocol()));
        return body.toBytes();
    }

    private void choice(
            Choice choice, boolean answerIsOwn, AnswerContext context, JsonObject object) {
        boolean own = answerIsOwn && Own.is(choice.beside(), dialect.protocol());
        boolean legacy = ToolsForm.isLegacy(context.request().tools(), dialect);
        object.put("index", choice.index());
        JsonObject message = new JsonObject();
        message(choice, own, legacy, context, message);
        if (!message.isEmpty()) {
            object.put("message", message);
        }
        logProbs.write(choice.logProbs(), object);
        if (own) {
            choice.finish()
                    .ifPresent(finish ->
                            object.put("finish_reason", FinishWords.write(finish, true, legacy)));
            object.merge(choice.beside().of(dialect.protocol()));
            return;
        }
        if (choice.logProbs().isEmpty()) {
            object.putNull("logprobs");
        } else {
            object.object("logprobs").putNull("refusal");
        }
        Finish finish = choice.finish().orElse(Finish.of(Finish.Reason.STOP, ""));
        if (choice.callsTools()) {
            finish = Finish.of(Finish.Reason.TOOL_CALLS, "");
        }
        object.put("finish_reason", FinishWords.write(finish, false, legacy));
    }

    private void message(
            Choice choice, boolean own, boolean legacy, AnswerContext context, JsonObject message) {
        Beside forms = own ? choice.beside() : Beside.NONE;
        if (!own) {
            message.put("role", "assistant").putNull("content").putNull("refusal");
        }
        boolean listed = content(choice.parts(), own, forms, message);
        reasoning.write(choice.parts(), forms, message);
        int call = 0;
        for (Part part : choice.parts()) {
            switch (part) {
                case ToolCall one when calls.isLegacy(one) || !own && legacy ->
                        calls.writeLegacy(one, message.object(CallForm.LEGACY));
                case ToolCall one -> {
                    String id = own ? one.id() : Ids.call(one.id(), choice.index(), call, context);
                    ToolCall whole =
                            own || one.custom() || !one.arguments().isBlank()
                                    ? one
                                    : one.withArguments("{}");
                    calls.write(whole, id, message.array("tool_calls").addObject());
                    call++;
                }
                case Refusal refusal when !parts.isContent(refusal) ->
                        message.put("refusal", refusal.text());
                case Foreign foreign
                        when foreign.origin() == dialect.protocol()
                                && CallForm.isForeignCall(foreign) ->
                        message.array("tool_calls").add(foreign.raw());
                case Media media when !listed || !parts.isContent(media) ->
                        media(media, message, own, context);
                default -> {}
            }
        }
    }

    /** Whether the content is a list, which holds the media too. */
    private boolean content(List<Part> all, boolean own, Beside forms, JsonObject message) {
        if (forms.form(dialect.protocol(), MessageReader.PARTS)
                || dialect.reasoning() == Dialect.ReasoningPlace.PARTS
                        && all.stream().anyMatch(p -> !(p instanceof Text) && parts.isContent(p))) {
            JsonArray content = message.array("content");
            all.stream().filter(parts::isContent).forEach(part -> parts.write(part, content));
            return true;
        }
        StringBuilder text = new StringBuilder();
        JsonArray annotations = new JsonArray();
        List<Text> spoken = new ArrayList<>();
        for (Part part : all) {
            if (part instanceof Text words) {
                if (isTranscript(words)) {
                    spoken.add(words);
                    continue;
                }
                Annotations.write(
                        words.citations(),
                        text.length(),
                        words.text().length(),
                        dialect,
                        annotations);
                text.append(words.text());
            }
        }
        if (!text.isEmpty() || !own && all.stream().allMatch(Text.class::isInstance)) {
            message.put("content", text.toString());
        }
        if (!annotations.isEmpty()) {
            message.put("annotations", annotations);
        }
        spoken.forEach(words -> message.object("audio").put("transcript", words.text()));
        return false;
    }

    private boolean isTranscript(Text text) {
        return text.marks().beside().form(dialect.protocol(), AnswerReader.TRANSCRIPT);
    }

    /** Sound has a member of its own; images stand where OpenRouter has them. */
    private void media(Media media, JsonObject message, boolean own, AnswerContext context) {
        if (media.kind() == Media.Kind.IMAGE) {
            parts.write(media, message.array("images"));
        } else if (media.source() instanceof Media.Source.Inline inline) {
            JsonObject audio = message.object("audio").put("data", inline.base64());
            audio.merge(media.marks().beside().of(dialect.protocol()));
            if (!own) {
                audio.put("id", "audio_" + context.id());
                audio.put("expires_at", context.createdSeconds());
                if (!audio.has("transcript")) {
                    audio.put("transcript", "");
                }
            }
        }
    }
}
