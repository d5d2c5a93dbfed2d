package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Thinking.Mode;

import java.util.Optional;

/** {@code thinking} and {@code output_config.effort}. Stateless: any thread. */
final class ThinkingShapes {
    private ThinkingShapes() {}

    static Optional<Thinking> read(Fields request) {
        Optional<Fields> thinking = request.object("thinking");
        Optional<String> effort = request.object("output_config").flatMap(o -> o.text("effort"));
        if (thinking.isEmpty() && effort.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Thinking(
                        thinking.map(ThinkingShapes::mode).orElse(Mode.DEFAULT),
                        effort,
                        thinking.flatMap(t -> t.count("budget_tokens")),
                        Optional.empty(),
                        thinking.flatMap(ThinkingShapes::shown),
                        Beside.NONE));
    }

    private static Mode mode(Fields thinking) {
        return switch (thinking.needText("type")) {
            case "enabled" -> Mode.ON;
            case "disabled" -> Mode.OFF;
            case "adaptive" -> Mode.ADAPTIVE;
            default -> throw thinking.invalid("type", "enabled, disabled or adaptive");
        };
    }

    /** A word nobody knows stays in the rest. */
    private static Optional<Boolean> shown(Fields thinking) {
        if (thinking.peek("display").filter(d -> d.is("summarized") || d.is("omitted")).isEmpty()) {
            return Optional.empty();
        }
        return thinking.text("display").map("summarized"::equals);
    }

    static void write(Thinking thinking, JsonObject body) {
        if (thinking.effort().isPresent()) {
            body.object("output_config").put("effort", thinking.effort());
        }
        switch (thinking.mode()) {
            case OFF -> body.object("thinking").put("type", "disabled");
            case ADAPTIVE -> shown(thinking, body.object("thinking").put("type", "adaptive"));
            case ON, DEFAULT -> {
                if (thinking.budget().isPresent()) {
                    JsonObject object = body.object("thinking");
                    object.put("type", "enabled").put("budget_tokens", thinking.budget());
                    shown(thinking, object);
                } else if (thinking.mode() == Mode.ON) {
                    shown(thinking, body.object("thinking").put("type", "adaptive"));
                }
            }
        }
    }

    private static void shown(Thinking thinking, JsonObject object) {
        object.put("display", thinking.shown().map(shown -> shown ? "summarized" : "omitted"));
    }
}
