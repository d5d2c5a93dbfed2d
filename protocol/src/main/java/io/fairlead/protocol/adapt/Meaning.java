package io.fairlead.protocol.adapt;

import io.fairlead.protocol.codec.Arguments;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Output;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.TokenLogProb;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;
import io.fairlead.protocol.model.ToolUse;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request or answer means, stripped of how its protocol said it: nothing is beside, and
 * neighbouring turns of a role are one; what is the default is not said. Two requests with equal
 * meanings ask for the same. Stateless: any thread.
 */
public final class Meaning {
    /** Says nothing of how much to think. */
    private static final Thinking UNSAID =
            new Thinking(
                    Thinking.Mode.DEFAULT,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Beside.NONE);

    private Meaning() {}

    public static ChatRequest of(ChatRequest request) {
        ToolUse tools = request.tools();
        return new ChatRequest(
                request.model(),
                turns(request.turns()),
                new ToolUse(
                        tools.tools().stream().map(Meaning::tool).toList(),
                        tools.choice().filter(choice -> !(choice instanceof ToolChoice.Auto)),
                        tools.parallel(),
                        Beside.NONE),
                request.sampling(),
                output(request.output()),
                request.thinking().map(Meaning::thinking).filter(t -> !t.equals(UNSAID)),
                request.delivery().withUsageInStream(Optional.empty()),
                request.caller(),
                Beside.NONE);
    }

    public static ChatAnswer of(ChatAnswer answer) {
        List<Choice> choices = new ArrayList<>();
        for (Choice choice : answer.choices()) {
            choices.add(
                    new Choice(
                            choice.index(),
                            parts(choice.parts()),
                            choice.finish().map(f -> new Finish(f.reason(), "", f.stopSequence())),
                            choice.logProbs().stream().map(Meaning::logProb).toList(),
                            Beside.NONE));
        }
        return new ChatAnswer(
                answer.id(),
                answer.model(),
                answer.created(),
                choices,
                answer.usage().map(usage -> TokenUsage.of(usage.counts())),
                answer.serviceTier(),
                Beside.NONE);
    }

    private static List<Turn> turns(List<Turn> turns) {
        List<Turn> merged = new ArrayList<>();
        for (Turn turn : turns) {
            List<Part> parts = parts(turn.parts());
            Turn last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.role() == turn.role() && last.name().equals(turn.name())) {
                List<Part> both = new ArrayList<>(last.parts());
                both.addAll(parts);
                merged.set(merged.size() - 1, last.withParts(both));
            } else {
                merged.add(new Turn(turn.role(), parts, turn.name(), Beside.NONE));
            }
        }
        return merged;
    }

    /** The parts without what is beside them. */
    public static List<Part> parts(List<Part> parts) {
        return parts.stream().map(Meaning::part).toList();
    }

    private static Part part(Part part) {
        Marks marks =
                new Marks(
                        part.marks().cache().map(c -> new CacheMark(c.lifetime(), Beside.NONE)),
                        part.marks().seal(),
                        Beside.NONE);
        return switch (part) {
            case Text text ->
                    new Text(
                            text.text(),
                            text.citations().stream().map(Meaning::citation).toList(),
                            marks);
            case Media media -> media(media).withMarks(marks);
            case ToolResult result ->
                    // Its call says the name.
                    result.withName(Optional.empty())
                            .withContent(parts(result.content()))
                            .withMarks(marks);
            case ToolCall call -> call(call).withMarks(marks);
            case Reasoning reasoning -> reasoning.withMarks(marks);
            case Refusal refusal -> refusal.withMarks(marks);
            case Foreign foreign -> foreign.withMarks(marks);
        };
    }

    private static ToolCall call(ToolCall call) {
        boolean none = !call.custom() && Arguments.object(call.arguments()).isEmpty();
        return none ? call.withArguments("{}") : call;
    }

    private static Media media(Media media) {
        return media.source() instanceof Media.Source.Parts(List<Part> parts)
                ? media.withSource(new Media.Source.Parts(parts(parts)))
                // The provider knows the type of what it keeps.
                : media.source() instanceof Media.Source.FileId(String id, var ignored)
                        ? media.withSource(new Media.Source.FileId(id, Optional.empty()))
                        : media;
    }

    private static Citation citation(Citation citation) {
        return new Citation(
                citation.kind(),
                citation.url(),
                citation.title(),
                citation.cited(),
                citation.source(),
                citation.start(),
                citation.end(),
                Beside.NONE);
    }

    private static Tool tool(Tool tool) {
        return switch (tool) {
            case Tool.Function function ->
                    new Tool.Function(
                            function.name(),
                            function.description(),
                            function.parameters().filter(p -> !takesNothing(p)),
                            function.strict().filter(strict -> strict),
                            function.cache().map(c -> new CacheMark(c.lifetime(), Beside.NONE)),
                            Beside.NONE);
            case Tool.Custom custom ->
                    new Tool.Custom(
                            custom.name(), custom.description(), custom.format(), Beside.NONE);
            case Tool.Hosted hosted -> hosted;
        };
    }

    private static boolean takesNothing(Json schema) {
        return schema.get("properties").map(Json::isEmpty).orElse(true)
                && schema.members().stream()
                        .allMatch(member ->
                                member.name().equals("type") || member.name().equals("properties"));
    }

    private static OutputFormat format(OutputFormat format) {
        return format instanceof OutputFormat.JsonSchema schema
                ? new OutputFormat.JsonSchema(
                        schema.name(),
                        schema.description(),
                        schema.schema(),
                        schema.strict(),
                        Beside.NONE)
                : format;
    }

    private static Output output(Output output) {
        return new Output(
                output.maxTokens(),
                output.format()
                        .filter(f -> !(f instanceof OutputFormat.PlainText))
                        .map(Meaning::format),
                output.choices().filter(n -> n != 1),
                output.logProbs(),
                output.modalities().equals(List.of("text")) ? List.of() : output.modalities(),
                output.audio(),
                output.verbosity());
    }

    private static Thinking thinking(Thinking thinking) {
        boolean howMuch = thinking.budget().isPresent() || thinking.effort().isPresent();
        boolean on = thinking.mode() == Thinking.Mode.ON && howMuch;
        return new Thinking(
                // How much it shall think says that it shall.
                on ? Thinking.Mode.DEFAULT : thinking.mode(),
                thinking.effort(),
                thinking.budget(),
                thinking.summary(),
                thinking.shown(),
                Beside.NONE);
    }

    private static TokenLogProb logProb(TokenLogProb token) {
        return new TokenLogProb(
                token.token(),
                token.logProb(),
                token.bytes(),
                token.top().stream().map(Meaning::logProb).toList(),
                Beside.NONE);
    }

    /** The text of a turn's text parts, one after the other. */
    public static String text(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Text words) {
                text.append(words.text());
            }
        }
        return text.toString();
    }
}
