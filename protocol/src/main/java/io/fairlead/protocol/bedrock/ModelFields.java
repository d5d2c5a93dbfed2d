package io.fairlead.protocol.bedrock;

import static io.fairlead.protocol.bedrock.BedrockConverseProtocol.ORIGIN;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Thinking.Mode;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code additionalModelRequestFields} say in the words of each maker: how much to think, and
 * top-k. Stateless: any thread.
 */
final class ModelFields {
    static final String NAME = "additionalModelRequestFields";

    private static final String OLD_THINKING = "reasoning_config";
    private static final String NOVA_THINKING = "reasoningConfig";
    private static final String GPT_THINKING = "reasoning_effort";
    private static final String NOVA_TOP_K = "inferenceConfig.topK";

    private ModelFields() {}

    static Optional<Thinking> thinking(Fields fields) {
        Optional<Fields> claude = object(fields, "thinking");
        if (claude.isPresent()) {
            return Optional.of(claude(claude, fields, Beside.NONE));
        }
        Optional<Fields> old = object(fields, OLD_THINKING);
        if (old.isPresent()) {
            return Optional.of(claude(old, fields, form(OLD_THINKING)));
        }
        Optional<Fields> nova = object(fields, NOVA_THINKING);
        if (nova.isPresent()) {
            Mode mode = mode(nova.get());
            Optional<String> effort = nova.get().text("maxReasoningEffort");
            return Optional.of(of(mode, effort, Optional.empty(), form(NOVA_THINKING)));
        }
        Optional<String> gpt = fields.text(GPT_THINKING);
        if (gpt.isPresent()) {
            return Optional.of(of(Mode.DEFAULT, gpt, Optional.empty(), form(GPT_THINKING)));
        }
        boolean effort = fields.peek("output_config").flatMap(c -> c.get("effort")).isPresent();
        return effort
                ? Optional.of(claude(Optional.empty(), fields, Beside.NONE))
                : Optional.empty();
    }

    private static Thinking claude(Optional<Fields> thinking, Fields fields, Beside form) {
        Mode mode = thinking.map(ModelFields::mode).orElse(Mode.DEFAULT);
        Optional<Long> budget = thinking.flatMap(own -> own.count("budget_tokens"));
        Optional<String> effort =
                object(fields, "output_config").flatMap(config -> config.text("effort"));
        return of(mode, effort, budget, form);
    }

    private static Thinking of(
            Mode mode, Optional<String> effort, Optional<Long> budget, Beside form) {
        return new Thinking(mode, effort, budget, Optional.empty(), Optional.empty(), form);
    }

    /** These fields are the model's own: what is of another type is left to it. */
    private static Optional<Fields> object(Fields fields, String name) {
        return fields.peek(name).filter(Json::isObject).isPresent()
                ? fields.object(name)
                : Optional.empty();
    }

    private static Beside form(String form) {
        return new Beside(Optional.of(ORIGIN), Map.of(), Set.of(form));
    }

    private static Mode mode(Fields thinking) {
        String type = thinking.peek("type").filter(Json::isString).map(Json::text).orElse("");
        Mode mode =
                switch (type) {
                    case "enabled" -> Mode.ON;
                    case "disabled" -> Mode.OFF;
                    case "adaptive" -> Mode.ADAPTIVE;
                    default -> Mode.DEFAULT;
                };
        if (mode != Mode.DEFAULT) {
            thinking.take("type");
        }
        return mode;
    }

    static Optional<Long> topK(Fields fields, Fields root) {
        Optional<Long> common = fields.count("top_k");
        if (common.isPresent()) {
            return common;
        }
        Optional<Long> nova = object(fields, "inferenceConfig").flatMap(own -> own.count("topK"));
        if (nova.isPresent()) {
            root.form(NOVA_TOP_K);
        }
        return nova;
    }

    static void write(ChatRequest request, JsonObject root) {
        ModelFamily family = ModelFamily.of(request.model());
        if (request.sampling().topK().isPresent()) {
            long topK = request.sampling().topK().get();
            boolean nova =
                    family == ModelFamily.NOVA
                            || (family == ModelFamily.UNKNOWN
                                    && request.beside().form(ORIGIN, NOVA_TOP_K));
            if (nova) {
                root.object(NAME).object("inferenceConfig").put("topK", topK);
            } else {
                root.object(NAME).put("top_k", topK);
            }
        }
        if (request.thinking().isPresent()) {
            thinking(request.thinking().get(), family, root);
        }
    }

    private static void thinking(Thinking thinking, ModelFamily family, JsonObject root) {
        switch (family.or(formOf(thinking))) {
            case NOVA -> nova(thinking, root.object(NAME).object(NOVA_THINKING));
            case GPT_OSS ->
                    thinking.effort()
                            .ifPresent(effort -> root.object(NAME).put(GPT_THINKING, effort));
            case CLAUDE, UNKNOWN -> claude(thinking, root);
            case OTHER -> {
                // Nothing switches its thinking.
            }
        }
    }

    private static ModelFamily formOf(Thinking thinking) {
        if (thinking.beside().form(ORIGIN, NOVA_THINKING)) {
            return ModelFamily.NOVA;
        }
        return thinking.beside().form(ORIGIN, GPT_THINKING)
                ? ModelFamily.GPT_OSS
                : ModelFamily.CLAUDE;
    }

    private static void nova(Thinking thinking, JsonObject written) {
        Mode mode = thinking.mode() == Mode.OFF ? Mode.OFF : Mode.ON;
        written.put("type", type(mode));
        written.put("maxReasoningEffort", thinking.effort());
    }

    private static void claude(Thinking thinking, JsonObject root) {
        boolean old = thinking.beside().form(ORIGIN, OLD_THINKING);
        String name = old ? OLD_THINKING : "thinking";
        Mode mode =
                thinking.mode() == Mode.DEFAULT && thinking.budget().isPresent()
                        ? Mode.ON
                        : thinking.mode();
        if (mode != Mode.DEFAULT) {
            JsonObject written = root.object(NAME).object(name);
            written.put("type", type(mode));
            written.put("budget_tokens", thinking.budget());
        }
        thinking.effort()
                .ifPresent(
                        effort -> root.object(NAME).object("output_config").put("effort", effort));
    }

    private static String type(Mode mode) {
        return switch (mode) {
            case ON -> "enabled";
            case OFF -> "disabled";
            case ADAPTIVE -> "adaptive";
            case DEFAULT -> throw new IllegalArgumentException("nothing is said");
        };
    }
}
