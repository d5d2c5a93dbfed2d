package io.fairlead.conformance;

import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.translate.Protocols;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.replay.Recording;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * What one provider says in a conversation with an agent: streams as they were recorded, or made of
 * recorded parts where no recording has all that a turn is to have. Immutable.
 */
record AgentTurns(Protocol protocol, List<Turn> turns) {
    /**
     * One turn.
     *
     * @param recording whose bytes it is; empty: it is made of parts
     */
    record Turn(ChatAnswer answer, Optional<Recording> recording) {
        List<Part> parts() {
            return answer.choices().getFirst().parts();
        }

        List<ToolCall> calls() {
            return parts().stream()
                    .filter(ToolCall.class::isInstance)
                    .map(ToolCall.class::cast)
                    .toList();
        }

        String text() {
            StringBuilder text = new StringBuilder();
            for (Part part : parts()) {
                if (part instanceof Text words) {
                    text.append(words.text());
                }
            }
            return text.toString();
        }

        String thoughts() {
            StringBuilder text = new StringBuilder();
            for (Part part : parts()) {
                if (part instanceof Reasoning reasoning) {
                    text.append(reasoning.text());
                }
            }
            return text.toString();
        }

        /** The opaque state that the provider wants to see again. */
        List<String> seals() {
            return parts().stream()
                    .flatMap(part -> part.marks().seal().stream())
                    .map(seal -> seal.data())
                    .filter(data -> !data.isEmpty())
                    .toList();
        }
    }

    AgentTurns {
        turns = List.copyOf(turns);
    }

    ChatProtocol codec() {
        return Protocols.of(protocol).orElseThrow();
    }

    /** The names of all tools that are called, in order. */
    List<String> tools() {
        SequencedSet<String> names = new LinkedHashSet<>();
        turns.forEach(turn -> turn.calls().forEach(call -> names.add(call.name())));
        return List.copyOf(names);
    }

    /** A turn of parts, with the usage of a recorded answer. */
    static Turn made(ChatAnswer like, List<Part> parts) {
        Choice choice = Choice.of(Finish.of(Finish.Reason.TOOL_CALLS, "")).withParts(parts);
        return new Turn(
                ChatAnswer.of("", "m", like.usage().orElse(TokenUsage.of(Usage.of(9, 4))), choice),
                Optional.empty());
    }

    SimAnswer answer(SimRequest request, int turn) {
        Turn now = turns.get(turn);
        if (now.recording().filter(RecordedTurns::isStream).isPresent()) {
            return now.recording().get().reply();
        }
        ChatRequest read = RecordedTurns.read(request, codec(), "m");
        return RecordedTurns.streamed(now.answer(), read, codec());
    }

    /** Reads the recordings of one provider. */
    static final class Reader {
        private final Map<String, Recording> recordings;
        private final Protocol protocol;
        private final List<Turn> turns = new ArrayList<>();

        Reader(Map<String, Recording> recordings, Protocol protocol) {
            this.recordings = recordings;
            this.protocol = protocol;
        }

        private RecordedTurns read(String id) {
            Recording recording = recordings.get(id);
            if (recording == null) {
                throw new IllegalStateException("no recording " + id);
            }
            return RecordedTurns.of(recording, Protocols.of(protocol).orElseThrow()).orElseThrow();
        }

        /** A turn as it was recorded. */
        Reader turn(String id) {
            RecordedTurns read = read(id);
            turns.add(new Turn(read.answer(), Optional.of(read.recording())));
            return this;
        }

        /** A turn of the thoughts of one recording, and the calls of others. */
        Reader turn(Optional<String> thoughts, String... calls) {
            List<Part> parts = new ArrayList<>();
            thoughts.ifPresent(id ->
                    read(id).answer().choices().getFirst().parts().stream()
                            .filter(Reasoning.class::isInstance)
                            .limit(1)
                            .forEach(parts::add));
            for (String id : calls) {
                parts.addAll(read(id).calls());
            }
            turns.add(made(read(calls[0]).answer(), parts));
            return this;
        }

        AgentTurns all() {
            return new AgentTurns(protocol, turns);
        }
    }
}
