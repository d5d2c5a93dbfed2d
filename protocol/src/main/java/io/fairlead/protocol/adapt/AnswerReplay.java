package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells a whole answer as a stream, each part in one piece. Stateless: any thread. */
public final class AnswerReplay {
    private AnswerReplay() {}

    /** The events, those of a part together. */
    public static List<Batch> of(ChatAnswer answer) {
        List<Batch> batches = new ArrayList<>();
        batches.add(
                Batch.of(
                        new StreamEvent.Started(
                                answer.id(), answer.model(), answer.created(), answer.beside())));
        for (Choice choice : answer.choices()) {
            for (int i = 0; i < choice.parts().size(); i++) {
                batches.add(part(choice.index(), i, choice.parts().get(i)));
            }
            if (!choice.logProbs().isEmpty()) {
                batches.add(
                        Batch.of(
                                new StreamEvent.LogProbsKnown(
                                        choice.index(), choice.logProbs(), Beside.NONE)));
            }
            batches.add(
                    Batch.of(
                            new StreamEvent.ChoiceEnded(
                                    choice.index(), finish(choice), choice.beside())));
        }
        answer.usage()
                .ifPresent(usage ->
                        batches.add(Batch.of(new StreamEvent.UsageKnown(usage, Beside.NONE))));
        batches.add(Batch.of(new StreamEvent.Ended(Beside.NONE)));
        return batches;
    }

    private static Finish finish(Choice choice) {
        return choice.finish()
                .orElseGet(() ->
                        Finish.of(
                                choice.callsTools() ? Finish.Reason.TOOL_CALLS : Finish.Reason.STOP,
                                ""));
    }

    private static Batch part(int choice, int number, Part part) {
        List<StreamEvent> events = new ArrayList<>();
        events.add(new StreamEvent.PartStarted(choice, number, head(part), Beside.NONE));
        for (Growth growth : growths(part)) {
            events.add(new StreamEvent.PartGrew(choice, number, growth, Beside.NONE));
        }
        events.add(new StreamEvent.PartEnded(choice, number, Beside.NONE));
        return new Batch(events, Beside.NONE);
    }

    private static Part head(Part part) {
        Marks marks =
                lateSeal(part).isPresent() ? part.marks().withSeal(Optional.empty()) : part.marks();
        return switch (part) {
            case Text ignored -> new Text("", List.of(), marks);
            case Refusal ignored -> new Refusal("", marks);
            case Reasoning ignored -> new Reasoning(List.of(), List.of(), marks);
            case ToolCall call -> call.withArguments("");
            case Media media ->
                    media.source() instanceof Source.Inline inline
                            ? media.withSource(new Source.Inline(inline.mediaType(), ""))
                            : media;
            case ToolResult result -> result;
            case Foreign foreign -> foreign;
        };
    }

    /** A signature of a text or a thought is known when that is; all else is known before. */
    private static Optional<Seal> lateSeal(Part part) {
        boolean grows =
                part instanceof Text || part instanceof Reasoning || part instanceof Refusal;
        return part.marks().seal().filter(s -> grows && s.kind() == Seal.Kind.SIGNATURE);
    }

    private static List<Growth> growths(Part part) {
        List<Growth> growths = new ArrayList<>();
        switch (part) {
            case Text text -> {
                growths.add(new Growth.MoreText(text.text()));
                text.citations().forEach(citation -> growths.add(new Growth.Cited(citation)));
            }
            case Refusal refusal -> growths.add(new Growth.MoreText(refusal.text()));
            case Reasoning reasoning -> {
                sections(reasoning.summary(), true, growths);
                sections(reasoning.content(), false, growths);
            }
            case ToolCall call -> growths.add(new Growth.MoreArguments(call.arguments()));
            case Media media -> {
                if (media.source() instanceof Source.Inline inline) {
                    growths.add(new Growth.MoreMedia(inline.base64()));
                }
            }
            case ToolResult ignored -> {}
            case Foreign ignored -> {}
        }
        growths.removeIf(AnswerReplay::saysNothing);
        lateSeal(part).ifPresent(seal -> growths.add(new Growth.Sealed(seal)));
        return growths;
    }

    private static boolean saysNothing(Growth growth) {
        return growth instanceof Growth.MoreText(String text) && text.isEmpty()
                || growth instanceof Growth.MoreArguments(String arguments) && arguments.isEmpty();
    }

    private static void sections(List<String> sections, boolean summary, List<Growth> growths) {
        for (int i = 0; i < sections.size(); i++) {
            growths.add(new Growth.MoreReasoning(sections.get(i), summary, i));
        }
    }
}
