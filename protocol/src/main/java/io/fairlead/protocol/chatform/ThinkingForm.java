package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Thinking;

import java.util.List;
import java.util.Optional;

/**
 * How much the model shall think: {@code reasoning_effort} of OpenAI, the {@code reasoning} object
 * of OpenRouter, {@code thinking} of DeepSeek and Z.AI. Immutable: any thread.
 */
final class ThinkingForm {
    private static final String EFFORT = "reasoning_effort";
    private static final String OBJECT = "reasoning";
    private static final String SWITCH = "thinking";

    /** Not to think is said as the effort {@code none}. */
    private static final String NONE = "none";

    private final Dialect dialect;

    ThinkingForm(Dialect dialect) {
        this.dialect = dialect;
    }

    Optional<Thinking> read(Fields request) {
        Optional<Fields> object = request.object(OBJECT);
        Optional<Fields> toggle = request.object(SWITCH);
        Optional<String> effort =
                object.isPresent() && object.get().has("effort")
                        ? object.get().text("effort")
                        : request.text(EFFORT);
        if (object.isEmpty() && toggle.isEmpty() && effort.isEmpty()) {
            return Optional.empty();
        }
        object.ifPresent(ignored -> request.form(OBJECT));
        toggle.ifPresent(ignored -> request.form(SWITCH));
        if (effort.isPresent() && effort.get().equals(NONE)) {
            request.form(NONE);
        }
        return Optional.of(
                new Thinking(
                        mode(object, toggle, effort),
                        effort.filter(word -> !word.equals(NONE)),
                        object.flatMap(o -> o.count("max_tokens"))
                                .or(() -> toggle.flatMap(t -> t.count("budget_tokens"))),
                        object.flatMap(o -> o.text("summary")),
                        object.flatMap(o -> o.flag("exclude")).map(hidden -> !hidden),
                        Beside.NONE));
    }

    private static Thinking.Mode mode(
            Optional<Fields> object, Optional<Fields> toggle, Optional<String> effort) {
        Optional<Boolean> enabled = object.flatMap(o -> o.flag("enabled"));
        String type = toggle.map(ThinkingForm::type).orElse("");
        boolean off = enabled.isPresent() && !enabled.get();
        if (off || type.equals("disabled") || effort.filter(NONE::equals).isPresent()) {
            return Thinking.Mode.OFF;
        }
        if (type.equals("adaptive")) {
            return Thinking.Mode.ADAPTIVE;
        }
        return enabled.isPresent() || type.equals("enabled")
                ? Thinking.Mode.ON
                : Thinking.Mode.DEFAULT;
    }

    /** A word nobody knows stays in the rest. */
    private static String type(Fields toggle) {
        for (String known : List.of("enabled", "disabled", "adaptive")) {
            if (toggle.peek("type").filter(type -> type.is(known)).isPresent()) {
                toggle.take("type");
                return known;
            }
        }
        return "";
    }

    void write(Thinking thinking, Beside forms, JsonObject request) {
        boolean toggled = forms.form(dialect.protocol(), SWITCH);
        boolean none = forms.form(dialect.protocol(), NONE);
        if (forms.form(dialect.protocol(), OBJECT)
                || !toggled
                        && dialect.reasoning() == Dialect.ReasoningPlace.DETAILS
                        && !forms.form(dialect.protocol(), Own.FORM)) {
            object(thinking, none, request.object(OBJECT));
            return;
        }
        if (toggled) {
            toggle(thinking, request.object(SWITCH));
        }
        request.put(EFFORT, thinking.effort());
        if (thinking.mode() == Thinking.Mode.OFF && (none || !toggled)) {
            request.put(EFFORT, NONE);
        }
    }

    private static void object(Thinking thinking, boolean none, JsonObject object) {
        object.put("effort", thinking.effort());
        switch (thinking.mode()) {
            case ON -> object.put("enabled", true);
            case OFF -> {
                if (none) {
                    object.put("effort", NONE);
                } else {
                    object.put("enabled", false);
                }
            }
            case DEFAULT, ADAPTIVE -> {}
        }
        object.put("max_tokens", thinking.budget());
        object.put("summary", thinking.summary());
        object.put("exclude", thinking.shown().map(shown -> !shown));
    }

    private static void toggle(Thinking thinking, JsonObject object) {
        switch (thinking.mode()) {
            case ON -> object.put("type", "enabled");
            case OFF -> object.put("type", "disabled");
            case ADAPTIVE -> object.put("type", "adaptive");
            case DEFAULT -> {}
        }
        object.put("budget_tokens", thinking.budget());
    }
}
