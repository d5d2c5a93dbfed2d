package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolResult;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of a streamed answer while it grows. Confined to one thread. */
final class GatheredPart {
    /** A stream that names a section beyond this is not to be believed. */
    private static final int MOST_SECTIONS = 10_000;

    private final Part head;
    private final StringBuilder text = new StringBuilder();
    private final List<StringBuilder> content = new ArrayList<>();
    private final List<StringBuilder> summary = new ArrayList<>();
    private final List<Citation> citations = new ArrayList<>();
    private Optional<Seal> seal;

    GatheredPart(Part head) {
        this.head = head;
        this.seal = head.marks().seal();
        switch (head) {
            case Text words -> {
                text.append(words.text());
                citations.addAll(words.citations());
            }
            case Refusal refusal -> text.append(refusal.text());
            case ToolCall call -> text.append(call.arguments());
            case Reasoning reasoning -> {
                reasoning.content().forEach(s -> content.add(new StringBuilder(s)));
                reasoning.summary().forEach(s -> summary.add(new StringBuilder(s)));
            }
            case Media media -> {
                if (media.source() instanceof Media.Source.Inline inline) {
                    text.append(inline.base64());
                }
            }
            case ToolResult ignored -> {}
            case Foreign ignored -> {}
        }
    }

    void add(Growth growth) {
        switch (growth) {
            case Growth.MoreText(String more) -> text.append(more);
            case Growth.MoreArguments(String more) -> text.append(more);
            case Growth.MoreMedia(String more) -> text.append(more);
            case Growth.MoreReasoning(String more, boolean ofSummary, int section) ->
                    section(ofSummary ? summary : content, section).append(more);
            case Growth.Cited(Citation citation) -> citations.add(citation);
            case Growth.Sealed(Seal now) -> seal = Optional.of(now);
            case Growth.MoreForeign ignored -> {}
        }
    }

    private static StringBuilder section(List<StringBuilder> sections, int wanted) {
        int number = Math.clamp(wanted, 0, MOST_SECTIONS);
        while (sections.size() <= number) {
            sections.add(new StringBuilder());
        }
        return sections.get(number);
    }

    Part whole() {
        Marks marks = head.marks().withSeal(seal);
        return switch (head) {
            case Text ignored -> new Text(text.toString(), citations, marks);
            case Refusal ignored -> new Refusal(text.toString(), marks);
            case ToolCall call -> call.withArguments(text.toString()).withMarks(marks);
            case Reasoning ignored -> new Reasoning(texts(content), texts(summary), marks);
            case Media media ->
                    media.source() instanceof Media.Source.Inline inline
                            ? media.withSource(
                                            new Media.Source.Inline(
                                                    inline.mediaType(), text.toString()))
                                    .withMarks(marks)
                            : media.withMarks(marks);
            case ToolResult result -> result.withMarks(marks);
            case Foreign foreign -> foreign.withMarks(marks);
        };
    }

    private static List<String> texts(List<StringBuilder> sections) {
        return sections.stream().map(StringBuilder::toString).toList();
    }
}
