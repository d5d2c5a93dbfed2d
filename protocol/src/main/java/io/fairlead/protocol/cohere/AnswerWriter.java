package io.fairlead.protocol.cohere;

import static io.fairlead.protocol.cohere.CohereProtocol.ORIGIN;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;

import java.util.List;
import java.util.Optional;

/** Writes a whole answer, and what events of a stream have in common with it. Stateless. */
final class AnswerWriter {
    private AnswerWriter() {}

    static JsonObject write(ChatAnswer answer, AnswerContext context) {
        boolean own = answer.beside().isOf(ORIGIN);
        JsonObject body = new JsonObject();
        if (!own || !answer.id().isEmpty()) {
            body.put("id", answer.id().isEmpty() ? context.id() : answer.id());
        }
        if (!answer.choices().isEmpty()) {
            List<Part> parts = answer.choices().getFirst().parts();
            JsonObject message = body.object("message").put("role", "assistant");
            // An answer's content is a list, however short.
            Beside lists = own ? answer.beside() : LISTS;
            MessageWriter.write(parts, lists, message);
            for (Part part : parts) {
                if (part instanceof Text text) {
                    text.citations()
                            .forEach(citation ->
                                    message.array("citations")
                                            .add(citation(citation, text.text())));
                }
            }
            answer.choices()
                    .getFirst()
                    .finish()
                    .ifPresent(finish -> body.put("finish_reason", word(finish)));
        }
        answer.usage().ifPresent(usage -> usage(usage, body));
        body.merge(answer.beside().of(ORIGIN));
        return body;
    }

    private static final Beside LISTS =
            new Beside(Optional.of(ORIGIN), java.util.Map.of(), java.util.Set.of());

    static JsonObject citation(Citation citation, String of) {
        JsonObject out = new JsonObject().put("start", citation.start()).put("end", citation.end());
        if (!citation.beside().isOf(ORIGIN)) {
            if (citation.start().isPresent() && citation.end().isPresent()) {
                int from = Math.clamp(citation.start().get(), 0, of.length());
                int to = Math.clamp(citation.end().get(), from, of.length());
                out.put("text", of.substring(from, to));
            }
            JsonObject source =
                    new JsonObject()
                            .put("type", "document")
                            .put("id", citation.source().or(citation::url));
            source.object("document")
                    .put("title", citation.title())
                    .put("text", citation.cited())
                    .put("url", citation.url());
            out.array("sources").add(source);
        }
        out.merge(citation.beside().of(ORIGIN));
        return out;
    }

    static void usage(TokenUsage usage, JsonObject body) {
        if (usage.beside().form(ORIGIN, "billed_units")) {
            return;
        }
        JsonObject out = body.object("usage");
        Usage counts = usage.counts();
        JsonObject tokens = new JsonObject();
        positive(tokens, "input_tokens", counts.inputTokens() - counts.imageInputTokens());
        positive(tokens, "output_tokens", counts.outputTokens());
        positive(tokens, "reasoning_tokens", counts.reasoningTokens());
        positive(tokens, "image_tokens", counts.imageInputTokens());
        out.put("tokens", tokens);
        positive(out, "cached_tokens", counts.cachedInputTokens());
    }

    private static void positive(JsonObject out, String name, long count) {
        if (count > 0) {
            out.put(name, count);
        }
    }

    static String word(Finish finish) {
        if (!finish.word().isEmpty()
                && (AnswerReader.reason(finish.word()) != Reason.OTHER
                        || finish.reason() == Reason.OTHER)) {
            return finish.word();
        }
        return switch (finish.reason()) {
            case STOP, PAUSE, REFUSAL, OTHER -> "COMPLETE";
            case STOP_SEQUENCE -> "STOP_SEQUENCE";
            case LENGTH -> "MAX_TOKENS";
            case TOOL_CALLS -> "TOOL_CALL";
            case CONTENT_FILTER -> "ERROR_TOXIC";
            case CONTEXT_FULL -> "ERROR_LIMIT";
            case MALFORMED_CALL, ERROR -> "ERROR";
        };
    }
}
