package io.fairlead.protocol.adapt;

import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ids of calls in the shape that a protocol takes ({@link Differences.Builder#always}). An id that
 * fits stays; any other becomes one that is made from it and its place, so that it is the same each
 * time the conversation is sent, and its result bears the same one. No two calls have one id. Calls
 * and results that have none get one each, in their order. Immutable.
 *
 * @param least characters at least
 * @param most characters at most
 * @param marks characters that may stand in an id besides ASCII letters and digits
 */
public record ToolIds(int least, int most, String marks) implements Rewrite {
    /** Exactly nine letters and digits. */
    public static final ToolIds MISTRAL = new ToolIds(9, 9, "");

    /** Up to 64 letters, digits, underscores and hyphens. */
    public static final ToolIds ANTHROPIC = new ToolIds(1, 64, "_-");

    /** Up to 40 characters of chat completions; others take more, but none less. */
    public static final ToolIds OPENAI = new ToolIds(1, 40, "_-");

    /** Up to 64 of Bedrock's Converse. */
    public static final ToolIds BEDROCK = new ToolIds(1, 64, "_-");

    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Override
    public ChatRequest apply(ChatRequest request, ModelFacts model) {
        return new Renaming().apply(request);
    }

    private boolean fits(String id) {
        if (id.length() < least || id.length() > most) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (ALPHABET.indexOf(c) < 0 && marks.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Letters and digits made from a text, as many as are allowed, at most 16. */
    private String made(String from) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < from.length(); i++) {
            hash = (hash ^ from.charAt(i)) * 0x100000001b3L;
        }
        int length = Math.clamp(16, least, most);
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            hash = mixed(hash + 0x9e3779b97f4a7c15L);
            id.append(ALPHABET.charAt((int) Long.remainderUnsigned(hash, ALPHABET.length())));
        }
        return id.toString();
    }

    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** The renaming of one request. */
    private final class Renaming {
        private final Set<String> used = new HashSet<>();

        /** New ids of calls whose results are still to come, by their old ones. */
        private final Map<String, Deque<String>> waiting = new HashMap<>();

        private int place;

        ChatRequest apply(ChatRequest request) {
            List<Turn> turns = new ArrayList<>(request.turns().size());
            boolean changed = false;
            for (Turn turn : request.turns()) {
                List<Part> parts = PartRewrite.all(turn.parts(), this::renamed);
                changed |= !Identity.same(parts, turn.parts());
                turns.add(Identity.same(parts, turn.parts()) ? turn : turn.withParts(parts));
            }
            return changed ? request.withTurns(turns) : request;
        }

        private Part renamed(Part part) {
            if (part instanceof ToolCall call) {
                String id = free(call.id());
                waiting.computeIfAbsent(call.id(), old -> new ArrayDeque<>()).add(id);
                return id.equals(call.id()) ? call : call.withId(id);
            }
            if (part instanceof ToolResult result) {
                Deque<String> ids = waiting.get(result.callId());
                String id = ids == null || ids.isEmpty() ? free(result.callId()) : ids.remove();
                return id.equals(result.callId()) ? result : result.withCallId(id);
            }
            return part;
        }

        private String free(String wanted) {
            place++;
            if (fits(wanted) && used.add(wanted)) {
                return wanted;
            }
            String id = made(wanted.isEmpty() ? "call " + place : wanted);
            for (int again = 2; !used.add(id); again++) {
                id = made(wanted + " " + again);
            }
            return id;
        }
    }
}
