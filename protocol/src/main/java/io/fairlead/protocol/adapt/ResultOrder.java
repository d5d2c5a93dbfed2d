package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the results of calls directly behind the turns that made the calls. Serves one request;
 * confined to one thread.
 */
final class ResultOrder {
    private static final String UNANSWERED = "(The tool gave no result.)";

    private final ChatRequest request;

    /** By id: where an id is used again, the results of its calls in their order. */
    private final Map<String, Deque<ToolResult>> results = new HashMap<>();

    private final List<Turn> turns = new ArrayList<>();

    /** Calls of the assistant's last turns, whose results come next. */
    private final List<ToolCall> open = new ArrayList<>();

    ResultOrder(ChatRequest request) {
        this.request = request;
    }

    ChatRequest inOrder() {
        collect();
        for (Turn turn : request.turns()) {
            if (turn.role() == Role.ASSISTANT) {
                turns.add(turn);
                for (Part part : turn.parts()) {
                    if (part instanceof ToolCall call) {
                        open.add(call);
                    }
                }
            } else {
                answer();
                others(turn);
            }
        }
        answer();
        return request.withTurns(turns);
    }

    /** Each call's own result: the next one with its id. */
    private void collect() {
        for (Turn turn : request.turns()) {
            for (Part part : turn.parts()) {
                if (part instanceof ToolResult result) {
                    results.computeIfAbsent(result.callId(), id -> new ArrayDeque<>()).add(result);
                }
            }
        }
    }

    private void answer() {
        if (open.isEmpty()) {
            return;
        }
        List<Part> now = new ArrayList<>(open.size());
        for (ToolCall call : open) {
            Deque<ToolResult> own = results.get(call.id());
            now.add(own == null || own.isEmpty() ? missing(call) : own.removeFirst());
        }
        open.clear();
        turns.add(ToolRewrites.results(now));
    }

    private static ToolResult missing(ToolCall call) {
        return ToolResult.of(call.id(), "")
                .withName(Optional.of(call.name()))
                .withContent(List.of(Text.of(UNANSWERED)));
    }

    /** What the turn says besides results, behind those it may have answered. */
    private void others(Turn turn) {
        List<Part> rest = new ArrayList<>(turn.parts().size());
        for (Part part : turn.parts()) {
            if (!(part instanceof ToolResult)) {
                rest.add(part);
            }
        }
        if (rest.size() == turn.parts().size()) {
            turns.add(turn);
        } else if (!rest.isEmpty()) {
            join(turn.withParts(rest));
        }
    }

    /** Results and words of one turn stay one turn. */
    private void join(Turn turn) {
        Turn last = turns.isEmpty() ? null : turns.getLast();
        if (last != null && last.role() == turn.role() && turn.role() == Role.USER) {
            List<Part> both = new ArrayList<>(last.parts());
            both.addAll(turn.parts());
            turns.set(turns.size() - 1, turn.withParts(both));
        } else {
            turns.add(turn);
        }
    }
}
