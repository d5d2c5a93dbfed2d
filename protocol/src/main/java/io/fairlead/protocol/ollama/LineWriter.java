package io.fairlead.protocol.ollama;

import static io.fairlead.protocol.ollama.OllamaProtocol.ORIGIN;

import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a stream: a line for what one batch brings, calls when they are whole, and the end with
 * the counts. Only the first choice is told. Confined to one thread.
 */
final class LineWriter implements StreamWriter {
    private final AnswerContext context;
    private final Map<Integer, ToolCall> heads = new HashMap<>();
    private final Map<Integer, StringBuilder> growing = new HashMap<>();
    private String model = "";
    private Optional<Long> created = Optional.empty();
    private Optional<Finish> finish = Optional.empty();
    private Optional<TokenUsage> usage = Optional.empty();

    LineWriter(AnswerContext context) {
        this.context = context;
    }

    @Override
    public List<Frame> write(Batch batch) {
        List<Part> said = new ArrayList<>();
        boolean done = false;
        for (StreamEvent event : batch.events()) {
            switch (event) {
                case StreamEvent.Started(String _, String name, Optional<Long> at, Beside _) -> {
                    model = name;
                    created = at;
                }
                case StreamEvent.PartStarted(int choice, int part, Part head, Beside _)
                        when choice == 0 ->
                        started(part, head, said);
                case StreamEvent.PartGrew(int choice, int part, Growth growth, Beside _)
                        when choice == 0 ->
                        grew(part, growth, said);
                case StreamEvent.PartEnded(int choice, int part, Beside _) when choice == 0 ->
                        ended(part, said);
                case StreamEvent.ChoiceEnded(int choice, Finish end, Beside _) when choice == 0 ->
                        finish = Optional.of(end);
                case StreamEvent.UsageKnown known -> usage = Optional.of(known.usage());
                case StreamEvent.Ended ignored -> done = true;
                default -> {}
            }
        }
        boolean own = batch.beside().form(ORIGIN, "line");
        if (said.isEmpty() && !done && !own) {
            return List.of();
        }
        return List.of(Frame.of("", line(said, done, batch.beside()).toString()));
    }

    private void started(int part, Part head, List<Part> said) {
        switch (head) {
            case ToolCall call -> {
                heads.put(part, call);
                growing.put(part, new StringBuilder(call.arguments()));
            }
            case Media media -> said.add(media);
            default -> {}
        }
    }

    private void grew(int part, Growth growth, List<Part> said) {
        switch (growth) {
            case Growth.MoreText(String text) -> said.add(Text.of(text));
            case Growth.MoreReasoning more -> said.add(Reasoning.of(more.text()));
            case Growth.MoreArguments(String text) -> {
                StringBuilder arguments = growing.get(part);
                if (arguments != null) {
                    arguments.append(text);
                }
            }
            default -> {}
        }
    }

    private void ended(int part, List<Part> said) {
        ToolCall head = heads.remove(part);
        StringBuilder arguments = growing.remove(part);
        if (head != null && arguments != null) {
            said.add(head.withArguments(arguments.toString()));
        }
    }

    private JsonObject line(List<Part> said, boolean done, Beside beside) {
        JsonObject line = AnswerWriter.head(model, created, beside, context);
        if (!beside.form(ORIGIN, "message:absent")) {
            JsonObject message = line.object("message").put("role", "assistant");
            MessageWriter.said(joined(said), message, beside.form(ORIGIN, "content:absent"));
        }
        Optional<Finish> end =
                done
                        ? finish.or(() -> Optional.of(Finish.of(Finish.Reason.STOP, "")))
                        : Optional.empty();
        AnswerWriter.end(end, done ? usage : Optional.empty(), beside, line);
        line.merge(beside.of(ORIGIN));
        return line;
    }

    /** Pieces of one text are one text. */
    private static List<Part> joined(List<Part> said) {
        if (said.size() < 2) {
            return said;
        }
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        for (Part part : said) {
            switch (part) {
                case Text piece -> text.append(piece.text());
                case Reasoning piece -> thoughts.append(piece.text());
                default -> parts.add(part);
            }
        }
        if (!text.isEmpty()) {
            parts.addFirst(Text.of(text.toString()));
        }
        if (!thoughts.isEmpty()) {
            parts.addFirst(Reasoning.of(thoughts.toString()));
        }
        return parts;
    }

    @Override
    public List<Frame> fail(GatewayError error) {
        return List.of(Frame.of("", new JsonObject().put("error", error.message()).toString()));
    }
}
