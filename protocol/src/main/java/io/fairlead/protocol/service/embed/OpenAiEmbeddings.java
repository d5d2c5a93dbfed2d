package io.fairlead.protocol.service.embed;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.service.ServiceTarget;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * OpenAI's form of clients, with the further members that OpenAI-like providers have, by any of
 * their names. Stateless: any thread.
 */
final class OpenAiEmbeddings implements ClientForm {
    static final Protocol ORIGIN = Protocol.OPENAI_CHAT;

    private static final List<String> DIMENSIONS = List.of("dimensions", "output_dimension");
    private static final List<String> PURPOSES =
            List.of("input_type", "task", "task_type", "taskType");
    private static final List<String> TRUNCATIONS =
            List.of("truncate", "truncation", "auto_truncate", "autoTruncate");
    private static final int CHARACTERS_PER_TOKEN = 4;

    @Override
    public EmbedRequest read(Json body) {
        Fields fields = Fields.ofRequest(body);
        fields.take("model");
        Json input = fields.needJson("input");
        List<Content> contents = contents(fields, input);
        Settings settings = new Settings(dimensions(fields), purpose(fields), fields.text("title"));
        Optional<Boolean> base64 = base64(fields);
        Optional<Truncation> truncation = truncation(fields);
        List<EmbedInput> inputs = new ArrayList<>(contents.size());
        for (Content content : contents) {
            inputs.add(new EmbedInput(content, settings, Beside.NONE));
        }
        return new EmbedRequest(
                inputs,
                !input.isArray() || input.elements().getFirst().kind() == Kind.NUMBER,
                base64,
                truncation,
                fields.rest(ORIGIN),
                Words.OPENAI);
    }

    private static List<Content> contents(Fields fields, Json input) {
        if (!input.isArray()) {
            return List.of(content(fields, input, "input"));
        }
        List<Json> elements = input.elements();
        if (elements.isEmpty()) {
            throw fields.invalid("input", "a string, or an array that is not empty");
        }
        if (elements.getFirst().kind() == Kind.NUMBER) {
            return List.of(tokens(fields, input, "input"));
        }
        List<Content> contents = new ArrayList<>(elements.size());
        for (Json element : elements) {
            contents.add(content(fields, element, "input[" + contents.size() + "]"));
        }
        return contents;
    }

    private static Content content(Fields fields, Json value, String place) {
        return switch (value.kind()) {
            case STRING -> new Content.Text(value.text());
            case ARRAY -> tokens(fields, value, place);
            case OBJECT -> new Content.Item(value);
            case NUMBER, BOOLEAN, NULL ->
                    throw wrong(fields, place, value, "a string or an array of tokens");
        };
    }

    private static Content tokens(Fields fields, Json array, String place) {
        int i = 0;
        for (Json token : array.elements()) {
            if (token.kind() != Kind.NUMBER) {
                throw wrong(fields, place + "[" + i + "]", token, "the number of a token");
            }
            i++;
        }
        return new Content.Tokens(array);
    }

    private static Unreadable wrong(Fields fields, String place, Json found, String expected) {
        return new Unreadable(
                fields.pathOf(place),
                "is " + found.kind().words() + " (expected: " + expected + ")");
    }

    private static Optional<Long> dimensions(Fields fields) {
        for (String name : DIMENSIONS) {
            Optional<Long> dimensions = fields.count(name);
            if (dimensions.isPresent()) {
                if (dimensions.get() < 1) {
                    throw fields.invalid(name, "a number greater than 0");
                }
                return dimensions;
            }
        }
        return Optional.empty();
    }

    /** What nobody knows stays beside: it may be a word of the provider's own. */
    private static Optional<Purpose> purpose(Fields fields) {
        for (String name : PURPOSES) {
            Optional<Purpose> purpose =
                    fields.peek(name).filter(Json::isString).map(Json::text).flatMap(Purpose::of);
            if (purpose.isPresent()) {
                fields.take(name);
                return purpose;
            }
        }
        return Optional.empty();
    }

    private static Optional<Truncation> truncation(Fields fields) {
        for (String name : TRUNCATIONS) {
            Optional<Truncation> truncation = fields.peek(name).flatMap(Truncation::of);
            if (truncation.isPresent()) {
                fields.take(name);
                return truncation;
            }
        }
        return Optional.empty();
    }

    private static Optional<Boolean> base64(Fields fields) {
        Optional<String> format = fields.text("encoding_format");
        if (format.filter(it -> !it.equals("float") && !it.equals("base64")).isPresent()) {
            throw fields.invalid("encoding_format", "float or base64");
        }
        return format.map("base64"::equals);
    }

    @Override
    public byte[] write(EmbedAnswer answer, EmbedRequest asked, ServiceTarget target) {
        boolean base64 = asked.base64().orElse(false);
        JsonObject body = new JsonObject().put("object", "list");
        JsonArray data = body.array("data");
        int index = 0;
        for (EmbedAnswer.Embedding embedding : answer.embeddings()) {
            Vector vector = embedding.vector();
            JsonObject one =
                    data.addObject()
                            .put("object", "embedding")
                            .put("index", index)
                            .put("embedding", base64 ? vector.packed() : vector.numbers());
            one.merge(embedding.beside().of(ORIGIN));
            index++;
        }
        long tokens = answer.tokens().orElseGet(() -> estimate(asked));
        body.put("model", answer.model().orElse(target.model()))
                .object("usage")
                .put("prompt_tokens", tokens)
                .put("total_tokens", tokens);
        body.merge(answer.beside().of(ORIGIN));
        return body.toBytes();
    }

    /** OpenAI's clients must be given a number. */
    private static long estimate(EmbedRequest asked) {
        long characters = 0;
        for (EmbedInput input : asked.inputs()) {
            characters += input.characters();
        }
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }
}
