package io.fairlead.protocol.model;

/** The model declines, in words of its own. Immutable. */
public record Refusal(String text, Marks marks) implements Part {
    public static Refusal of(String text) {
        return new Refusal(text, Marks.NONE);
    }

    @Override
    public Refusal withMarks(Marks newMarks) {
        return new Refusal(text, newMarks);
    }
}
