package io.fairlead.protocol.gemini;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Beside;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields of a protobuf message in JSON. Each may be written {@code likeThis} or {@code
 * like_this}, a whole number as text, an enum in any case or as its number, a list of one without
 * its brackets; which of these it was is kept as a form. Confined to one thread.
 */
final class ProtoFields {
    /** Under which protocol both of Google's keep what only they know. */
    static final Protocol ORIGIN = Protocol.GEMINI;

    private final Fields fields;
    private final Fields forms;

    /** Whether a name may be in snake case; nearly all are not, and then nothing is asked twice. */
    private final boolean snakes;

    private ProtoFields(Fields fields, Fields forms) {
        this.fields = fields;
        this.forms = forms;
        this.snakes = fields.whole().hasNameWith('_');
    }

    static ProtoFields of(Fields fields) {
        return new ProtoFields(fields, fields);
    }

    private String name(String camel) {
        Json object = fields.whole();
        if (!snakes || object.get(camel).isPresent()) {
            return camel;
        }
        String snake = Spelling.snake(camel);
        if (snake.length() == camel.length() || object.get(snake).isEmpty()) {
            return camel;
        }
        forms.form(Spelling.SNAKE + camel);
        return snake;
    }

    boolean has(String camel) {
        return peek(camel).isPresent();
    }

    /** The member, unless it is absent or null; it stays in the rest. */
    Optional<Json> peek(String camel) {
        Optional<Json> value = fields.peek(camel);
        return value.isPresent() || !snakes ? value : fields.peek(Spelling.snake(camel));
    }

    void take(String camel) {
        fields.take(name(camel));
    }

    Optional<Json> json(String camel) {
        return fields.json(name(camel));
    }

    Optional<String> text(String camel) {
        return fields.text(name(camel));
    }

    /** As {@link #text}, for what is handed on. */
    Optional<JsonString> string(String camel) {
        return fields.string(name(camel));
    }

    /** The text if it is not empty; an empty one says nothing and stays in the rest. */
    Optional<String> someText(String camel) {
        return peek(camel).filter(value -> !value.is("")).flatMap(value -> text(camel));
    }

    Optional<Boolean> flag(String camel) {
        return fields.flag(name(camel));
    }

    /** Whether the flag is there and true; false says nothing and stays in the rest. */
    boolean isOn(String camel) {
        Optional<Json> value = peek(camel);
        if (value.isEmpty() || (value.get().kind() == Kind.BOOLEAN && !value.get().truth())) {
            return false;
        }
        return flag(camel).orElse(false);
    }

    Optional<Long> count(String camel) {
        Optional<BigDecimal> asText = numberInText(camel);
        return asText.isPresent() ? asText.map(BigDecimal::longValue) : fields.count(name(camel));
    }

    long positive(String camel) {
        return fields.positive(name(camel));
    }

    Optional<BigDecimal> number(String camel) {
        Optional<BigDecimal> asText = numberInText(camel);
        return asText.isPresent() ? asText : fields.number(name(camel));
    }

    private Optional<BigDecimal> numberInText(String camel) {
        Optional<Json> value = peek(camel).filter(Json::isString);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String text = value.get().text();
        if (text.isEmpty() || text.length() > 20 || !isPlainNumber(text)) {
            return Optional.empty();
        }
        take(camel);
        forms.form(Spelling.TEXT + camel);
        return Optional.of(new BigDecimal(text));
    }

    private static boolean isPlainNumber(String text) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > start;
    }

    /** The texts of an array that is not empty; an empty one says nothing, it stays in the rest. */
    List<String> texts(String camel) {
        return peek(camel).filter(Json::isEmpty).isPresent()
                ? List.of()
                : fields.texts(name(camel));
    }

    /** An enum's word in upper case; a number stays in the rest, see {@link #peek}. */
    Optional<String> word(String camel) {
        Optional<Json> value = peek(camel).filter(v -> v.kind() != Kind.NUMBER);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return text(camel)
                .map(word -> {
                    String upper = word.toUpperCase(Locale.ROOT);
                    if (!upper.equals(word)) {
                        forms.form(Spelling.LOWER + camel);
                    }
                    return upper;
                });
    }

    /** The fields of an object; its rest and its forms are part of this one's. */
    Optional<ProtoFields> object(String camel) {
        return fields.object(name(camel)).map(child -> new ProtoFields(child, forms));
    }

    /** The fields of each object of a list, with rests and forms of their own. */
    List<ProtoFields> list(String camel) {
        String name = name(camel);
        List<ProtoFields> all = new ArrayList<>();
        Optional<Json> value = fields.peek(name);
        if (value.isPresent() && value.get().isObject()) {
            fields.object(name).ifPresent(one -> all.add(of(one)));
            fields.take(name);
            forms.form(Spelling.ONE + camel);
            return all;
        }
        for (Fields element : fields.objects(name)) {
            all.add(of(element));
        }
        return all;
    }

    /** The fields of an object that is there, with a rest and forms of their own. */
    ProtoFields alone(String camel) {
        String name = name(camel);
        Fields child = fields.needObject(name);
        fields.take(name);
        return of(child);
    }

    void form(String form) {
        forms.form(form);
    }

    boolean strict() {
        return fields.strict();
    }

    Json whole() {
        return fields.whole();
    }

    /** For the place of an error. */
    Fields plain() {
        return fields;
    }

    Beside rest() {
        return fields.rest(ORIGIN);
    }
}
