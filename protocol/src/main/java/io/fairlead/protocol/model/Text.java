package io.fairlead.protocol.model;

import io.fairlead.protocol.json.JsonString;

import java.util.List;

/** Text, with the sources it cites. Immutable. */
public record Text(JsonString words, List<Citation> citations, Marks marks) implements Part {
    public Text {
        citations = List.copyOf(citations);
    }

    public Text(String text, List<Citation> citations, Marks marks) {
        this(JsonString.of(text), citations, marks);
    }

    public static Text of(String text) {
        return of(JsonString.of(text));
    }

    public static Text of(JsonString words) {
        return new Text(words, List.of(), Marks.NONE);
    }

    /** The words, decoded; whoever only hands them on takes {@link #words}. */
    public String text() {
        return words.text();
    }

    public Text withText(String newText) {
        return new Text(newText, citations, marks);
    }

    @Override
    public Text withMarks(Marks newMarks) {
        return new Text(words, citations, newMarks);
    }
}
