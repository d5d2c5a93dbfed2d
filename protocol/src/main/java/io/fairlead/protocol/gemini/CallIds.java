package io.fairlead.protocol.gemini;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ids of calls, most of which Google leaves out: they are made from the position of the call,
 * and a result without one answers the oldest open call of its name. Confined to one thread.
 */
final class CallIds {
    private final String prefix;
    private final Map<String, Deque<String>> open = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private int made;

    /**
     * @param prefix of the ids that are made
     */
    CallIds(String prefix) {
        this.prefix = prefix;
    }

    /** Those of one answer: other answers of the conversation must not have the same ones. */
    static CallIds ofAnswer(String responseId) {
        StringBuilder prefix = new StringBuilder("call_");
        for (int i = 0; i < responseId.length() && prefix.length() < 32; i++) {
            char c = responseId.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
            prefix.append(plain || c == '_' || (c >= '0' && c <= '9') ? c : '-');
        }
        return new CallIds(prefix.append('_').toString());
    }

    String ofCall(Optional<String> own, String name) {
        String id = own.orElseGet(this::make);
        open.computeIfAbsent(name, n -> new ArrayDeque<>()).add(id);
        names.put(id, name);
        return id;
    }

    String ofResult(Optional<String> own, String name) {
        if (own.isPresent()) {
            answered.add(own.get());
            return own.get();
        }
        Deque<String> waiting = open.get(name);
        while (waiting != null && !waiting.isEmpty()) {
            String id = waiting.poll();
            if (answered.add(id)) {
                return id;
            }
        }
        return make();
    }

    /** The name of the tool that this call is for, if there was such a call. */
    Optional<String> nameOf(String id) {
        return Optional.ofNullable(names.get(id));
    }

    private String make() {
        String id = prefix + made;
        made++;
        return id;
    }
}
