package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.PartStarted;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names of the client's tools in the shape that a protocol takes ({@link
 * Differences.Builder#always}); in the answer they have their own names again. Immutable.
 *
 * @param most characters at most
 * @param marks characters that may stand in a name besides ASCII letters and digits
 * @param digitFirst whether a name may begin with a digit or a mark other than an underscore
 */
public record ToolNames(int most, String marks, boolean digitFirst) implements Rewrite {
    /** Up to 64 letters, digits, underscores and hyphens: OpenAI, Anthropic, Bedrock, Mistral. */
    public static final ToolNames COMMON = new ToolNames(64, "_-", true);

    @Override
    public ChatRequest apply(ChatRequest request, ModelFacts model) {
        Map<String, String> names = renamed(request);
        if (names.isEmpty()) {
            return request;
        }
        ToolUse use = request.tools();
        List<Tool> tools = new ArrayList<>(use.tools().size());
        for (Tool tool : use.tools()) {
            tools.add(tool(tool, names));
        }
        return PartRewrite.everywhere(
                request.withTools(
                        use.withTools(tools).withChoice(use.choice().map(c -> choice(c, names)))),
                part -> part(part, names));
    }

    @Override
    public Optional<AnswerRewrite> answer(ChatRequest request) {
        Map<String, String> back = new HashMap<>();
        renamed(request).forEach((old, now) -> back.put(now, old));
        return Optional.of(new Undo(back));
    }

    private boolean fits(String name) {
        if (name.isEmpty() || name.length() > most) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!fits(name.charAt(i), i)) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(char c, int at) {
        if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' && marks.indexOf('_') >= 0) {
            return true;
        }
        boolean other = c >= '0' && c <= '9' || marks.indexOf(c) >= 0;
        return other && (digitFirst || at > 0);
    }

    private boolean allFit(ChatRequest request) {
        for (Tool tool : request.tools().tools()) {
            if (!(tool instanceof Tool.Hosted) && !fits(tool.name())) {
                return false;
            }
        }
        for (Turn turn : request.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof ToolCall call && !fits(call.name())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The new names by the old ones, of those that don't fit. */
    private Map<String, String> renamed(ChatRequest request) {
        if (allFit(request)) {
            return Map.of();
        }
        Set<String> all = new HashSet<>();
        for (Tool tool : request.tools().tools()) {
            if (!(tool instanceof Tool.Hosted)) {
                all.add(tool.name());
            }
        }
        for (Turn turn : request.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof ToolCall call) {
                    all.add(call.name());
                }
            }
        }
        Map<String, String> names = new HashMap<>();
        Set<String> used = new HashSet<>(all);
        for (String name : all.stream().filter(n -> !fits(n)).sorted().toList()) {
            String base = bent(name);
            String now = base;
            for (int again = 2; !used.add(now); again++) {
                String suffix = "_" + again;
                now = base.substring(0, Math.min(base.length(), most - suffix.length())) + suffix;
            }
            names.put(name, now);
        }
        return names;
    }

    private String bent(String name) {
        StringBuilder bent = new StringBuilder(name.length() + 1);
        if (name.isEmpty() || !fits(name.charAt(0), 0) && fits(name.charAt(0), 1)) {
            bent.append('_');
        }
        for (int i = 0; i < name.length() && bent.length() < most; i++) {
            bent.append(fits(name.charAt(i), bent.length()) ? name.charAt(i) : '_');
        }
        return bent.toString();
    }

    private static Tool tool(Tool tool, Map<String, String> names) {
        String name = names.getOrDefault(tool.name(), tool.name());
        return switch (tool) {
            case Tool.Function f ->
                    new Tool.Function(
                            name,
                            f.description(),
                            f.parameters(),
                            f.strict(),
                            f.cache(),
                            f.beside());
            case Tool.Custom c -> new Tool.Custom(name, c.description(), c.format(), c.beside());
            case Tool.Hosted hosted -> hosted;
        };
    }

    private static ToolChoice choice(ToolChoice choice, Map<String, String> names) {
        return switch (choice) {
            case ToolChoice.Named(String name) ->
                    new ToolChoice.Named(names.getOrDefault(name, name));
            case ToolChoice.Allowed(boolean required, List<String> allowed) ->
                    new ToolChoice.Allowed(
                            required, allowed.stream().map(n -> names.getOrDefault(n, n)).toList());
            case ToolChoice.Auto auto -> auto;
            case ToolChoice.None none -> none;
            case ToolChoice.Required required -> required;
        };
    }

    private static Part part(Part part, Map<String, String> names) {
        if (part instanceof ToolCall call && names.containsKey(call.name())) {
            return call(call, names);
        }
        return part instanceof ToolResult result
                        && result.name().isPresent()
                        && names.containsKey(result.name().get())
                ? result.withName(result.name().map(names::get))
                : part;
    }

    private static ToolCall call(ToolCall call, Map<String, String> names) {
        String name = names.getOrDefault(call.name(), call.name());
        return new ToolCall(call.id(), name, call.arguments(), call.custom(), call.marks());
    }

    /** Calls bear the client's names. Confined to one thread. */
    private record Undo(Map<String, String> names) implements AnswerRewrite {
        @Override
        public ChatAnswer apply(ChatAnswer answer) {
            List<Choice> choices = new ArrayList<>(answer.choices().size());
            for (Choice choice : answer.choices()) {
                choices.add(
                        choice.withParts(
                                PartRewrite.all(choice.parts(), part -> part(part, names))));
            }
            return answer.withChoices(choices);
        }

        @Override
        public Batch apply(Batch batch) {
            List<StreamEvent> events = new ArrayList<>(batch.events().size());
            for (StreamEvent event : batch.events()) {
                events.add(
                        event instanceof PartStarted started
                                        && started.head() instanceof ToolCall call
                                ? new PartStarted(
                                        started.choice(),
                                        started.part(),
                                        call(call, names),
                                        started.beside())
                                : event);
            }
            return new Batch(events, batch.beside());
        }
    }
}
