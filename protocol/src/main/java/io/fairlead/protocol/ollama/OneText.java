package io.fairlead.protocol.ollama;

import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;

/**
 * Brings what is said at once into the order of Ollama's messages: results, then thoughts, one
 * text, images, calls. Stateless: any thread.
 */
final class OneText implements Rewrite {
    @Override
    public ChatRequest apply(ChatRequest request, ModelFacts model) {
        List<Turn> turns = new ArrayList<>(request.turns().size());
        boolean changed = false;
        for (Turn turn : request.turns()) {
            List<Part> parts = ordered(turn.parts());
            changed |= !Identity.same(parts, turn.parts());
            turns.add(Identity.same(parts, turn.parts()) ? turn : turn.withParts(parts));
        }
        return changed ? request.withTurns(turns) : request;
    }

    private static List<Part> ordered(List<Part> parts) {
        if (isOrdered(parts)) {
            return parts;
        }
        List<Part> ordered = new ArrayList<>(parts.size());
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        List<Part> behind = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case ToolResult result -> {
                    List<Part> content = ordered(result.content());
                    ordered.add(
                            Identity.same(content, result.content())
                                    ? result
                                    : result.withContent(content));
                }
                case Text more -> line(text, more.text());
                case Reasoning more -> line(thoughts, more.text());
                default -> behind.add(part);
            }
        }
        if (!thoughts.isEmpty()) {
            ordered.add(Reasoning.of(thoughts.toString()));
        }
        if (!text.isEmpty()) {
            ordered.add(Text.of(text.toString()));
        }
        behind.stream().filter(part -> !(part instanceof ToolCall)).forEach(ordered::add);
        behind.stream().filter(ToolCall.class::isInstance).forEach(ordered::add);
        return ordered;
    }

    private static void line(StringBuilder all, String text) {
        all.append(all.isEmpty() || text.isEmpty() ? "" : "\n").append(text);
    }

    private static boolean isOrdered(List<Part> parts) {
        int before = 0;
        for (Part part : parts) {
            int place =
                    switch (part) {
                        case ToolResult _ -> 0;
                        case Reasoning _ -> 1;
                        case Text _ -> 2;
                        case Media _ -> 3;
                        default -> 4;
                    };
            boolean again = place == before && (place == 1 || place == 2);
            if (place < before || again) {
                return false;
            }
            if (part instanceof ToolResult result && !isOrdered(result.content())) {
                return false;
            }
            before = place;
        }
        return true;
    }
}
