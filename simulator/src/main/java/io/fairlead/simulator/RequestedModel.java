package io.fairlead.simulator;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The model that a request asks for. In a name such as {@code echo-fault-429} the part before
 * {@code fault-} says how the model behaves and the part behind it how it fails. Immutable.
 */
public record RequestedModel(String name) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FAULT = "fault-";
    private static final String FORM_FIELD = "name=\"model\"";
    private static final String FORM_VALUE = "\r\n\r\n";

    /** From a JSON body's member, or a form's field, named {@code model}. */
    public static Optional<RequestedModel> of(SimRequest request) {
        boolean form =
                request.header("content-type")
                        .filter(type -> type.startsWith("multipart/"))
                        .isPresent();
        return (form ? ofForm(request.body()) : ofJson(request.body())).map(RequestedModel::new);
    }

    /** What the name says of the model's behaviour; empty for a bare {@code fault-…}. */
    public String behaviour() {
        int fault = name.indexOf(FAULT);
        String before = fault < 0 ? name : name.substring(0, fault);
        return before.endsWith("-") ? before.substring(0, before.length() - 1) : before;
    }

    /** What the name says of the fault to make. */
    public Optional<String> fault() {
        int fault = name.indexOf(FAULT);
        return fault < 0 ? Optional.empty() : Optional.of(name.substring(fault + FAULT.length()));
    }

    private static Optional<String> ofJson(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean model = parser.currentName().equals("model");
                JsonToken value = parser.nextToken();
                if (model && value == JsonToken.VALUE_STRING) {
                    return Optional.of(parser.getString());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> ofForm(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int field = text.indexOf(FORM_FIELD);
        if (field < 0) {
            return Optional.empty();
        }
        int value = text.indexOf(FORM_VALUE, field);
        int start = value + FORM_VALUE.length();
        int end = text.indexOf("\r\n", start);
        return value < 0 || end < 0 ? Optional.empty() : Optional.of(text.substring(start, end));
    }
}
