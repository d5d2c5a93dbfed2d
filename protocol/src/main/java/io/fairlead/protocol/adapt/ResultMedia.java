package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes media out of tool results and puts them behind. Serves one request; confined to one thread.
 */
final class ResultMedia {
    private final List<Turn> turns = new ArrayList<>();
    private final List<Part> taken = new ArrayList<>();
    private boolean changed;

    private ResultMedia() {}

    static ChatRequest behind(ChatRequest request, ModelFacts model) {
        ResultMedia media = new ResultMedia();
        for (Turn turn : request.turns()) {
            media.turn(turn);
        }
        media.leave();
        return media.changed ? request.withTurns(media.turns) : request;
    }

    private void turn(Turn turn) {
        if (turn.role() != Role.USER) {
            leave();
            turns.add(turn);
            return;
        }
        List<Part> parts = new ArrayList<>(turn.parts().size());
        boolean here = false;
        for (Part part : turn.parts()) {
            if (part instanceof ToolResult result) {
                ToolResult bare = bare(result);
                here |= !Identity.same(bare, result);
                parts.add(bare);
            } else {
                here |= !taken.isEmpty();
                parts.addAll(taken);
                taken.clear();
                parts.add(part);
            }
        }
        changed |= here;
        turns.add(here ? turn.withParts(parts) : turn);
    }

    /** What was taken ends the user's turns. */
    private void leave() {
        if (!taken.isEmpty()) {
            Turn last = turns.removeLast();
            List<Part> parts = new ArrayList<>(last.parts());
            parts.addAll(taken);
            taken.clear();
            turns.add(last.withParts(parts));
        }
    }

    private ToolResult bare(ToolResult result) {
        List<Part> content = new ArrayList<>(result.content().size());
        boolean any = false;
        for (Part part : result.content()) {
            if (part instanceof Media media) {
                String kind = media.kind().name().toLowerCase(Locale.ROOT);
                content.add(Text.of("(" + kind + ": see below)"));
                if (!any) {
                    String of = result.name().orElseGet(() -> "call " + result.callId());
                    taken.add(Text.of("Given by the tool as result of " + of + ":"));
                }
                taken.add(media);
                any = true;
            } else {
                content.add(part);
            }
        }
        return any ? result.withContent(content) : result;
    }
}
