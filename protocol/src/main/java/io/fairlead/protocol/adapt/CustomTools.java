package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.StreamEvent.PartEnded;
import io.fairlead.protocol.model.StreamEvent.PartGrew;
import io.fairlead.protocol.model.StreamEvent.PartStarted;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Tools that take free text as functions with that text as their one parameter, and calls of such
 * functions as calls of those tools again. Stateless: any thread.
 */
final class CustomTools implements Rewrite {
    private static final String INPUT = "input";

    private static final Json PARAMETERS =
            Json.parse(
                    "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
                            + "\"required\":[\"input\"],\"additionalProperties\":false}");

    @Override
    public ChatRequest apply(ChatRequest request, ModelFacts model) {
        List<Tool> tools = new ArrayList<>();
        boolean any = false;
        for (Tool tool : request.tools().tools()) {
            any |= tool instanceof Tool.Custom;
            tools.add(tool instanceof Tool.Custom custom ? function(custom) : tool);
        }
        ChatRequest now = any ? request.withTools(request.tools().withTools(tools)) : request;
        return PartRewrite.everywhere(
                now,
                part ->
                        part instanceof ToolCall call && call.custom()
                                ? new ToolCall(
                                        call.id(),
                                        call.name(),
                                        MemberStream.wrapped(INPUT, call.arguments()),
                                        false,
                                        call.marks())
                                : part);
    }

    private static Tool function(Tool.Custom custom) {
        String grammar =
                custom.format()
                        .map(format -> "The input must follow this format: " + format)
                        .orElse("");
        String described = custom.description().orElse("");
        String both = described + (described.isEmpty() || grammar.isEmpty() ? "" : "\n") + grammar;
        return Tool.Function.of(custom.name(), both, PARAMETERS);
    }

    @Override
    public Optional<AnswerRewrite> answer(ChatRequest request) {
        Set<String> names = new HashSet<>();
        for (Tool tool : request.tools().tools()) {
            if (tool instanceof Tool.Custom custom) {
                names.add(custom.name());
            }
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(new Undo(names));
    }

    /** Calls of the functions become calls of the tools. Confined to one thread. */
    private static final class Undo implements AnswerRewrite {
        private final Set<String> names;
        private final Map<Long, MemberStream> open = new HashMap<>();

        Undo(Set<String> names) {
            this.names = names;
        }

        @Override
        public ChatAnswer apply(ChatAnswer answer) {
            List<Choice> choices = new ArrayList<>(answer.choices().size());
            for (Choice choice : answer.choices()) {
                choices.add(choice.withParts(PartRewrite.all(choice.parts(), this::custom)));
            }
            return answer.withChoices(choices);
        }

        private Part custom(Part part) {
            return part instanceof ToolCall call && names.contains(call.name())
                    ? asCustom(call, MemberStream.of(INPUT, true, call.arguments()))
                    : part;
        }

        private static ToolCall asCustom(ToolCall call, String input) {
            return new ToolCall(call.id(), call.name(), input, true, call.marks());
        }

        @Override
        public Batch apply(Batch batch) {
            List<StreamEvent> events = new ArrayList<>(batch.events().size());
            for (StreamEvent event : batch.events()) {
                event(event, events);
            }
            return new Batch(events, batch.beside());
        }

        private void event(StreamEvent event, List<StreamEvent> out) {
            if (event instanceof PartStarted started
                    && started.head() instanceof ToolCall call
                    && names.contains(call.name())) {
                MemberStream input = new MemberStream(INPUT, true);
                open.put(key(started.choice(), started.part()), input);
                String first = input.feed(call.arguments());
                out.add(
                        new PartStarted(
                                started.choice(),
                                started.part(),
                                asCustom(call, ""),
                                started.beside()));
                grow(started.choice(), started.part(), first, started.beside(), out);
            } else if (event instanceof PartGrew grew
                    && grew.growth() instanceof Growth.MoreArguments(String piece)
                    && open.containsKey(key(grew.choice(), grew.part()))) {
                MemberStream input =
                        Objects.requireNonNull(open.get(key(grew.choice(), grew.part())));
                grow(grew.choice(), grew.part(), input.feed(piece), grew.beside(), out);
            } else if (event instanceof PartEnded ended
                    && open.containsKey(key(ended.choice(), ended.part()))) {
                MemberStream input =
                        Objects.requireNonNull(open.remove(key(ended.choice(), ended.part())));
                grow(ended.choice(), ended.part(), input.end(), Beside.NONE, out);
                out.add(event);
            } else {
                out.add(event);
            }
        }

        private static void grow(
                int choice, int part, String text, Beside beside, List<StreamEvent> out) {
            if (!text.isEmpty()) {
                out.add(new PartGrew(choice, part, new Growth.MoreArguments(text), beside));
            }
        }

        private static Long key(int choice, int part) {
            return ((long) choice << 32) | part;
        }
    }
}
