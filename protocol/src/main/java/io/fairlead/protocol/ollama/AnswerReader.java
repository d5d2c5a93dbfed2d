package io.fairlead.protocol.ollama;

import static io.fairlead.protocol.ollama.OllamaProtocol.ORIGIN;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Reads a whole answer, and what lines of a stream have in common with it. Stateless. */
final class AnswerReader {
    private AnswerReader() {}

    static ChatAnswer read(Json body) {
        Fields fields = Fields.ofAnswer(body);
        String model = fields.text("model").orElse("");
        List<Part> parts = parts(fields);
        boolean calls = parts.stream().anyMatch(ToolCall.class::isInstance);
        Optional<Finish> finish = finish(fields, calls);
        Optional<TokenUsage> usage = usage(fields);
        Choice choice = new Choice(0, parts, finish, LogProbs.read(body), Beside.NONE);
        return new ChatAnswer(
                "",
                model,
                created(fields),
                List.of(choice),
                usage,
                Optional.empty(),
                fields.rest(ORIGIN));
    }

    static List<Part> parts(Fields fields) {
        Optional<Fields> message = fields.object("message");
        if (message.isEmpty()) {
            fields.form("message:absent");
            return List.of();
        }
        if (message.get().peek("role").filter(role -> role.is("assistant")).isPresent()) {
            message.get().take("role");
        }
        return MessageReader.parts(message.get(), fields);
    }

    /** Taken only where the answer is done. */
    static Optional<Finish> finish(Fields fields, boolean calls) {
        boolean done = fields.peek("done").filter(Json.TRUE::equals).isPresent();
        if (!done) {
            return Optional.empty();
        }
        fields.take("done");
        Optional<String> word = fields.text("done_reason");
        if (word.isEmpty()) {
            fields.form("done_reason:absent");
        }
        Reason reason = calls ? Reason.TOOL_CALLS : reason(word.orElse("stop"));
        return Optional.of(Finish.of(reason, word.orElse("")));
    }

    static Reason reason(String word) {
        return switch (word) {
            case "stop" -> Reason.STOP;
            case "length" -> Reason.LENGTH;
            default -> Reason.OTHER;
        };
    }

    static Optional<TokenUsage> usage(Fields fields) {
        if (!fields.has("prompt_eval_count") && !fields.has("eval_count")) {
            return Optional.empty();
        }
        long input = fields.positive("prompt_eval_count");
        long output = fields.positive("eval_count");
        return Optional.of(TokenUsage.of(Usage.of(input, output)));
    }

    /** Stays in the rest, where it stands to the nanosecond. */
    static Optional<Long> created(Fields fields) {
        Optional<String> text = fields.peek("created_at").filter(Json::isString).map(Json::text);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text.get()).toEpochSecond());
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
