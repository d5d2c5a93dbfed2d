package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the call of an {@link AnswerTool} the text it stands for. Words beside it are left out, so
 * that the text is the answer and nothing else. Confined to one thread.
 */
final class AnswerUnwrapped implements AnswerRewrite {
    private final String tool;
    private final Optional<String> member;
    private final Map<Integer, AnswerUnwrappedStream> streams = new HashMap<>();

    /**
     * @param tool whose call is the answer
     * @param member of the arguments that is the answer; empty: they all are
     */
    AnswerUnwrapped(String tool, Optional<String> member) {
        this.tool = tool;
        this.member = member;
    }

    @Override
    public ChatAnswer apply(ChatAnswer answer) {
        List<Choice> choices = new ArrayList<>(answer.choices().size());
        for (Choice choice : answer.choices()) {
            choices.add(unwrapped(choice));
        }
        return answer.withChoices(choices);
    }

    private Choice unwrapped(Choice choice) {
        boolean given = choice.parts().stream().anyMatch(this::isAnswer);
        if (!given) {
            return choice;
        }
        List<Part> parts = new ArrayList<>(choice.parts().size());
        boolean said = false;
        boolean calls = false;
        for (Part part : choice.parts()) {
            if (part instanceof ToolCall call && isAnswer(call)) {
                if (!said) {
                    parts.add(new Text(text(call), List.of(), call.marks()));
                }
                said = true;
            } else if (!(part instanceof Text)) {
                calls |= part instanceof ToolCall;
                parts.add(part);
            }
        }
        Choice now = choice.withParts(parts);
        return calls ? now : now.withFinish(choice.finish().map(AnswerUnwrapped::stopped));
    }

    boolean isAnswer(Part part) {
        return part instanceof ToolCall call && call.name().equals(tool);
    }

    private String text(ToolCall call) {
        if (call.arguments().isBlank()) {
            return "{}";
        }
        return member.map(name -> MemberStream.of(name, false, call.arguments()))
                .orElse(call.arguments());
    }

    Optional<MemberStream> memberStream() {
        return member.map(name -> new MemberStream(name, false));
    }

    static Finish stopped(Finish finish) {
        return finish.reason() == Finish.Reason.TOOL_CALLS
                ? new Finish(Finish.Reason.STOP, finish.word(), finish.stopSequence())
                : finish;
    }

    @Override
    public Batch apply(Batch batch) {
        List<StreamEvent> out = new ArrayList<>(batch.events().size());
        for (StreamEvent event : batch.events()) {
            switch (event) {
                case StreamEvent.PartStarted started -> stream(started.choice()).on(started, out);
                case StreamEvent.PartGrew grew -> stream(grew.choice()).on(grew, out);
                case StreamEvent.PartEnded ended -> stream(ended.choice()).on(ended, out);
                case StreamEvent.ChoiceEnded ended -> stream(ended.choice()).on(ended, out);
                case StreamEvent.Ended ended -> {
                    streams.values().forEach(stream -> stream.release(out));
                    out.add(ended);
                }
                case StreamEvent.Failed failed -> out.add(failed);
                case StreamEvent.Started started -> out.add(started);
                case StreamEvent.LogProbsKnown known -> out.add(known);
                case StreamEvent.UsageKnown known -> out.add(known);
                case StreamEvent.Other other -> out.add(other);
            }
        }
        return new Batch(out, batch.beside());
    }

    private AnswerUnwrappedStream stream(int choice) {
        return streams.computeIfAbsent(choice, c -> new AnswerUnwrappedStream(this));
    }
}
