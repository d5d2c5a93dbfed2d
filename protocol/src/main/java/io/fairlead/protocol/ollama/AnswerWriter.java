package io.fairlead.protocol.ollama;

import static io.fairlead.protocol.ollama.OllamaProtocol.ORIGIN;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.TokenUsage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes a whole answer, and what lines of a stream have in common with it. Stateless. */
final class AnswerWriter {
    private AnswerWriter() {}

    static JsonObject write(ChatAnswer answer, AnswerContext context) {
        JsonObject body = head(answer.model(), answer.created(), answer.beside(), context);
        List<Part> parts =
                answer.choices().isEmpty() ? List.of() : answer.choices().getFirst().parts();
        if (!answer.beside().form(ORIGIN, "message:absent")) {
            JsonObject message = body.object("message").put("role", "assistant");
            MessageWriter.said(parts, message, answer.beside().form(ORIGIN, "content:absent"));
        }
        Optional<Finish> finish =
                answer.choices().isEmpty()
                        ? Optional.empty()
                        : answer.choices().getFirst().finish();
        end(finish, answer.usage(), answer.beside(), body);
        body.merge(answer.beside().of(ORIGIN));
        return body;
    }

    static JsonObject head(
            String model, Optional<Long> created, Beside beside, AnswerContext context) {
        JsonObject body = new JsonObject();
        if (!beside.isOf(ORIGIN) || !model.isEmpty()) {
            body.put("model", model.isEmpty() ? context.model() : model);
        }
        if (!beside.isOf(ORIGIN)) {
            long seconds = created.orElse(context.createdSeconds());
            body.put("created_at", Instant.ofEpochSecond(seconds).toString());
        }
        return body;
    }

    static void end(
            Optional<Finish> finish, Optional<TokenUsage> usage, Beside beside, JsonObject body) {
        if (finish.isPresent()) {
            body.put("done", true);
            if (!beside.form(ORIGIN, "done_reason:absent")) {
                body.put("done_reason", word(finish.get()));
            }
        } else if (!beside.isOf(ORIGIN)) {
            body.put("done", false);
        }
        usage.ifPresent(used -> counts(used.counts(), body));
    }

    private static void counts(Usage usage, JsonObject body) {
        if (usage.inputTokens() > 0) {
            body.put("prompt_eval_count", usage.inputTokens());
        }
        if (usage.outputTokens() > 0) {
            body.put("eval_count", usage.outputTokens());
        }
    }

    private static String word(Finish finish) {
        if (!finish.word().isEmpty() && AnswerReader.reason(finish.word()) != Reason.OTHER) {
            return finish.word();
        }
        return finish.reason() == Reason.LENGTH || finish.reason() == Reason.CONTEXT_FULL
                ? "length"
                : finish.reason() == Reason.OTHER && !finish.word().isEmpty()
                        ? finish.word()
                        : "stop";
    }
}
