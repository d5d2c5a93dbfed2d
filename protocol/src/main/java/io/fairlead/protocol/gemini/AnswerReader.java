package io.fairlead.protocol.gemini;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads whole answers. Stateless: any thread. */
final class AnswerReader {
    /** There is no candidate, because the prompt was blocked. */
    static final String BLOCKED = "blocked";

    private AnswerReader() {}

    static ChatAnswer read(Json body) {
        ProtoFields answer = ProtoFields.of(Fields.ofAnswer(body));
        String id = answer.someText("responseId").orElse("");
        CallIds ids = CallIds.ofAnswer(id);
        List<Choice> choices = new ArrayList<>();
        for (ProtoFields candidate : answer.list("candidates")) {
            choices.add(choice(candidate, choices.size(), ids));
        }
        if (choices.isEmpty()) {
            blocked(answer).ifPresent(finish -> choices.add(Choice.of(finish)));
            if (!choices.isEmpty()) {
                answer.form(BLOCKED);
            }
        }
        String model = answer.someText("modelVersion").orElse("");
        Optional<Long> created = created(answer);
        Optional<TokenUsage> usage = GeminiUsage.read(answer);
        return new ChatAnswer(id, model, created, choices, usage, Optional.empty(), answer.rest());
    }

    /** Why the prompt was blocked, if it was. */
    static Optional<Finish> blocked(ProtoFields answer) {
        return answer.peek("promptFeedback")
                .flatMap(feedback -> feedback.get("blockReason"))
                .filter(reason -> !reason.isNull())
                .map(reason ->
                        Finish.of(
                                Reason.CONTENT_FILTER,
                                reason.isString() ? reason.text() : reason.toString()));
    }

    /** When it was made; the text stays in the rest, for it is more exact. */
    static Optional<Long> created(ProtoFields answer) {
        Optional<Json> time = answer.peek("createTime").filter(Json::isString);
        if (time.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(time.get().text()).getEpochSecond());
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    private static Choice choice(ProtoFields candidate, int position, CallIds ids) {
        int index = Candidates.index(candidate, position);
        List<Part> parts = new ArrayList<>(Candidates.parts(candidate, new PartReader(ids)));
        cite(candidate, parts);
        List<TokenLogProb> logProbs = LogProbs.read(candidate);
        boolean calls = parts.stream().anyMatch(ToolCall.class::isInstance);
        Optional<Finish> finish = GeminiFinish.read(candidate, calls);
        return new Choice(index, parts, finish, logProbs, candidate.rest());
    }

    /** Google cites for the answer as a whole, which is told in its last text. */
    private static void cite(ProtoFields candidate, List<Part> parts) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (parts.get(i) instanceof Text text && !text.words().isEmpty()) {
                List<Citation> citations = Grounding.read(candidate, new Utf8Places(text.text()));
                parts.set(i, new Text(text.words(), citations, text.marks()));
                return;
            }
        }
    }
}
