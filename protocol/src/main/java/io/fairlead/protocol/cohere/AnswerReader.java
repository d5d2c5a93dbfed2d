package io.fairlead.protocol.cohere;

import static io.fairlead.protocol.cohere.CohereProtocol.ORIGIN;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a whole answer, and what events of a stream have in common with it. Stateless. */
final class AnswerReader {
    private AnswerReader() {}

    static ChatAnswer read(Json body) {
        Fields fields = Fields.ofAnswer(body);
        String id = fields.text("id").orElse("");
        List<Part> parts = List.of();
        Optional<Fields> message = fields.object("message");
        if (message.isPresent()) {
            if (message.get().peek("role").filter(role -> role.is("assistant")).isPresent()) {
                message.get().take("role");
            }
            parts = cited(MessageReader.parts(message.get(), fields), message.get());
        }
        boolean calls = parts.stream().anyMatch(ToolCall.class::isInstance);
        Optional<Finish> finish = fields.text("finish_reason").map(word -> finish(word, calls));
        Optional<TokenUsage> usage = fields.object("usage").flatMap(AnswerReader::usage);
        Choice choice = new Choice(0, parts, finish, LogProbs.read(fields.whole()), Beside.NONE);
        return new ChatAnswer(
                id,
                "",
                Optional.empty(),
                List.of(choice),
                usage,
                Optional.empty(),
                fields.rest(ORIGIN));
    }

    /** Citations stand beside the content; here each stands with the text it is of. */
    private static List<Part> cited(List<Part> parts, Fields message) {
        int first = 0;
        while (first < parts.size() && !(parts.get(first) instanceof Text)) {
            first++;
        }
        boolean any = message.peek("citations").filter(c -> !c.isEmpty()).isPresent();
        if (!any || first == parts.size()) {
            return parts;
        }
        List<Citation> citations = new ArrayList<>();
        for (Fields citation : message.objects("citations")) {
            citations.add(citation(citation));
        }
        List<Part> now = new ArrayList<>(parts);
        Text text = (Text) parts.get(first);
        now.set(first, new Text(text.words(), citations, text.marks()));
        return now;
    }

    static Citation citation(Fields citation) {
        Optional<Json> source =
                citation.peek("sources")
                        .filter(s -> s.isArray() && !s.isEmpty())
                        .map(sources -> sources.elements().getFirst());
        Optional<Json> document = source.flatMap(s -> s.get("document"));
        return new Citation(
                Citation.Kind.DOCUMENT,
                document.flatMap(d -> text(d, "url")),
                document.flatMap(d -> text(d, "title")),
                document.flatMap(d -> text(d, "text")),
                source.flatMap(s -> text(s, "id")),
                citation.count("start"),
                citation.count("end"),
                citation.rest(ORIGIN));
    }

    private static Optional<String> text(Json object, String name) {
        return object.get(name).filter(Json::isString).map(Json::text);
    }

    static Finish finish(String word, boolean calls) {
        return Finish.of(calls ? Reason.TOOL_CALLS : reason(word), word);
    }

    static Reason reason(String word) {
        return switch (word) {
            case "COMPLETE" -> Reason.STOP;
            case "STOP_SEQUENCE" -> Reason.STOP_SEQUENCE;
            case "MAX_TOKENS" -> Reason.LENGTH;
            case "TOOL_CALL" -> Reason.TOOL_CALLS;
            case "ERROR_TOXIC" -> Reason.CONTENT_FILTER;
            case "ERROR_LIMIT" -> Reason.CONTEXT_FULL;
            case "ERROR", "TIMEOUT" -> Reason.ERROR;
            default -> Reason.OTHER;
        };
    }

    /** Images are counted apart from the other input. */
    static Optional<TokenUsage> usage(Fields usage) {
        Optional<Fields> tokens = usage.object("tokens");
        if (tokens.isEmpty()) {
            return usage.object("billed_units")
                    .map(billed -> {
                        long input = seen(billed, "input_tokens");
                        long output = seen(billed, "output_tokens");
                        return new TokenUsage(Usage.of(input, output), billedOnly());
                    });
        }
        long images = tokens.get().positive("image_tokens");
        long input = tokens.get().positive("input_tokens") + images;
        long output = tokens.get().positive("output_tokens");
        long reasoning = tokens.get().positive("reasoning_tokens");
        long cached = usage.positive("cached_tokens");
        return Optional.of(
                new TokenUsage(
                        new Usage(input, cached, 0, 0, images, output, reasoning, 0, 0),
                        Beside.NONE));
    }

    private static long seen(Fields fields, String name) {
        return fields.peek(name)
                .filter(value -> value.kind() == Json.Kind.NUMBER)
                .map(Json::whole)
                .orElse(0L);
    }

    private static Beside billedOnly() {
        Fields none = Fields.ofAnswer(Json.EMPTY_OBJECT);
        none.form("billed_units");
        return none.rest(ORIGIN);
    }
}
