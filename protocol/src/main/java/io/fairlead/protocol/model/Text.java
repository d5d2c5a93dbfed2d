package io.fairlead.protocol.model;

import java.util.List;

/** Text, with the sources it cites. Immutable. */
public record Text(String text, List<Citation> citations, Marks marks) implements Part {
    public Text {
        citations = List.copyOf(citations);
    }

    public static Text of(String text) {
        return new Text(text, List.of(), Marks.NONE);
    }

    public Text withText(String newText) {
        return new Text(newText, citations, marks);
    }

    @Override
    public Text withMarks(Marks newMarks) {
        return new Text(text, citations, newMarks);
    }
}
