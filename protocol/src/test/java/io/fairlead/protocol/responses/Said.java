package io.fairlead.protocol.responses;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.TokenUsage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events of another protocol's stream, and what is written for them. */
final class Said {
    static final AnswerContext CONTEXT =
            new AnswerContext(ChatRequest.of("m"), "0123abcd", "told", 1_700_000_000);

    private Said() {}

    static StreamEvent started() {
        return new StreamEvent.Started("", "", Optional.empty(), Beside.NONE);
    }

    static StreamEvent begun(int part, Part head) {
        return new StreamEvent.PartStarted(0, part, head, Beside.NONE);
    }

    static StreamEvent grew(int part, Growth growth) {
        return new StreamEvent.PartGrew(0, part, growth, Beside.NONE);
    }

    static StreamEvent text(int part, String text) {
        return grew(part, new Growth.MoreText(text));
    }

    static StreamEvent arguments(int part, String text) {
        return grew(part, new Growth.MoreArguments(text));
    }

    static StreamEvent ended(int part) {
        return new StreamEvent.PartEnded(0, part, Beside.NONE);
    }

    static StreamEvent finished(Finish.Reason reason) {
        return new StreamEvent.ChoiceEnded(0, Finish.of(reason, "x"), Beside.NONE);
    }

    static StreamEvent used(long input, long output) {
        return new StreamEvent.UsageKnown(TokenUsage.of(Usage.of(input, output)), Beside.NONE);
    }

    static StreamEvent over() {
        return new StreamEvent.Ended(Beside.NONE);
    }

    static List<Json> written(StreamEvent... events) {
        return written(CONTEXT, List.of(events));
    }

    static List<Json> written(AnswerContext context, List<StreamEvent> events) {
        StreamWriter writer = new OpenAiResponsesProtocol().streamWriter(context);
        List<Json> messages = new ArrayList<>();
        for (StreamEvent event : events) {
            for (Frame frame : writer.write(Batch.of(event))) {
                messages.add(Json.parse(frame.data()));
            }
        }
        return messages;
    }

    static List<String> types(List<Json> messages) {
        return messages.stream().map(message -> message.get("type").orElseThrow().text()).toList();
    }
}
