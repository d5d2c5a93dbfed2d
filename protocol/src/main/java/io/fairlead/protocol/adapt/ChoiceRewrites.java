package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which tools the model may use, said in other words. Stateless: any thread. */
public final class ChoiceRewrites {
    private ChoiceRewrites() {}

    /** For TOOL_CHOICE_ALLOWED: only those tools are sent, as a choice of some tool or any. */
    public static Rewrite onlyAllowedSent() {
        return (request, model) -> {
            if (!(choice(request) instanceof ToolChoice.Allowed(var required, var names))) {
                return request;
            }
            ToolUse use = only(request.tools(), names);
            boolean must = required && !use.tools().isEmpty();
            return request.withTools(
                    use.withChoice(must ? Optional.of(new ToolChoice.Required()) : empty()));
        };
    }

    /** For TOOL_CHOICE_NAMED: only that tool is sent, and some tool is required. */
    public static Rewrite onlyNamedSent() {
        return (request, model) -> {
            if (!(choice(request) instanceof ToolChoice.Named(String name))) {
                return request;
            }
            ToolUse use = only(request.tools(), List.of(name));
            return request.withTools(
                    use.withChoice(
                            use.tools().isEmpty()
                                    ? empty()
                                    : Optional.of(new ToolChoice.Required())));
        };
    }

    /**
     * For TOOL_CHOICE_NONE: no tools are sent; if the conversation has calls, which must be
     * declared, they are, and an instruction forbids their use.
     */
    public static Rewrite noneSent() {
        return (request, model) -> {
            if (!(choice(request) instanceof ToolChoice.None)) {
                return request;
            }
            if (!hasCalls(request)) {
                return request.withTools(ToolUse.NONE);
            }
            return TurnRewrites.instructed(
                    request.withTools(request.tools().withChoice(empty())),
                    "Do not call any tool. Answer in text.");
        };
    }

    /** For TOOL_CHOICE_REQUIRED and NAMED: an instruction asks for it. */
    public static Rewrite byInstruction() {
        return (request, model) -> {
            ToolChoice choice = choice(request);
            if (choice instanceof ToolChoice.Required) {
                return instructed(request, "You must call one of the tools now.");
            }
            return choice instanceof ToolChoice.Named(String name)
                    ? instructed(request, "You must call the tool " + name + " now.")
                    : request;
        };
    }

    /**
     * For TOOL_CHOICE_REQUIRED and NAMED where thinking models can't be forced: an instruction asks
     * for it if the model is to think; else it stays as it is.
     */
    public static Rewrite byInstructionWhileThinking() {
        Rewrite byInstruction = byInstruction();
        return (request, model) ->
                thinks(request) || model.thinksAlways().orElse(false)
                        ? byInstruction.apply(request, model)
                        : request;
    }

    /** Whether a request asks the model to think. */
    public static boolean thinks(ChatRequest request) {
        if (request.thinking().isEmpty()) {
            return false;
        }
        Thinking thinking = request.thinking().get();
        return switch (thinking.mode()) {
            case ON, ADAPTIVE -> true;
            case OFF -> false;
            case DEFAULT -> thinking.budget().isPresent() || thinking.effort().isPresent();
        };
    }

    private static ChatRequest instructed(ChatRequest request, String words) {
        return TurnRewrites.instructed(
                request.withTools(request.tools().withChoice(empty())), words);
    }

    static @org.jspecify.annotations.Nullable ToolChoice choice(ChatRequest request) {
        return request.tools().choice().orElse(null);
    }

    private static Optional<ToolChoice> empty() {
        return Optional.empty();
    }

    private static ToolUse only(ToolUse use, List<String> names) {
        List<Tool> kept = new ArrayList<>();
        for (Tool tool : use.tools()) {
            if (names.contains(tool.name())) {
                kept.add(tool);
            }
        }
        return kept(use, kept);
    }

    /** With only these tools left; a choice or switch that has lost its tools goes with them. */
    static ToolUse kept(ToolUse use, List<Tool> tools) {
        if (tools.size() == use.tools().size()) {
            return use;
        }
        if (tools.isEmpty()) {
            return ToolUse.NONE;
        }
        Set<String> names = new java.util.HashSet<>();
        tools.forEach(tool -> names.add(tool.name()));
        boolean lost =
                use.choice().isPresent()
                        && use.choice().get() instanceof ToolChoice.Named(String name)
                        && !names.contains(name);
        ToolUse rest = use.withTools(tools);
        return lost ? rest.withChoice(empty()) : rest;
    }

    static boolean hasCalls(ChatRequest request) {
        for (Turn turn : request.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof ToolCall || part instanceof ToolResult) {
                    return true;
                }
            }
        }
        return false;
    }
}
