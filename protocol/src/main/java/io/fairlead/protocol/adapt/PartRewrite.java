package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;

/** Changes parts wherever they stand. What is not changed is not copied. Stateless: any thread. */
public final class PartRewrite {
    private PartRewrite() {}

    /** Changes every part of every turn, those within tool results and documents first. */
    public static ChatRequest everywhere(ChatRequest request, PartChange change) {
        List<Turn> turns = new ArrayList<>(request.turns().size());
        boolean changed = false;
        for (Turn turn : request.turns()) {
            List<Part> parts = all(turn.parts(), change);
            changed |= !Identity.same(parts, turn.parts());
            turns.add(Identity.same(parts, turn.parts()) ? turn : turn.withParts(parts));
        }
        return changed ? request.withTurns(turns) : request;
    }

    /** The changed list, or the same one if nothing changed. */
    public static List<Part> all(List<Part> parts, PartChange change) {
        List<Part> result = new ArrayList<>(parts.size());
        boolean changed = false;
        for (Part part : parts) {
            Part now = change.apply(inner(part, change));
            changed |= !Identity.same(now, part);
            if (now != null) {
                result.add(now);
            }
        }
        return changed ? result : parts;
    }

    private static Part inner(Part part, PartChange change) {
        if (part instanceof ToolResult result) {
            List<Part> content = all(result.content(), change);
            return Identity.same(content, result.content()) ? part : result.withContent(content);
        }
        if (part instanceof Media media
                && media.source() instanceof Media.Source.Parts(List<Part> parts)) {
            List<Part> inside = all(parts, change);
            return Identity.same(inside, parts)
                    ? part
                    : media.withSource(new Media.Source.Parts(inside));
        }
        return part;
    }
}
